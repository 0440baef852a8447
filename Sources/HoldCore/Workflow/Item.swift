/// The states of an item; the last four are final.
public enum ItemState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Waits for a person. → modified, approved, rejected, timeout, withdrawn
    case pendingReview = "pending_review"
    /// Edited by one reviewer, waits for another. → approved, rejected, timeout, withdrawn
    case modified
    case approved
    case rejected
    /// Nobody decided in time: acts as a rejection, and is told apart from one everywhere.
    case timeout
    /// Taken back by its agent, or on a dead branch.
    case withdrawn

    /// Whether the item still waits for a decision.
    public var isPending: Bool {
        switch self {
        case .pendingReview, .modified: true
        case .approved, .rejected, .timeout, .withdrawn: false
        }
    }
}

/// What one person says about one item; it becomes a decision when it meets the item's threshold.
public struct Review: Sendable, Hashable, Codable {
    /// The account's name.
    public var reviewer: String
    /// The account's number.
    public var uid: UInt32
    /// What the person says.
    public var verdict: Verdict
    /// What was on the screen.
    public var digest: Digest
    /// Why, in the person's own words.
    public var reason: String?
    /// When, in the journal's time.
    public var at: Instant

    /// What a person can say.
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        case approve, reject, modify
    }
}

/// The one final answer on an item.
///
/// Set once; it never changes.
public struct Decision: Sendable, Hashable, Codable {
    /// How it ended.
    public var outcome: Outcome
    /// Whether a reviewer edited the arguments.
    public var modified: Bool
    /// Who decided; nil on a timeout.
    public var reviewedBy: String?
    /// When it was decided.
    public var reviewedAt: Instant
    /// Why, in the person's own words.
    public var reason: String?
    /// What the reviewer sees and the agent may run.
    public var digest: Digest
    /// The tier that was asked then.
    public var tier: String

    /// What an item can end with.
    public enum Outcome: String, Sendable, Hashable, Codable {
        case approved, rejected, timeout, withdrawn
    }
}

/// The approval item of a step that met a gate: what a reviewer sees in the queue.
public struct Item: Sendable, Hashable {
    /// Unique in its store, for people to say aloud.
    public internal(set) var number: Int64
    /// Where it stands.
    public internal(set) var state: ItemState
    /// The terms, fixed when it was opened.
    public internal(set) var policy: ItemPolicy
    /// Index into the policy's tiers.
    public internal(set) var tierIndex: Int
    /// When the present tier was asked first.
    public internal(set) var tierStartedAt: Instant
    /// When the present tier's time is over.
    public internal(set) var deadline: Instant
    /// Colleagues of the tier were warned.
    public internal(set) var isWarned: Bool
    /// When it was opened.
    public internal(set) var openedAt: Instant
    /// Bumped whenever the digest changes; from 1.
    public internal(set) var revision: Int
    /// How many different people must approve.
    public internal(set) var approvalsNeeded: Int
    /// What people said that counted, oldest first.
    public internal(set) var reviews: [Review]
    /// What people said after the decision: kept, without effect.
    public internal(set) var lateReviews: [Review]
    /// Who said to be on it; ask ``claim(at:)`` whether that still stands.
    public internal(set) var claim: Claim?
    /// Who put it off, by account number; ask ``snooze(of:at:)`` whether that still stands.
    public internal(set) var snoozes: [Snooze]
    /// What people wrote to it, oldest first.
    public internal(set) var notes: [Note]
    /// Who edited the arguments that now stand, where another must approve them.
    public internal(set) var modifiedBy: UInt32?
    /// A reviewer edited the arguments.
    public internal(set) var isModified: Bool
    /// The one final answer; nil while there is none.
    public internal(set) var decision: Decision?

    /// The tier that is asked now; nobody at all when the path is empty, so that it fails closed.
    public var tier: Tier {
        guard policy.tiers.indices.contains(tierIndex) else {
            return policy.tiers.last ?? Tier(name: "nobody", span: .zero, role: Role())
        }
        return policy.tiers[tierIndex]
    }
    /// The next tier; nil at the last.
    public var nextTier: Tier? {
        tierIndex + 1 < policy.tiers.count ? policy.tiers[tierIndex + 1] : nil
    }
    /// When colleagues of the tier are warned.
    public var warnAt: Instant { tierStartedAt + (deadline - tierStartedAt).share(policy.warnAt) }

    /// The approvals of these arguments so far, one a person.
    public func approvals(of digest: Digest) -> [Review] {
        reviews.filter { $0.digest == digest && $0.verdict == .approve }
    }
}
