import HoldCore

/// What a row of the queue can show between the number and the action.
package enum QueueColumn: String, Hashable, Sendable, CaseIterable {
    case agent, workflow, tier, queue, mode

    /// Its cells, the space behind it included.
    var width: Int {
        switch self {
        case .agent, .workflow: 13
        case .tier, .queue: 10
        case .mode: 6
        }
    }

    /// What it says of an item.
    func words(_ item: QueueItem) -> SafeText {
        switch self {
        case .agent: Words.name(item.agent)
        case .workflow: Words.name(item.reference.workflow.text)
        case .tier: Words.name(item.tier)
        case .queue: Words.name(item.queue)
        case .mode: SafeText(ascii: item.mode.rawValue)
        }
    }
}

/// Where the columns of the queue stand.
struct QueueColumns: Hashable, Sendable {
    /// The width of the risk word.
    static let risk = 5
    /// The cells that the action has at least; columns that would take them are left out.
    private static let leastAction = 31

    /// The columns for which there is room, in their order.
    let shown: [QueueColumn]
    /// The width of the box for a mark, a space included; 0 where there is no room.
    let mark: Int

    init(wanted: [QueueColumn], width: Int, isList: Bool) {
        mark = !isList && width >= 46 ? 4 : 0
        var left = isList ? 0 : width - mark - Self.fixed - Self.leastAction
        shown = wanted.filter { column in
            guard column.width <= left else { return false }
            left -= column.width
            return true
        }
    }

    /// The first column behind the number.
    var text: Int { mark + Self.fixed }

    /// The cells of what always stands before the columns, but for the mark.
    private static let fixed = 1 + risk + 1 + 5 + 1 + 4 + 1
}
