/// Puts keys together from what the terminal library reads, one scalar or one key code at a time.
///
/// A paste becomes one event, however long. A control sequence that nobody knows, such as a late
/// answer to somebody's query, is read to its end and dropped: its bytes never act as keys.
package struct KeyAssembler: Sendable {
    /// One unit of input.
    package enum Input: Hashable, Sendable {
        case scalar(Unicode.Scalar)
        case key(Key)
        case pasteBegins
        case pasteEnds
    }

    /// What is being read at the moment.
    private enum State {
        case idle
        /// ESC was read; what follows at once decides what it was.
        case escape
        /// Inside `ESC [`, until its final byte.
        case controlSequence(isNew: Bool)
        /// Inside `ESC [ <`, a report of the mouse, until its final byte.
        case mouse(MouseReport)
        /// So many bytes of a report in the old form follow `ESC [ M`; they are no keys.
        case oldMouse(left: Int)
        /// Inside `ESC O`, one more byte.
        case singleShift
        /// Inside an OSC, DCS, APC, PM or SOS string; ends at BEL or ESC \.
        case string(escapeSeen: Bool)
        case paste

        var isIdle: Bool {
            if case .idle = self { return true }
            return false
        }
    }

    private var state = State.idle
    private var pasted: [UInt8] = []
    private var began: ContinuousClock.Instant?
    private var latest: ContinuousClock.Instant?

    package init() {}

    /// Whether something is half read, so that ``settle(at:)`` has to be called soon.
    package var isPending: Bool { !state.isIdle }

    /// Takes one unit of input and tells the keys that are complete with it.
    package mutating func take(_ input: Input, at now: ContinuousClock.Instant) -> [Key] {
        var keys = expire(at: now)
        latest = now
        switch (state, input) {
        case (.paste, .pasteEnds):
            keys.append(finishPaste())
        case (.paste, .scalar(let scalar)):
            keep(scalar)
        case (.paste, .key(.enter)):
            keep("\n")
        case (.paste, .key(.tab)):
            keep("\t")
        case (.paste, .key(.resize)):
            keys.append(.resize)
        case (.paste, .key), (.paste, .pasteBegins):
            break
        case (_, .pasteBegins):
            keys += abandon()
            state = .paste
            began = now
        case (_, .pasteEnds):
            keys += abandon()
        case (_, .key(let key)):
            keys += abandon()
            keys.append(key)
        case (_, .scalar(let scalar)):
            keys += read(scalar, at: now)
        }
        return keys
    }

    /// Says that no input is waiting: a lone ESC was the key, an overdue sequence is dropped.
    package mutating func settle(at now: ContinuousClock.Instant) -> [Key] {
        if case .escape = state {
            state = .idle
            return [.escape]
        }
        return expire(at: now)
    }

    /// Forgets what is half read, because the input before this moment must not count.
    package mutating func reset() {
        state = .idle
        pasted = []
    }

    /// Closes what has been open for too long.
    ///
    /// While bytes still stream in faster than fingers type, it stays open past its time: closing
    /// it then would turn its remainder into keys.
    private mutating func expire(at now: ContinuousClock.Instant) -> [Key] {
        guard isPending, let began, let latest,
            began.duration(to: now) >= KeyLimits.openTime,
            latest.duration(to: now) >= KeyLimits.streamGap
        else { return [] }
        return abandon()
    }

    /// Ends whatever is half read without its rest.
    private mutating func abandon() -> [Key] {
        defer { state = .idle }
        switch state {
        case .idle: return []
        case .escape: return [.escape]
        case .controlSequence, .mouse, .oldMouse, .singleShift, .string: return [.unknown]
        case .paste: return [finishPaste()]
        }
    }

    private mutating func finishPaste() -> Key {
        defer { reset() }
        return .paste(pasted)
    }

    private mutating func keep(_ scalar: Unicode.Scalar) {
        guard pasted.count < KeyLimits.pasteBytes else { return }
        // Terminals send a line end of the clipboard as the Enter key does.
        let kept = scalar == "\r" ? "\n" : scalar
        pasted.append(contentsOf: UTF8.encode(kept) ?? UTF8.encodedReplacementCharacter)
    }

    /// Reads one scalar outside a paste.
    private mutating func read(_ scalar: Unicode.Scalar, at now: ContinuousClock.Instant) -> [Key] {
        switch state {
        case .paste:
            return []
        case .idle:
            guard scalar == "\u{1B}" else { return [Self.key(for: scalar)] }
            state = .escape
            began = now
            return []
        case .escape:
            return readAfterEscape(scalar)
        case .controlSequence(let isNew):
            return readControlSequence(scalar, isNew: isNew)
        case .mouse(let report):
            return readMouse(scalar, report)
        case .oldMouse(let left):
            state = left > 1 ? .oldMouse(left: left - 1) : .idle
            return left > 1 ? [] : [.unknown]
        case .singleShift:
            state = .idle
            return [.unknown]
        case .string(let escapeSeen):
            if scalar == "\u{7}" || scalar == "\u{9C}" || (escapeSeen && scalar == "\\") {
                state = .idle
                return [.unknown]
            }
            state = .string(escapeSeen: scalar == "\u{1B}")
            return []
        }
    }

    private mutating func readAfterEscape(_ scalar: Unicode.Scalar) -> [Key] {
        switch scalar {
        case "[":
            state = .controlSequence(isNew: true)
        case "O":
            state = .singleShift
        case "]", "P", "X", "^", "_":
            state = .string(escapeSeen: false)
        case "\u{1B}":
            return [.escape]
        default:
            state = .idle
            return [.escape, Self.key(for: scalar)]
        }
        return []
    }

    private mutating func readControlSequence(_ scalar: Unicode.Scalar, isNew: Bool) -> [Key] {
        switch scalar.value {
        case 0x3C where isNew:
            state = .mouse(MouseReport())
            return []
        case 0x4D where isNew:
            state = .oldMouse(left: 3)
            return []
        case 0x20...0x3F:
            state = .controlSequence(isNew: false)
            return []
        case 0x1B:
            state = .escape
            return [.unknown]
        default:
            state = .idle
            return [.unknown]
        }
    }

    private mutating func readMouse(_ scalar: Unicode.Scalar, _ report: MouseReport) -> [Key] {
        var report = report
        switch scalar {
        case "0"..."9", ";":
            report.take(scalar)
            state = .mouse(report)
            return []
        case "M":
            state = .idle
            return [report.pressed.map(Key.mouse) ?? .unknown]
        case "\u{1B}":
            state = .escape
            return [.unknown]
        default:
            // The end of a press, or nothing that is known.
            state = (0x20...0x3F).contains(scalar.value) ? .controlSequence(isNew: false) : .idle
            return state.isIdle ? [.unknown] : []
        }
    }

    /// The key of a scalar that stands alone.
    private static func key(for scalar: Unicode.Scalar) -> Key {
        switch scalar.value {
        case 0x09: return .tab
        case 0x0D: return .enter
        case 0x08, 0x7F: return .backspace
        case 0x1B: return .escape
        case 0x01...0x1A: return .control(Unicode.Scalar(UInt8(scalar.value) + 0x60))
        case 0x00, 0x1C...0x1F: return .control(Unicode.Scalar(UInt8(scalar.value) + 0x40))
        case 0x80...0x9F: return .unknown
        default: return .character(scalar)
        }
    }
}
