/// The orders that the service can put the queue in; the raw values are its words.
package enum QueueSort: String, Hashable, Sendable, CaseIterable {
    /// Stuck undo first, then what is dangerous or runs out soon, then the rest by deadline.
    case urgency
    case age
    case risk
    case workflow
    case agent
    case action

    /// What it is, in few words.
    package var words: StaticString {
        switch self {
        case .urgency: "stuck, dangerous or nearly due first"
        case .age: "the oldest first"
        case .risk: "the most dangerous first"
        case .workflow: "workflow by workflow"
        case .agent: "agent by agent"
        case .action: "action by action"
        }
    }
}
