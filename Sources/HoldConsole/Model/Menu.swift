/// A list over the screen to choose from; what is chosen decides nothing.
package struct Menu: Hashable, Sendable {
    /// What is chosen from.
    package enum Page: Hashable, Sendable {
        /// The fields that a filter can look at.
        case fields
        /// The values of one field.
        case values(FilterField)
        case sorts
    }

    /// One row.
    package struct Entry: Hashable, Sendable {
        /// The letter that chooses it; nil: only the cursor does.
        package let key: Unicode.Scalar?
        /// What it is; a value of a field is raw.
        package let text: String
        /// More about it, in our words or raw.
        package let words: String
        /// It is in force now.
        package let isChosen: Bool
        package let choice: Choice
    }

    /// What choosing a row brings about.
    package enum Choice: Hashable, Sendable {
        case open(FilterField)
        /// The filter looks for this value in the field, or for any if it does so already.
        case toggle(FilterField, String)
        case clear
        case sort(QueueSort)
    }

    package let page: Page
    package internal(set) var entries: [Entry]
    /// The row under the cursor, from 0.
    package internal(set) var cursor: Int

    init(page: Page, entries: [Entry]) {
        self.page = page
        self.entries = entries
        cursor = entries.firstIndex(where: \.isChosen) ?? 0
    }
}

/// A field that the filter menu offers, by the name that filters give it.
package enum FilterField: String, Hashable, Sendable, CaseIterable {
    case risk
    case workflow = "wf"
    case agent
    case action
    case queue
    case state
    case claimed
    case left

    /// What it is called in the menu.
    package var words: StaticString {
        switch self {
        case .risk: "risk"
        case .workflow: "workflow"
        case .agent: "agent"
        case .action: "action"
        case .queue: "queue"
        case .state: "state"
        case .claimed: "claimed"
        case .left: "time left"
        }
    }

    /// The letter that chooses it.
    package var key: Unicode.Scalar {
        switch self {
        case .risk: "r"
        case .workflow: "w"
        case .agent: "a"
        case .action: "n"
        case .queue: "u"
        case .state: "s"
        case .claimed: "c"
        case .left: "t"
        }
    }
}
