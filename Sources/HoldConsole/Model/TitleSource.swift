/// What the window's title tells: looked at with every message, and put into words only when it is
/// another.
enum TitleSource: Hashable, Sendable {
    case notConnected
    case connecting
    case live(waiting: Int, urgent: Int, unread: Int)

    init(_ freshness: Freshness, waiting: Int, urgent: Int, unread: Int) {
        switch freshness {
        case .disconnected, .tooStale: self = .notConnected
        case .connecting: self = .connecting
        case .live, .stale: self = .live(waiting: waiting, urgent: urgent, unread: unread)
        }
    }

    /// The words.
    var title: Title {
        switch self {
        case .notConnected: "holdshort: not connected"
        case .connecting: "holdshort"
        case .live(let waiting, let urgent, unread: 0):
            "holdshort: \(waiting) waiting, \(urgent) urgent"
        case .live(let waiting, let urgent, let unread):
            "holdshort: \(waiting) waiting, \(urgent) urgent, \(unread) unread"
        }
    }
}
