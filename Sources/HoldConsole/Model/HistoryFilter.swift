/// Which events of the journal the history shows.
package struct HistoryFilter: Hashable, Sendable {
    /// Only events with these words in them or in their item; nil: any.
    package var text: String?
    /// Only what this account did.
    package var user: String?
    /// Only events of these names; empty: of all.
    package var types: [String]
    package var workflow: String?

    package init(
        text: String? = nil,
        user: String? = nil,
        types: [String] = HistoryFilter.usual,
        workflow: String? = nil
    ) {
        self.text = text
        self.user = user
        self.types = types
        self.workflow = workflow
    }

    /// Why a filter that was typed is none, in our words.
    package struct Problem: Error, Hashable, Sendable {
        package let words: String
    }

    /// Reads what a person types: words, and fields such as `user:alice type:undo wf:wf-918`.
    package init(parsing line: String) throws(Problem) {
        self.init()
        var words: [String] = []
        for word in line.split(separator: " ") {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Field(rawValue: String(parts[0])) else {
                words.append(String(word))
                continue
            }
            let value = String(parts[1])
            guard !value.isEmpty else { throw Problem(words: "What after \(name.rawValue):?") }
            switch name {
            case .user, .who: user = value
            case .workflow, .wf: workflow = value
            case .type: types = try Self.types(value)
            }
        }
        text = words.isEmpty ? nil : words.joined(separator: " ")
    }

    private enum Field: String {
        case user, who, workflow, wf, type
    }

    private static func types(_ value: String) throws(Problem) -> [String] {
        if let group = groups.first(where: { $0.name == value }) { return group.types }
        guard known.contains(value) else {
            let names = groups.map(\.name).joined(separator: ", ")
            throw Problem(words: "No such type. There are: \(names), or an event's name.")
        }
        return [value]
    }

    static let decisions = [
        "item_decided", "item_reviewed", "item_modified", "item_escalated", "late_review_noted",
    ]
    static let halts = [
        "workflow_halted", "workflow_resumed", "everything_halted", "everything_resumed",
        "account_halted", "account_resumed", "agent_halted", "agent_resumed",
    ]
    private static let undoByPeople = [
        "unwind_planned", "undo_stuck", "undo_retried", "undo_skip_agreed", "undo_skipped",
        "undo_resolved", "unwind_ended",
    ]
    private static let drills = ["drill_passed", "drill_failed"]
    private static let steps = [
        "step_proposed", "step_began", "step_finished", "step_withdrawn", "lease_ended",
    ]
    private static let rest = [
        "item_opened", "item_warned", "drill_started", "workflow_opened", "workflow_finished",
        "checkpoint_saved",
    ]

    /// What people did, and what they have to know of; machines' small steps are left out.
    package static let usual = decisions + undoByPeople + halts + drills

    /// The words for several events at once.
    static let groups: [(name: String, types: [String])] = [
        ("usual", usual), ("decisions", decisions),
        ("undo", undoByPeople + ["undo_started", "undone", "undo_failed"]), ("steps", steps),
        ("halts", halts), ("drills", drills + ["drill_started"]), ("all", []),
    ]

    private static let known = Set(groups.flatMap(\.types) + rest)
}
