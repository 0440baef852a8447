import HoldCore
import HoldJournal
import HoldWire

/// One answer of `audit.list`, read from the journal.
struct AuditPage: Sendable {
    /// Where a page of events stops in bytes, so that it fits into a frame.
    private static let bytesMax = 4 * 1024 * 1024
    /// How many events a search for words reads before it answers with what it has: others wait.
    private static let searchedMax = 2000

    /// The events, in the order asked for.
    private(set) var entries: [Entry] = []
    /// The journal's last sequence number.
    let seq: Int64
    /// The sequence number that was looked at last; nil when there is nothing behind it.
    private(set) var reached: Int64?
    /// The items of the events, where they are asked for.
    private(set) var items: [ItemReference: ItemRow] = [:]

    init(
        _ params: AuditList.Params,
        in workflow: WorkflowKey?,
        from journal: any Journal
    ) throws(JournalFault) {
        seq = try journal.head().seq
        let limit = params.limit ?? 100
        var query = EntryQuery(params, in: workflow, limit: limit)
        let search = EntrySearch(params.text ?? "")
        if search.isEmpty {
            let window =
                try query.isPlain
                ? AuditPage.plain(query, from: journal) : journal.entries(query)
            (entries, reached) = (window.entries, window.reached)
        } else {
            query.limit = AuditPage.searchedMax / 4
            var searched = 0
            repeat {
                let window = try journal.entries(query)
                let rows = try journal.rows(of: Set(window.entries.compactMap(\.item)))
                entries += window.entries.filter { entry in
                    search.matches(entry, item: entry.item.flatMap { rows[$0] })
                }
                // Even a stretch without an event costs the time that it takes to pass over it.
                searched += max(window.entries.count, query.limit)
                reached = window.reached
                if let reached { query.go(on: reached) }
            } while reached != nil && entries.count < limit && searched < AuditPage.searchedMax
            if entries.count > limit { cut(to: limit) }
        }
        cutToFrame()
        if params.withItems == true {
            items = try journal.rows(of: Set(entries.compactMap(\.item)))
        }
    }

    /// Everything in the journal's order: nothing is left out unnoticed.
    private static func plain(
        _ query: EntryQuery,
        from journal: any Journal
    ) throws(JournalFault) -> EntryWindow {
        let entries = try journal.entries(after: query.after, limit: query.limit)
        return EntryWindow(
            entries: entries,
            reached: entries.count < query.limit ? nil : entries.last?.seq
        )
    }

    private mutating func cutToFrame() {
        var bytes = 0
        let page = entries.prefix { entry in
            bytes += entry.data.canonical.count + 512
            return bytes <= AuditPage.bytesMax
        }
        // One event alone may be larger than a page; it is never left out.
        if page.count < entries.count { cut(to: max(page.count, 1)) }
    }

    private mutating func cut(to count: Int) {
        guard count < entries.count else { return }
        entries = Array(entries.prefix(count))
        reached = entries.last?.seq
    }
}

extension EntryQuery {
    init(_ params: AuditList.Params, in workflow: WorkflowKey?, limit: Int) {
        self.init(
            workflow: workflow,
            after: Int64(params.after ?? 0),
            before: params.before.map { Int64($0) } ?? .max,
            types: params.types.map { Set($0) },
            kinds: params.kinds.map { Set($0) },
            user: params.user,
            since: params.since,
            isNewestFirst: params.order == .newest,
            limit: limit
        )
    }

    /// Whether it asks for everything behind an event, in the journal's order.
    var isPlain: Bool {
        workflow == nil && before == .max && types == nil && kinds == nil && user == nil
            && since == nil && !isNewestFirst
    }

    /// Goes on behind an event.
    mutating func go(on reached: Int64) {
        if isNewestFirst { before = reached } else { after = reached }
    }
}
