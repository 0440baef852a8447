public import HoldCore

/// Checks the chain of events, page after page, holding none of them (I14).
///
/// It finds the first entry that was changed, cut out, put in or moved. A cut at the very end is
/// found only against a hash noted elsewhere: compare ``last``.
public struct AuditVerifier: Sendable {
    /// What became of a check.
    public struct Result: Sendable, Hashable {
        /// How many events hold, counted from the first one looked at.
        public var events: Int
        /// Whether all of them do.
        public var ok: Bool
        /// The number of the first event that does not hold; nil when all do.
        public var firstBad: Int64?

        /// A result of these parts.
        public init(events: Int, ok: Bool, firstBad: Int64?) {
            self.events = events
            self.ok = ok
            self.firstBad = firstBad
        }
    }

    /// How many events are read at once.
    public static let pageMax = 10_000

    /// What is known so far.
    public private(set) var result = Result(events: 0, ok: true, firstBad: nil)
    /// The number of the last event that holds, and its hash.
    public private(set) var last: (seq: Int64, hash: Digest)
    private var versions: [WorkflowKey: Int] = [:]
    private let startsAtOrigin: Bool

    /// A verifier of everything from the first event on, or from behind an event whose hash is known.
    public init(after seq: Int64 = 0, hash: Digest = Entry.origin) {
        last = (seq, hash)
        startsAtOrigin = seq == 0
    }

    /// Checks the next page; after a bad event nothing more is looked at.
    ///
    /// - Parameters:
    ///   - page: The entries behind ``last``, in order.
    ///   - isHashed: Whether each entry's own hash was checked already, when it was read.
    public mutating func add(_ page: some Sequence<Entry>, isHashed: Bool = false) {
        for entry in page {
            guard result.ok else { return }
            guard holds(entry), isHashed || entry.isIntact else {
                // What is missing is named, not what stands behind the gap.
                return fail(at: min(entry.seq, last.seq + 1))
            }
            versions[entry.workflow] = entry.version
            last = (entry.seq, entry.hash)
            result.events += 1
        }
    }

    private func holds(_ entry: Entry) -> Bool {
        guard entry.seq == last.seq + 1, entry.previous == last.hash else { return false }
        if let version = versions[entry.workflow] {
            guard entry.version == version + 1 else { return false }
        } else if startsAtOrigin {
            guard entry.version == 1 else { return false }
        }
        return true
    }

    /// Checks a whole journal, a page at a time.
    ///
    /// A store that finds a bad event itself refuses the page that holds it: ever smaller pages then
    /// lead up to that event.
    ///
    /// - Throws: What reading throws, but for `.corrupt`, which is a result.
    public static func verify(
        _ journal: any Journal,
        pageEvents: Int = pageMax
    ) throws(JournalFault) -> Result {
        var verifier = AuditVerifier()
        var limit = min(max(pageEvents, 1), pageMax)
        while verifier.result.ok {
            do {
                let page = try journal.entries(after: verifier.last.seq, limit: limit)
                if page.isEmpty { break }
                verifier.add(page, isHashed: journal.checksHashes)
            } catch {
                guard error.code == .corrupt else { throw error }
                guard limit > 1 else {
                    verifier.fail(at: verifier.last.seq + 1)
                    break
                }
                limit /= 2
            }
        }
        return verifier.result
    }

    private mutating func fail(at seq: Int64) {
        result.ok = false
        result.firstBad = seq
    }
}
