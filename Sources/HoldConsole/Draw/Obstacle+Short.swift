import HoldCore

extension Model {
    /// The selected item, as the list or its detail has it.
    var selectedItem: QueueItem? {
        queue.selectedRow?.item ?? selected?.detail?.item
    }
}

extension Obstacle {
    /// The obstacle in a few words.
    var short: SafeText {
        switch self {
        case .connecting, .disconnected, .stale, .tooSmall: "keys OFF"
        case .locked: "locked: Esc unlocks"
        case .nothingSelected: "nothing selected"
        case .loading: "still reading"
        case .decided(let state): "final: \(SafeText(ascii: state.rawValue))"
        case .onHold: "on hold: u takes back"
        case .unanswered: "sent, no answer yet"
        case .unread(.lines(let count)): "\(SafeText.count(max(count, 1), "line")) unseen"
        case .unread(.hidden): "look with x first"
        case .unread(.bytes): "open with o first"
        case .editingForbidden: "no editing"
        case .lastTier: "last tier"
        case .readOnly: "keys OFF"
        case .justMoved: "just moved"
        }
    }
}
