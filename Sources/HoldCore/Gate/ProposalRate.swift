/// How many proposals one account may make a second (I19): a bucket that refills with time.
public struct ProposalRate: Sendable, Hashable {
    private var spent: Double = 0
    private var at: Instant?

    /// A bucket nobody has drawn from.
    public init() {}

    /// Takes one proposal in, or says when to come back.
    ///
    /// - Parameters:
    ///   - now: When the proposal came.
    ///   - limit: Proposals a second; at least 1. A burst of one second's worth is let through.
    ///   - account: Whose proposal it is, for the sentence.
    /// - Throws: ``Refusal/tooMany(_:retryAfter:)`` when the bucket is empty.
    public mutating func admit(at now: Instant, limit: Int, account: String) throws(Refusal) {
        let perSecond = Double(max(1, limit))
        if let last = at, now > last { spent = max(0, spent - (now - last).seconds * perSecond) }
        at = max(now, at ?? now)
        guard spent + 1 <= perSecond else {
            throw .tooMany(
                "\(account) proposes more than \(limit) steps a second, the most that the manifest"
                    + " allows one account.",
                retryAfter: Span(seconds: max(0.01, (spent + 1 - perSecond) / perSecond))
            )
        }
        spent += 1
    }

    /// Whether nothing is remembered any more.
    public func isIdle(at now: Instant) -> Bool {
        at.map { now - $0 > Span(seconds: 2) } ?? true
    }
}
