/// A text as it is stored, character by character: what `x` opens.
package enum RawView {
    /// One character, or one byte that is part of none.
    package struct Row: Sendable, Hashable {
        /// Where it begins, in bytes from the start of the text.
        package let offset: Int
        /// How many bytes it takes.
        package let length: Int
        /// `U+202E`, or `0xFF` for a byte that is not UTF-8.
        package let codePoint: SafeText
        /// Its name in Unicode.
        package let name: SafeText
        /// Whether it is anything but a printable ASCII character or a line feed.
        package let isSuspect: Bool
    }

    /// Lists the characters in order.
    ///
    /// - Parameters:
    ///   - bytes: The text, UTF-8 or not.
    ///   - suspectsOnly: Whether to leave out printable ASCII and line feeds.
    ///   - limit: The most rows to make.
    /// - Returns: One row for each character.
    package static func rows(
        of bytes: [UInt8],
        suspectsOnly: Bool = false,
        limit: Int = 65_536
    ) -> [Row] {
        var rows: [Row] = []
        var offset = 0
        while offset < bytes.count, rows.count < limit {
            let unit = StrictUTF8.unit(at: offset, in: bytes[...])
            if !suspectsOnly || unit.isSuspect { rows.append(row(of: unit, at: offset)) }
            offset += unit.length
        }
        return rows
    }

    private static func row(of unit: StrictUTF8.Unit, at offset: Int) -> Row {
        switch unit {
        case .bad(let byte):
            Row(
                offset: offset,
                length: 1,
                codePoint: SafeText(ascii: "0x" + hex(UInt32(byte), digits: 2)),
                name: "not UTF-8",
                isSuspect: true
            )
        case .scalar(let scalar):
            Row(
                offset: offset,
                length: unit.length,
                codePoint: SafeText(ascii: "U+" + hex(scalar.value, digits: 4)),
                name: SafeText(ascii: name(of: scalar)),
                isSuspect: unit.isSuspect
            )
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x00...0x1F: return controlNames[Int(scalar.value)]
        case 0x7F...0x9F: return controlNames[Int(scalar.value) - 0x7F + 0x20]
        default: break
        }
        let properties = scalar.properties
        if let name = properties.nameAlias ?? properties.name { return name }
        switch properties.generalCategory {
        case .privateUse: return "private use"
        case .unassigned where properties.isNoncharacterCodePoint: return "noncharacter"
        default: return "unassigned"
        }
    }

    /// The names of C0, DEL and C1, which the standard library does not tell: as Perl 5.36 has them.
    private static let controlNames = [
        "NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION",
        "ENQUIRY", "ACKNOWLEDGE", "ALERT", "BACKSPACE", "CHARACTER TABULATION", "LINE FEED",
        "LINE TABULATION", "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN",
        "DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE",
        "DEVICE CONTROL FOUR", "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE",
        "END OF TRANSMISSION BLOCK", "CANCEL", "END OF MEDIUM", "SUBSTITUTE", "ESCAPE",
        "INFORMATION SEPARATOR FOUR", "INFORMATION SEPARATOR THREE", "INFORMATION SEPARATOR TWO",
        "INFORMATION SEPARATOR ONE", "DELETE", "PADDING CHARACTER", "HIGH OCTET PRESET",
        "BREAK PERMITTED HERE", "NO BREAK HERE", "INDEX", "NEXT LINE", "START OF SELECTED AREA",
        "END OF SELECTED AREA", "CHARACTER TABULATION SET",
        "CHARACTER TABULATION WITH JUSTIFICATION", "LINE TABULATION SET", "PARTIAL LINE FORWARD",
        "PARTIAL LINE BACKWARD", "REVERSE LINE FEED", "SINGLE SHIFT TWO", "SINGLE SHIFT THREE",
        "DEVICE CONTROL STRING", "PRIVATE USE ONE", "PRIVATE USE TWO", "SET TRANSMIT STATE",
        "CANCEL CHARACTER", "MESSAGE WAITING", "START OF GUARDED AREA", "END OF GUARDED AREA",
        "START OF STRING", "SINGLE GRAPHIC CHARACTER INTRODUCER", "SINGLE CHARACTER INTRODUCER",
        "CONTROL SEQUENCE INTRODUCER", "STRING TERMINATOR", "OPERATING SYSTEM COMMAND",
        "PRIVACY MESSAGE", "APPLICATION PROGRAM COMMAND",
    ]

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension StrictUTF8.Unit {
    fileprivate var isSuspect: Bool {
        guard case .scalar(let scalar) = self else { return true }
        return scalar != "\n" && !(0x20...0x7E).contains(scalar.value)
    }
}
