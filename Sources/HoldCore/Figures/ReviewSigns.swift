/// Signs that a person decides without reading: for that person alone.
public struct ReviewSigns: Sendable, Hashable {
    /// A decision sooner than this after the opening is quick.
    public static let quickSpan = Span(seconds: 5)
    /// An approval of something dangerous sooner than this after the opening is quick.
    public static let quickHighSpan = Span(seconds: 20)

    /// How many items the person decided.
    public var decided = 0
    /// How many of them sooner than ``quickSpan`` after their opening.
    public var quick = 0
    /// How many of class IRREV or HIGH the person approved sooner than ``quickHighSpan``
    /// after their opening.
    public var quickHigh = 0
    /// The most approvals in a row without anything else.
    public var longestApprovalRun = 0
    /// What the person decided of each class that occurred, the most dangerous first.
    public var classes: [Share] = []
    /// What the person approved most; nil without approvals.
    public var mostApproved: Kind?

    /// How much of one class a person approved.
    public struct Share: Sendable, Hashable {
        /// The class.
        public var riskClass: RiskClass
        /// How many the person decided.
        public var decided: Int
        /// How many of these the person approved.
        public var approved: Int
    }

    /// An action of a class, and how often it was approved.
    public struct Kind: Sendable, Hashable {
        /// The action.
        public var action: String
        /// The class.
        public var riskClass: RiskClass
        /// How many of these were approved.
        public var approved: Int
        /// Of how many approvals in all.
        public var of: Int
    }

    /// The signs in what one person decided.
    init(of records: [ItemRecord]) {
        let records = records.sorted {
            ($0.decidedAt ?? $0.createdAt, $0.number) < ($1.decidedAt ?? $1.createdAt, $1.number)
        }
        var run = 0
        var kinds: [String: [RiskClass: Int]] = [:]
        var approvals = 0
        for record in records {
            decided += 1
            let wait = record.wait ?? .zero
            if wait < ReviewSigns.quickSpan { quick += 1 }
            guard record.state == .approved else {
                run = 0
                continue
            }
            approvals += 1
            kinds[record.action, default: [:]][record.riskClass, default: 0] += 1
            let isDangerous = record.riskClass == .irreversible || record.riskClass == .high
            if isDangerous, wait < ReviewSigns.quickHighSpan { quickHigh += 1 }
            // An edit shows that somebody read it.
            run = record.isModified ? 0 : run + 1
            longestApprovalRun = max(longestApprovalRun, run)
        }
        classes = RiskClass.allCases.compactMap { riskClass in
            let inClass = records.filter { $0.riskClass == riskClass }
            guard !inClass.isEmpty else { return nil }
            return Share(
                riskClass: riskClass,
                decided: inClass.count,
                approved: inClass.count { $0.state == .approved }
            )
        }
        mostApproved = kinds.flatMap { action, classes in
            classes.map { Kind(action: action, riskClass: $0, approved: $1, of: approvals) }
        }.max { left, right in
            if left.approved != right.approved { return left.approved < right.approved }
            return (right.action, right.riskClass.rawValue)
                < (left.action, left.riskClass.rawValue)
        }
    }
}
