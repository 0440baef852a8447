/// Signs that a person decides without reading, for that person alone.
public struct WireReviewSigns: Codable, Hashable, Sendable {
    /// How many items the person decided.
    public var decided: Int
    /// How many of them within 5 seconds of opening.
    public var quick: Int
    /// How many items of class HIGH or IRREV the person approved within 20 seconds of opening.
    public var quickHigh: Int
    /// The most approvals in a row without anything else.
    public var longestApprovalRun: Int
    /// What the person decided of each risk class: the classes that occurred, the riskiest first.
    public var classes: [WireClassShare]
    /// What the person approved most: a rule of the manifest might take it; null without approvals.
    public var mostApproved: WireMostApproved?

    /// Puts the parts together.
    public init(
        decided: Int,
        quick: Int,
        quickHigh: Int,
        longestApprovalRun: Int,
        classes: [WireClassShare],
        mostApproved: WireMostApproved? = nil
    ) {
        self.decided = decided
        self.quick = quick
        self.quickHigh = quickHigh
        self.longestApprovalRun = longestApprovalRun
        self.classes = classes
        self.mostApproved = mostApproved
    }
}

/// How much of one risk class a person approved.
public struct WireClassShare: Codable, Hashable, Sendable {
    /// The class.
    public var riskClass: WireRiskClass
    /// How many the person decided.
    public var decided: Int
    /// How many of these the person approved.
    public var approved: Int

    /// Puts the parts together.
    public init(riskClass: WireRiskClass, decided: Int, approved: Int) {
        self.riskClass = riskClass
        self.decided = decided
        self.approved = approved
    }
}

/// The action and risk class that a person approved most.
public struct WireMostApproved: Codable, Hashable, Sendable {
    /// The action.
    public var action: String
    /// The class.
    public var riskClass: WireRiskClass
    /// How many of these.
    public var approved: Int
    /// Of how many approvals in all.
    public var of: Int

    /// Puts the parts together.
    public init(action: String, riskClass: WireRiskClass, approved: Int, of: Int) {
        self.action = action
        self.riskClass = riskClass
        self.approved = approved
        self.of = of
    }
}
