public import HoldCore

/// Shows what a shift hands to the next: what is open, taken on, put off and stuck, and the notes.
public enum HandoffGet: WireMethod {
    /// The name on the wire.
    public static let method = "handoff.get"

    /// From when on.
    public struct Params: WireParams {
        /// Only notes left after this; all that are kept when left out.
        public var since: Instant?

        /// Puts the parameters together.
        public init(since: Instant? = nil) {
            self.since = since
        }
    }

    /// What it answers.
    public typealias Reply = WireHandoff
}

/// Leaves a note for whoever comes next.
public enum HandoffNote: WireMethod {
    /// The name on the wire.
    public static let method = "handoff.note"

    /// What to say.
    public struct Params: WireParams {
        /// The note, at most ``WireNote/bytesMax`` bytes.
        public var text: String

        /// Puts the parameters together.
        public init(text: String) {
            self.text = text
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try text.checkNote("text")
        }
    }

    /// What it answers.
    public typealias Reply = WireNoted
}

/// What a shift hands to the next; of each list the first 100, and in `counts` how many there are.
public struct WireHandoff: Codable, Hashable, Sendable {
    /// What people of earlier shifts wrote, the newest first; at most 50.
    public var notes: [WireNote]
    /// How many items wait for a decision.
    public var pending: Int
    /// How many of the open items are urgent: stuck, IRREV or HIGH, or with less than two minutes left.
    public var urgent: Int
    /// Items that somebody is on, the claim that ends first in front.
    public var claimed: [WireItem]
    /// Items that somebody put out of sight, the one that comes back first in front.
    public var snoozed: [WireSnoozed]
    /// Workflows whose undo chain waits for a person.
    public var stuck: [WireWorkflow]
    /// Workflows that are being undone.
    public var unwinding: [WireWorkflow]
    /// When the oldest open item was opened; null when nothing is open.
    public var oldest: Instant?
    /// How long each list is in all, by its name.
    public var counts: [String: Int]

    /// Puts the parts together.
    public init(
        notes: [WireNote],
        pending: Int,
        urgent: Int,
        claimed: [WireItem],
        snoozed: [WireSnoozed],
        stuck: [WireWorkflow],
        unwinding: [WireWorkflow],
        oldest: Instant? = nil,
        counts: [String: Int]
    ) {
        self.notes = notes
        self.pending = pending
        self.urgent = urgent
        self.claimed = claimed
        self.snoozed = snoozed
        self.stuck = stuck
        self.unwinding = unwinding
        self.oldest = oldest
        self.counts = counts
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(notes, forKey: .notes)
        try fields.encode(pending, forKey: .pending)
        try fields.encode(urgent, forKey: .urgent)
        try fields.encode(claimed, forKey: .claimed)
        try fields.encode(snoozed, forKey: .snoozed)
        try fields.encode(stuck, forKey: .stuck)
        try fields.encode(unwinding, forKey: .unwinding)
        try fields.encode(oldest, forKey: .oldest)
        try fields.encode(counts, forKey: .counts)
    }
}

/// What somebody wrote for whoever comes next.
public struct WireNote: Codable, Hashable, Sendable {
    /// The most bytes that a note may have.
    public static let bytesMax = HoldCore.Note.bytesMax

    /// The account that wrote it.
    public var by: String
    /// What it says.
    public var text: String
    /// When it was written.
    public var at: Instant

    /// Puts the parts together.
    public init(by: String, text: String, at: Instant) {
        self.by = by
        self.text = text
        self.at = at
    }
}

/// An item out of one reviewer's sight.
public struct WireSnoozed: Codable, Hashable, Sendable {
    /// The account that put it off.
    public var by: String
    /// When it comes back into that person's sight.
    public var until: Instant
    /// The item.
    public var item: WireItem

    /// Puts the parts together.
    public init(by: String, until: Instant, item: WireItem) {
        self.by = by
        self.until = until
        self.item = item
    }
}

/// A note is kept.
public struct WireNoted: Codable, Hashable, Sendable {
    /// When it was written; of one that was said before, when that was.
    public var at: Instant

    /// Puts the parts together.
    public init(at: Instant) {
        self.at = at
    }
}

extension String {
    /// Refuses a note that says nothing, or too much.
    func checkNote(_ field: String) throws(FieldProblem) {
        if let problem = HoldCore.Note.problem(with: self) { throw FieldProblem(field, problem) }
    }
}
