/// What is drawn in place of something that is not drawn as itself; always printable ASCII.
enum DisplayMark: Hashable {
    /// One character: `^[` for a C0 control, else `\u{202E}`.
    case scalar(Unicode.Scalar)
    /// One byte that is not UTF-8: `\xFF`.
    case byte(UInt8)
    /// Combining characters too many on one base: `{+10}`.
    case excess(Int)
    /// A long run of spaces: `{51 spaces}`.
    case spaces(Int)
    /// A long run of spaces and tabs: `{12 spaces and tabs}`.
    case blanks(Int)
    /// A long run of empty lines: `{59 blank lines}`.
    case blankLines(Int)
    /// Two regional indicators: `[DE]`.
    case region(Unicode.Scalar, Unicode.Scalar)
    /// What a limit cut off: `{12 bytes not shown}`.
    case notShown(bytes: Int)
    /// The end of a line where only one fits: `^J`.
    case lineEnd

    /// How many characters it counts for in the header.
    var hides: Int {
        switch self {
        case .scalar, .byte, .spaces, .blanks, .blankLines: 1
        case .excess(let count): count
        case .region, .notShown, .lineEnd: 0
        }
    }

    /// What to draw.
    var text: String {
        switch self {
        case .scalar(let scalar): Self.text(of: scalar)
        case .byte(let byte): "\\x" + (byte < 16 ? "0" : "") + hex(UInt32(byte))
        case .excess(let count): "{+\(count)}"
        case .spaces(let count): "{\(count) spaces}"
        case .blanks(let count): "{\(count) spaces and tabs}"
        case .blankLines(let count): "{\(count) blank lines}"
        case .region(let first, let second): "[" + Self.letter(first) + Self.letter(second) + "]"
        case .notShown(let bytes): "{\(bytes) byte\(bytes == 1 ? "" : "s") not shown}"
        case .lineEnd: "^J"
        }
    }

    private static func text(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x7F: "^?"
        case 0x00...0x1F: "^" + String(Unicode.Scalar(UInt8(scalar.value) + 0x40))
        default: "\\u{" + hex(scalar.value) + "}"
        }
    }

    /// The letter that a regional indicator stands for; `?` for anything else.
    private static func letter(_ scalar: Unicode.Scalar) -> String {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return "?" }
        return String(Unicode.Scalar(UInt8(scalar.value - 0x1F1E6) + 0x41))
    }

    private func hex(_ value: UInt32) -> String { Self.hex(value) }

    private static func hex(_ value: UInt32) -> String {
        String(value, radix: 16, uppercase: true)
    }
}
