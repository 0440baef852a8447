public import HoldCore

/// Which events an audit asks for.
public struct EntryQuery: Sendable, Hashable {
    /// Only those of this workflow.
    public var workflow: WorkflowKey?
    /// Only those with a higher sequence number.
    public var after: Int64
    /// Only those with a lower sequence number.
    public var before: Int64
    /// Only those of these names; nil: all.
    public var types: Set<String>?
    /// Only those that a party of these kinds caused; nil: all.
    public var kinds: Set<Actor.Kind>?
    /// Only those that this account caused.
    public var user: String?
    /// Only those from then on.
    public var since: Instant?
    /// Whether the newest come first.
    public var isNewestFirst: Bool
    /// How many at most, 1…10,000.
    public var limit: Int
    /// How many events are looked at, at most, from where the search begins; at least 1.
    ///
    /// A workflow's own events are few, and all looked at.
    public var span: Int64

    /// A query for everything, the oldest first.
    public init(
        workflow: WorkflowKey? = nil,
        after: Int64 = 0,
        before: Int64 = .max,
        types: Set<String>? = nil,
        kinds: Set<Actor.Kind>? = nil,
        user: String? = nil,
        since: Instant? = nil,
        isNewestFirst: Bool = false,
        limit: Int = 100,
        span: Int64 = 50_000
    ) {
        self.workflow = workflow
        self.after = after
        self.before = before
        self.types = types
        self.kinds = kinds
        self.user = user
        self.since = since
        self.isNewestFirst = isNewestFirst
        self.limit = limit
        self.span = span
    }
}

/// What a search in the journal found, and how far it has come.
public struct EntryWindow: Sendable, Hashable {
    /// The events, in the order asked for.
    public var entries: [Entry]
    /// The sequence number that was looked at last; nil when there is nothing behind it.
    public var reached: Int64?

    /// A window of these parts.
    public init(entries: [Entry], reached: Int64?) {
        self.entries = entries
        self.reached = reached
    }
}

extension EntryQuery {
    /// The first and last sequence number to look at in a journal that ends so; nil: none.
    ///
    /// - Parameters:
    ///   - end: The journal's last sequence number.
    ///   - time: When the event of a sequence number happened.
    /// - Returns: The range, which holds at least one event.
    package func range(
        end: Int64,
        time: (Int64) throws -> Instant
    ) rethrows -> ClosedRange<Int64>? {
        guard let first = try first(end: end, time: time) else { return nil }
        let last = min(before == .min ? before : before - 1, end)
        guard first <= last else { return nil }
        guard workflow == nil else { return first...last }
        let width = max(span, 1) - 1
        return isNewestFirst
            ? (last - first > width ? last - width : first)...last
            : first...(last - first > width ? first + width : last)
    }

    /// The first event behind ``after`` and not before ``since``: events stand in the order of time.
    private func first(end: Int64, time: (Int64) throws -> Instant) rethrows -> Int64? {
        guard after < end else { return nil }
        var low = max(after, 0) + 1
        guard let since else { return low }
        var high = end + 1
        while low < high {
            let middle = low + (high - low) / 2
            if try time(middle) < since { low = middle + 1 } else { high = middle }
        }
        return low <= end ? low : nil
    }

    /// The window's size, within its limits.
    package var windowLimit: Int { min(max(limit, 1), 10_000) }

    /// Whether an event within the range belongs to what is asked for.
    package func matches(_ entry: Entry) -> Bool {
        if let workflow, entry.workflow != workflow { return false }
        if let types, !types.contains(entry.type) { return false }
        if let kinds, !kinds.contains(entry.actor.kind) { return false }
        if let user, entry.actor.user != user { return false }
        if let since, entry.at < since { return false }
        return true
    }

    /// What is told of events found within a range, one more than the limit where there are so many.
    package func window(
        _ found: [Entry],
        in range: ClosedRange<Int64>,
        end: Int64,
        time: (Int64) throws -> Instant
    ) rethrows -> EntryWindow {
        guard found.count <= windowLimit else {
            let shown = Array(found.prefix(windowLimit))
            return EntryWindow(entries: shown, reached: shown.last?.seq)
        }
        let reached: Int64?
        if isNewestFirst {
            let first = try first(end: end, time: time) ?? range.lowerBound
            reached = range.lowerBound > first ? range.lowerBound : nil
        } else {
            reached = range.upperBound < min(before - 1, end) ? range.upperBound : nil
        }
        return EntryWindow(entries: found, reached: reached)
    }
}
