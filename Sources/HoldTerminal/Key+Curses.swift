import CNcurses
import HoldConsole

extension KeyAssembler.Input {
    /// One unit as ncurses read it; nil when nothing was waiting.
    init?(_ read: hs_read_result) {
        switch read.kind {
        case HS_READ_SCALAR:
            self = Unicode.Scalar(read.value).map(KeyAssembler.Input.scalar) ?? .key(.unknown)
        case HS_READ_KEY:
            self = Self.key(of: read.value)
        default:
            return nil
        }
    }

    private static func key(of code: UInt32) -> KeyAssembler.Input {
        switch hs_key(code) {
        case HS_KEY_UP: .key(.up)
        case HS_KEY_DOWN: .key(.down)
        case HS_KEY_LEFT: .key(.left)
        case HS_KEY_RIGHT: .key(.right)
        case HS_KEY_PAGE_UP: .key(.pageUp)
        case HS_KEY_PAGE_DOWN: .key(.pageDown)
        case HS_KEY_HOME: .key(.home)
        case HS_KEY_END: .key(.end)
        case HS_KEY_ENTER: .key(.enter)
        case HS_KEY_BACK_TAB: .key(.backTab)
        case HS_KEY_BACKSPACE: .key(.backspace)
        case HS_KEY_DELETE: .key(.delete)
        case HS_KEY_RESIZE: .key(.resize)
        case HS_KEY_PASTE_BEGINS: .pasteBegins
        case HS_KEY_PASTE_ENDS: .pasteEnds
        case HS_KEY_FOCUS_IN: .key(.focusIn)
        case HS_KEY_FOCUS_OUT: .key(.focusOut)
        default: function(of: code)
        }
    }

    private static func function(of code: UInt32) -> KeyAssembler.Input {
        let first = HS_KEY_FUNCTION.rawValue
        guard code >= first, code < first + 64 else { return .key(.unknown) }
        return .key(.function(Int(code - first)))
    }
}
