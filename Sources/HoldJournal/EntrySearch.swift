public import HoldCore

/// Words to look for in events and in the items that they concern.
public struct EntrySearch: Sendable, Hashable {
    /// What must occur, folded.
    private let words: [String]

    /// A search for all the words of a text.
    public init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { SearchText.folded(String($0)) }
    }

    /// Whether everything is found.
    public var isEmpty: Bool { words.isEmpty }

    /// Whether an event has all the words in its name, workflow, account or reasons, or in what lists
    /// show of its item.
    public func matches(_ entry: Entry, item: ItemRow?) -> Bool {
        guard !words.isEmpty else { return true }
        let event = SearchText.joined(
            [entry.type, entry.workflow.text, entry.actor.user ?? entry.actor.kind.rawValue]
        )
        let told = entry.data.told.map { SearchText.folded($0) }
        let shown = item.map { SearchText.words(of: $0) }
        return words.allSatisfy { word in
            event.holds(word) || shown?.holds(word) == true || told.contains { $0.holds(word) }
        }
    }
}

extension Entry {
    /// The item that the event concerns, if it is about one step.
    public var item: ItemReference? {
        guard let step = data["step"]?.text ?? data["cause"]?.text else { return nil }
        return ItemReference(workflow: workflow, step: StepID(step))
    }
}

extension JSONValue {
    /// What people or executors said, in an event's data or in the review or decision within it.
    fileprivate var told: [String] {
        let keys = ["reason", "error", "detail", "operation", "title", "agent"]
        return [self, self["review"], self["decision"]].compactMap(\.self).flatMap { part in
            keys.compactMap { part[$0]?.text }
        }
    }
}
