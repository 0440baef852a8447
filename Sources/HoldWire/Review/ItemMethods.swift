public import HoldCore

/// Shows everything about one item.
public enum ItemGet: WireMethod {
    /// The name on the wire.
    public static let method = "item.get"

    /// What it asks for.
    public typealias Params = ItemParams

    /// What it answers.
    public typealias Reply = WireItemDetail
}

/// Tells colleagues that somebody is on an item; a courtesy, never a lock.
public enum ItemClaim: WireMethod {
    /// The name on the wire.
    public static let method = "item.claim"

    /// Which item, and for how long.
    public struct Params: WireParams {
        /// The item.
        public var item: WireItemReference
        /// For how long, above 0 and never past the item's deadline; ten minutes when left out.
        public var seconds: Double?

        /// Puts the parameters together.
        public init(item: WireItemReference, seconds: Double? = nil) {
            self.item = item
            self.seconds = seconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try item.check("item")
            try seconds?.checkSeconds("seconds")
        }
    }

    /// What it answers.
    public typealias Reply = WireClaim
}

/// Gives a claim up.
public enum ItemRelease: WireMethod {
    /// The name on the wire.
    public static let method = "item.release"

    /// What it asks for.
    public typealias Params = ItemParams

    /// What it answers.
    public typealias Reply = WireClaim
}

/// Who holds an item.
public struct WireClaim: Codable, Hashable, Sendable {
    /// The account; null when nobody does.
    public var claimedBy: String?
    /// When the claim ends.
    public var claimedUntil: Instant?

    /// Puts the parts together.
    public init(claimedBy: String? = nil, claimedUntil: Instant? = nil) {
        self.claimedBy = claimedBy
        self.claimedUntil = claimedUntil
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(claimedBy, forKey: .claimedBy)
        try fields.encodeIfPresent(claimedUntil, forKey: .claimedUntil)
    }
}

/// Hands an item to the next tier.
public enum ItemEscalate: WireMethod {
    /// The name on the wire.
    public static let method = "item.escalate"

    /// Which item, and why.
    public struct Params: WireParams {
        /// The item.
        public var item: WireItemReference
        /// Why.
        public var reason: String?

        /// Puts the parameters together.
        public init(item: WireItemReference, reason: String? = nil) {
            self.item = item
            self.reason = reason
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try item.check("item")
        }
    }

    /// Who is asked now.
    public struct Reply: Codable, Hashable, Sendable {
        /// The tier that is asked now.
        public var tier: String
        /// When its time ends.
        public var deadline: Instant

        /// Puts the parts together.
        public init(tier: String, deadline: Instant) {
            self.tier = tier
            self.deadline = deadline
        }
    }
}

/// Puts an item out of this reviewer's sight, never past its deadline.
public enum ItemSnooze: WireMethod {
    /// The name on the wire.
    public static let method = "item.snooze"

    /// Which item, and for how long.
    public struct Params: WireParams {
        /// The item.
        public var item: WireItemReference
        /// For how long; 0 brings it back at once.
        public var seconds: Double

        /// Puts the parameters together.
        public init(item: WireItemReference, seconds: Double) {
            self.item = item
            self.seconds = seconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try item.check("item")
            try seconds.checkSeconds("seconds")
        }
    }

    /// Until when.
    public struct Reply: Codable, Hashable, Sendable {
        /// When it comes back.
        public var until: Instant

        /// Puts the parts together.
        public init(until: Instant) {
            self.until = until
        }
    }
}

/// Writes something to an item for whoever looks at it next.
public enum ItemNote: WireMethod {
    /// The name on the wire.
    public static let method = "item.note"

    /// On which item, and what.
    public struct Params: WireParams {
        /// The item.
        public var item: WireItemReference
        /// The note, at most ``WireNote/bytesMax`` bytes.
        public var text: String

        /// Puts the parameters together.
        public init(item: WireItemReference, text: String) {
            self.item = item
            self.text = text
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try item.check("item")
            try text.checkNote("text")
        }
    }

    /// What it answers.
    public typealias Reply = WireNoted
}
