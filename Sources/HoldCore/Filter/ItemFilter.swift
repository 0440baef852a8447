/// Which items of a list a person wants to see: terms, all of which must hold.
///
/// Its text form is what people type behind `/`: ``init(_:)`` reads it. What the terms compare, and how,
/// is said here alone; a store that has a faster way must let through exactly what ``matches(_:in:)``
/// does.
public struct ItemFilter: Sendable, Hashable {
    /// One thing that must hold, or must not.
    public struct Term: Sendable, Hashable {
        /// Whether the condition must not hold.
        public var isNegated: Bool
        /// What is looked at.
        public var condition: Condition

        /// A term of these parts.
        public init(_ condition: Condition, isNegated: Bool = false) {
            self.isNegated = isNegated
            self.condition = condition
        }
    }

    /// What a term looks at.
    public enum Condition: Sendable, Hashable {
        /// Occurs in the number, workflow, step, action, summary or agent; folded, never empty.
        case words(String)
        /// Occurs in one field; folded, never empty.
        case text(Field, String)
        /// The item stands in one of these ways.
        case standing([Standing])
        /// The item is of one of these classes.
        case riskClass([RiskClass])
        /// The agent's own estimate compares so; never holds where it gave none.
        case risk(Comparison, Double)
        /// What is left of the present tier's time compares so; never holds for what is decided.
        case left(Comparison, Span)
        /// The item is claimed so.
        case claimed(Claim)
    }

    /// A field that holds text; the raw value is what people type before the colon.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case action
        case agent
        case workflow = "wf"
        case queue
        case tier
        /// Who decided.
        case decidedBy = "by"
    }

    /// How an item stands, in the words behind `state:`.
    public enum Standing: Sendable, Hashable {
        case state(ItemState)
        /// Its undo chain waits for a person.
        case stuck
    }

    /// How two values are compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
        case equal = "="

        /// Whether a value compares so with a limit.
        public func holds<Value: Comparable>(_ value: Value, _ limit: Value) -> Bool {
            switch self {
            case .atLeast: value >= limit
            case .atMost: value <= limit
            case .above: value > limit
            case .below: value < limit
            case .equal: value == limit
            }
        }
    }

    /// Who is meant to hold a claim.
    public enum Claim: Sendable, Hashable {
        /// Nobody.
        case nobody
        /// Who asks.
        case asker
        /// Somebody in whose account's name this occurs; folded.
        case name(String)

        /// Whether an item claimed by this account, or by nobody, is meant.
        public func holds(_ account: String?, asker: String?) -> Bool {
            switch self {
            case .nobody: account == nil
            case .asker: account != nil && account == asker
            case .name(let name): account.map { SearchText.folded($0).holds(name) } ?? false
            }
        }
    }

    /// What a filter needs to know beside the item.
    public struct Circumstances: Sendable, Hashable {
        /// What "left" is measured from.
        public var now: Instant
        /// The account of who asks; nil: nobody in particular.
        public var asker: String?

        /// Circumstances of these parts.
        public init(now: Instant, asker: String? = nil) {
            self.now = now
            self.asker = asker
        }
    }

    /// What must hold.
    public var terms: [Term]

    /// A filter of these terms; without any it lets everything through.
    public init(terms: [Term] = []) { self.terms = terms }

    /// Whether everything gets through.
    public var isEmpty: Bool { terms.isEmpty }

    /// Whether it asks for items by how they stand, decided ones too.
    ///
    /// A list that shows only what is open otherwise then shows whatever stands so.
    public var asksForStanding: Bool {
        terms.contains { term in
            guard case .standing = term.condition else { return false }
            return !term.isNegated
        }
    }

    /// Whether it asks who is on an item.
    public var asksForClaims: Bool {
        terms.contains { term in
            guard case .claimed = term.condition else { return false }
            return true
        }
    }

    /// Whether an item gets through.
    public func matches(_ row: ItemRow, in circumstances: Circumstances) -> Bool {
        terms.allSatisfy { $0.condition.holds(for: row, in: circumstances) != $0.isNegated }
    }
}

extension ItemFilter.Condition {
    func holds(for row: ItemRow, in circumstances: ItemFilter.Circumstances) -> Bool {
        switch self {
        case .words(let words): SearchText.words(of: row).holds(words)
        case .text(let field, let text): field.folded(row).holds(text)
        case .standing(let standings): standings.contains { $0.holds(for: row) }
        case .riskClass(let classes): classes.contains(row.riskClass)
        case .risk(let comparison, let limit):
            row.risk.map { comparison.holds($0, limit) } ?? false
        case .left(let comparison, let span):
            row.state.isPending && comparison.holds(row.deadline, circumstances.now + span)
        case .claimed(let claim):
            claim.holds(row.claim(at: circumstances.now)?.by, asker: circumstances.asker)
        }
    }
}

extension ItemFilter.Standing {
    func holds(for row: ItemRow) -> Bool {
        switch self {
        case .state(let state): row.state == state
        case .stuck: row.isStuck
        }
    }
}

extension ItemFilter.Field {
    func folded(_ row: ItemRow) -> String {
        switch self {
        case .action: SearchText.folded(row.action)
        case .agent: SearchText.folded(row.agent)
        case .workflow: SearchText.folded(row.workflow.text)
        case .queue: SearchText.folded(row.queue)
        case .tier: SearchText.folded(row.tier)
        case .decidedBy: SearchText.folded(row.decidedBy ?? "")
        }
    }
}
