package import HoldCore

/// What of the marked items one confirmation decides, and what it leaves out and why.
///
/// Pure: what is known of each item comes in, and the rules are here alone.
package struct BatchPlan: Hashable, Sendable {
    package enum Verb: String, Hashable, Sendable, CaseIterable {
        case approve, reject
    }

    /// A marked item, and what is known of it.
    package struct Candidate: Hashable, Sendable {
        /// As its row has it now, or had it last.
        package var item: QueueItem
        /// As it was marked.
        package var marked: Digest
        /// Whether it is among the rows.
        package var isListed: Bool
        /// What was read of exactly this digest.
        package var reading: ReadItems.Reading?
        package var isOnHold: Bool
        package var isUnanswered: Bool

        package init(
            _ item: QueueItem,
            marked: Digest? = nil,
            isListed: Bool = true,
            reading: ReadItems.Reading? = nil,
            isOnHold: Bool = false,
            isUnanswered: Bool = false
        ) {
            self.item = item
            self.marked = marked ?? item.digest
            self.isListed = isListed
            self.reading = reading
            self.isOnHold = isOnHold
            self.isUnanswered = isUnanswered
        }
    }

    /// An item that is decided, pinned to what it was when the sheet opened.
    package struct Entry: Hashable, Sendable {
        package let target: Target
        /// Raw.
        package let summary: String?
        /// What would run; nil when it was not read.
        package let arguments: Digest?
        /// Who claims it, when that is a colleague; raw.
        package let claimedBy: String?
    }

    /// Entries that are the same but for their numbers: one row stands for all of them.
    package struct Group: Hashable, Sendable {
        package internal(set) var entries: [Entry]
        package var first: Entry? { entries.first }
    }

    /// An item that is not decided.
    package struct LeftOut: Hashable, Sendable {
        package let number: Int64
        /// Raw.
        package let action: String
        package let rule: BatchRule
    }

    package let verb: Verb
    package private(set) var groups: [Group] = []
    package private(set) var leftOut: [LeftOut] = []

    /// All that is decided, in the order of the groups.
    package var entries: [Entry] { groups.flatMap(\.entries) }
    package var count: Int { groups.reduce(0) { $0 + $1.entries.count } }

    /// Sorts out which items are decided together.
    ///
    /// - Parameters:
    ///   - verb: What is said about them.
    ///   - candidates: The marked items in the order of their rows.
    ///   - user: Who says it.
    ///   - now: The service's time.
    package init(_ verb: Verb, of candidates: [Candidate], by user: String, at now: Instant) {
        self.verb = verb
        var first: Candidate?
        for candidate in candidates {
            let rule =
                Self.standing(candidate)
                ?? (verb == .approve ? Self.care(candidate, first, by: user, at: now) : nil)
            guard let rule else {
                first = first ?? candidate
                add(candidate, user)
                continue
            }
            leaveOut(Target(candidate.item), rule)
        }
    }

    /// What keeps an item from being decided at all.
    private static func standing(_ candidate: Candidate) -> BatchRule? {
        let item = candidate.item
        guard item.state.isPending else { return .decided(item.state) }
        guard item.digest == candidate.marked else { return .changed }
        guard candidate.isListed else { return .notListed }
        if candidate.isOnHold { return .onHold }
        return candidate.isUnanswered ? .unanswered : nil
    }

    /// What keeps an item from being approved together with others.
    private static func care(
        _ candidate: Candidate,
        _ first: Candidate?,
        by user: String,
        at now: Instant
    ) -> BatchRule? {
        let item = candidate.item
        switch item.riskClass {
        case .irreversible: return .irreversible
        case .high, .medium: return .risk(item.riskClass)
        case .low: break
        }
        guard let reading = candidate.reading, reading.digest == item.digest else {
            return .notRead
        }
        if reading.hidden > 0 { return .hidden(reading.hidden) }
        if let claimer = item.claimedBy, claimer != user { return .claimed(claimer) }
        // Without separation everybody has the same account, and the service allows it.
        if item.requestedBy == user, item.separation != .none { return .ownRequest }
        if item.confirm == .type { return .typed }
        let terms = ConfirmTerms(for: item, left: item.left(at: now))
        if terms.goesAtOnce { return .expiring }
        guard let first else { return nil }
        if item.action != first.item.action { return .otherAction(first.item.action) }
        return reading.shape == first.reading?.shape ? nil : .otherTarget
    }

    private mutating func add(_ candidate: Candidate, _ user: String) {
        let item = candidate.item
        let entry = Entry(
            target: Target(item),
            summary: item.summary,
            arguments: candidate.reading?.arguments,
            claimedBy: item.claimedBy == user ? nil : item.claimedBy
        )
        let twin = groups.firstIndex { $0.first?.isTwin(of: entry) == true }
        if let twin {
            groups[twin].entries.append(entry)
        } else {
            groups.append(Group(entries: [entry]))
        }
    }

    private mutating func leaveOut(_ target: Target, _ rule: BatchRule) {
        leftOut.append(LeftOut(number: target.number, action: target.action, rule: rule))
    }

    /// Takes an item out that cannot be decided any more.
    mutating func drop(_ reference: ItemReference, because rule: BatchRule) {
        for index in groups.indices {
            for entry in groups[index].entries where entry.target.reference == reference {
                leaveOut(entry.target, rule)
            }
            groups[index].entries.removeAll { $0.target.reference == reference }
        }
        groups.removeAll { $0.entries.isEmpty }
    }
}

extension BatchPlan.Entry {
    /// Whether the same would run for the same agent, as far as it was read.
    fileprivate func isTwin(of other: BatchPlan.Entry) -> Bool {
        guard let arguments, arguments == other.arguments else { return false }
        return target.action == other.target.action && target.agent == other.target.agent
            && target.riskClass == other.target.riskClass && summary == other.summary
            && claimedBy == other.claimedBy
    }
}
