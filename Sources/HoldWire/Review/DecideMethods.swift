public import HoldCore

/// What one person says about one item.
public struct ItemReview: WireParams {
    /// The item.
    public var item: WireItemReference
    /// What the person says.
    public var decision: WireVerdict
    /// What the person saw; must be the item's current digest.
    public var digest: Digest
    /// Why.
    public var reason: String?
    /// With `modify`: the arguments to run instead, an object.
    public var arguments: JSONValue?
    /// What the person typed to confirm, where the manifest asks for it.
    public var confirm: String?

    /// Puts the parameters together.
    public init(
        item: WireItemReference,
        decision: WireVerdict,
        digest: Digest,
        reason: String? = nil,
        arguments: JSONValue? = nil,
        confirm: String? = nil
    ) {
        self.item = item
        self.decision = decision
        self.digest = digest
        self.reason = reason
        self.arguments = arguments
        self.confirm = confirm
    }

    /// Refuses values that make no sense, naming the field.
    public func validate() throws(FieldProblem) {
        try item.check("item")
        try checkArguments()
    }
}

/// Says approve, reject or modify about one item.
public enum ItemDecide: WireMethod {
    /// The name on the wire.
    public static let method = "item.decide"

    /// What it asks for.
    public typealias Params = ItemReview

    /// What it answers.
    public typealias Reply = ItemDecideReply
}

/// How the item stands after a review.
public struct ItemDecideReply: Codable, Hashable, Sendable {
    /// Where it stands.
    public var state: WireItemState
    /// The decision; null while more reviews are needed.
    public var decision: WireDecision?
    /// Approvals of the current digest against those needed.
    public var approvals: WireApprovals?

    /// Puts the parts together.
    public init(
        state: WireItemState,
        decision: WireDecision? = nil,
        approvals: WireApprovals? = nil
    ) {
        self.state = state
        self.decision = decision
        self.approvals = approvals
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(state, forKey: .state)
        try fields.encode(decision, forKey: .decision)
        try fields.encodeIfPresent(approvals, forKey: .approvals)
    }
}

/// Says approve, reject or modify about up to 1000 items, in one journal transaction.
public enum ItemsDecide: WireMethod {
    /// The name on the wire.
    public static let method = "items.decide"

    /// The reviews.
    public struct Params: WireParams {
        /// What the person says, item by item.
        public var decisions: [ItemReview]

        /// Puts the parameters together.
        public init(decisions: [ItemReview]) {
            self.decisions = decisions
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try checkDecisions()
        }
    }

    /// One answer for each, in order.
    public struct Reply: Codable, Hashable, Sendable {
        /// The answers.
        public var results: [ItemsDecideResult]

        /// Puts the parts together.
        public init(results: [ItemsDecideResult]) {
            self.results = results
        }
    }
}
