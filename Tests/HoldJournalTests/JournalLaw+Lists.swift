import HoldCore
import HoldJournal
import TestAccounts
import Testing

extension JournalLaw {
    static let lists: [JournalLaw] = [
        JournalLaw("every order, filter, page and count is what a plain sort says") { journal in
            let rows = Sample.items(1000, seed: 1)
            var batch = Sample.batch("w")
            batch.items = rows
            batch.workflows = (0..<40).map { Sample.workflow("w\($0)", depth: $0 % 4) }
            try journal.appendDurably(batch)

            try expectWindows(of: rows, in: journal, seed: 2)
        },
        JournalLaw("urgency is stuck, then high or soon by deadline, then the rest") { journal in
            var batch = Sample.batch("w")
            batch.items = [
                Sample.item(1, deadline: 900),
                Sample.item(2, riskClass: .medium, deadline: 300),
                Sample.item(3, deadline: 119),
                Sample.item(4, riskClass: .irreversible, deadline: 500),
                Sample.item(5, riskClass: .high, deadline: 20),
                Sample.item(6, state: .rejected, deadline: 9000, isStuck: true),
                Sample.item(7, deadline: 120),
                Sample.item(8, state: .approved, deadline: 1),
            ]
            try journal.appendDurably(batch)

            let window = try journal.queue(QueueQuery(now: Sample.noon))
            #expect(window.entries.map(\.item.number) == [6, 5, 3, 4, 7, 2, 1])
            #expect(window.counts.open == 7)
            #expect(window.counts.stuck == 1)
            #expect(window.counts.urgent == 4)
            #expect(window.counts.nextDeadlineNumber == 5)
            let later = try journal.queue(QueueQuery(now: Sample.noon + Span(seconds: 800)))
            #expect(later.entries.map(\.item.number) == [6, 5, 3, 7, 2, 4, 1])
            #expect(later.counts.urgent == 7)
        },
        JournalLaw("a search finds words in any case, in any of the fields") { journal in
            var batch = Sample.batch("w")
            batch.items = [
                Sample.item(41, workflow: "Nightly-Load"), Sample.item(2, agent: "ÄGENT"),
                Sample.item(3, action: "drop_table"),
            ]
            try journal.appendDurably(batch)
            func found(_ text: String) throws -> [Int64] {
                let query = QueueQuery(
                    filter: try ItemFilter(text),
                    sort: .age,
                    now: Sample.noon
                )
                return try journal.queue(query).entries.map(\.item.number)
            }

            #expect(try found("nightly") == [41])
            #expect(try found("41") == [41])
            #expect(try found("ägent") == [2])
            #expect(try found("DROP rows") == [3])
            #expect(try found("s3") == [3])
            #expect(try found("drop ägent").isEmpty)
            #expect(try found("  ") == [2, 3, 41])
            #expect(try found("%").isEmpty)
        },
        JournalLaw("workflows stand by stuck, unwinding, used depth, then newest") { journal in
            var random = SeededRandom(seed: 5)
            let rows = (0..<200).map { number in
                let status = Workflow.Status.allCases.randomElement(using: &random) ?? .running
                return Sample.workflow(
                    "w\(number)",
                    status: status,
                    depth: Int.random(in: 0..<4, using: &random),
                    limit: Int.random(in: 0..<4, using: &random),
                    updated: Int64.random(in: 0..<5, using: &random)
                )
            }
            var batch = Sample.batch("w")
            batch.workflows = rows
            try journal.appendDurably(batch)
            let share = { (row: WorkflowRow) in
                row.depthLimit == 0 ? 0 : Double(row.depth) / Double(row.depthLimit)
            }
            let rank: [Workflow.Status: Int] = [.stuck: 0, .unwinding: 1]
            let sorted = rows.sorted { left, right in
                let ranks = (rank[left.status] ?? 2, rank[right.status] ?? 2)
                if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
                if share(left) != share(right) { return share(left) > share(right) }
                if left.updatedAt != right.updatedAt { return left.updatedAt > right.updatedAt }
                return left.workflow < right.workflow
            }

            let all = try journal.workflows(WorkflowQuery(limit: 1000))
            #expect(all == WorkflowWindow(rows: sorted, total: 200))
            let page = try journal.workflows(WorkflowQuery(offset: 50, limit: 20))
            #expect(page == WorkflowWindow(rows: Array(sorted[50..<70]), total: 200))
            for status in Workflow.Status.allCases {
                let wanted = sorted.filter { $0.status == status }
                let window = try journal.workflows(WorkflowQuery(status: status, limit: 7))
                #expect(
                    window == WorkflowWindow(rows: Array(wanted.prefix(7)), total: wanted.count)
                )
            }
        },
    ]
}

/// What a query must find, worked out from all rows by the words of the protocol alone.
struct PlainList {
    let rows: [ItemRow]

    func expected(_ query: QueueQuery) -> [ItemRow] {
        rows.filter { isWanted($0, by: query) }.sorted { precedes($0, $1, in: query) }
    }

    private func isWanted(_ row: ItemRow, by query: QueueQuery) -> Bool {
        if let states = query.states {
            guard states.contains(row.state) else { return false }
        } else {
            guard [.pendingReview, .modified].contains(row.state) || row.isStuck else {
                return false
            }
        }
        guard query.queue == nil || row.queue == query.queue,
            query.workflow == nil || row.workflow == query.workflow
        else { return false }
        guard query.showsSnoozed || !isPutOff(row, query) else { return false }
        let fields = [
            "\(row.number)", row.workflow.text, row.step.text, row.action, row.summary ?? "",
            row.agent,
        ].map { $0.lowercased() }
        return query.filter.terms.allSatisfy { term in
            guard case .words(let word) = term.condition else { return false }
            return fields.contains { $0.contains(word) } != term.isNegated
        }
    }

    private func isPutOff(_ row: ItemRow, _ query: QueueQuery) -> Bool {
        row.snoozes.contains { $0.uid == query.viewer && $0.until > query.now }
    }

    private func urgency(_ row: ItemRow, at now: Instant) -> Int {
        if row.isStuck { return 0 }
        if [.irreversible, .high].contains(row.riskClass) { return 1 }
        return (row.deadline - now).seconds < 120 ? 1 : 2
    }

    func precedes(_ left: ItemRow, _ right: ItemRow, in query: QueueQuery) -> Bool {
        let order: [RiskClass] = [.irreversible, .high, .medium, .low]
        func key(_ row: ItemRow) -> [Double] {
            switch query.sort {
            case .urgency:
                [Double(urgency(row, at: query.now)), Double(row.deadline.milliseconds)]
            case .age: [Double(row.createdAt.milliseconds)]
            case .risk: [Double(order.firstIndex(of: row.riskClass) ?? 9), -(row.risk ?? -9)]
            case .workflow, .agent, .action: []
            }
        }
        func text(_ row: ItemRow) -> [UInt8] {
            switch query.sort {
            case .workflow: Array(row.workflow.written.utf8)
            case .agent: Array(row.agent.utf8)
            case .action: Array(row.action.utf8)
            case .urgency, .age, .risk: []
            }
        }
        if key(left) != key(right) { return key(left).lexicographicallyPrecedes(key(right)) }
        if text(left) != text(right) { return text(left).lexicographicallyPrecedes(text(right)) }
        return left.number < right.number
    }

    func counts(at now: Instant, viewer: UInt32?) -> QueueCounts {
        let query = QueueQuery(now: now, viewer: viewer, showsSnoozed: true)
        let open = expected(query)
        let putOff = open.filter { isPutOff($0, query) }
        let running = open.filter { !$0.isStuck }.min {
            ($0.deadline, $0.number) < ($1.deadline, $1.number)
        }
        var counts = QueueCounts()
        counts.open = open.count
        counts.irreversible = open.count { $0.riskClass == .irreversible }
        counts.high = open.count { $0.riskClass == .high }
        counts.medium = open.count { $0.riskClass == .medium }
        counts.low = open.count { $0.riskClass == .low }
        counts.stuck = open.count(where: \.isStuck)
        counts.urgent = open.count { urgency($0, at: now) < 2 }
        counts.nextDeadline = running?.deadline
        counts.nextDeadlineNumber = running?.number
        counts.snoozed = putOff.count
        counts.nextReturn = putOff.flatMap(\.snoozes)
            .filter { $0.uid == viewer && $0.until > now }.map(\.until).min()
        counts.oldest = open.map(\.createdAt).min()
        return counts
    }
}

/// Compares many windows, every order and many filters among them, with what a plain list says.
func expectWindows(of rows: [ItemRow], in journal: any Journal, seed: UInt64) throws {
    let plain = PlainList(rows: rows)
    var random = SeededRandom(seed: seed)
    let queries = filters.flatMap { query in
        QueueQuery.Sort.allCases.map { sort in
            var query = query
            query.sort = sort
            query.now =
                Sample.noon + Span(seconds: Double(Int.random(in: -500...500, using: &random)))
            return query
        }
    }
    for query in queries {
        let expected = plain.expected(query)
        let counts = plain.counts(at: query.now, viewer: query.viewer)
        var places = [0, 1, 49, expected.count - 3, expected.count, expected.count + 9, -5]
        places += (0..<4).map { _ in Int.random(in: 0...max(expected.count, 1), using: &random) }
        for place in places {
            var page = query
            page.offset = place
            page.limit = [1, 7, 50, 1000].randomElement(using: &random) ?? 50
            let window = try journal.queue(page)
            let wanted = expected.dropFirst(max(place, 0)).prefix(page.limit)
            #expect(window.entries.map(\.item) == Array(wanted), "\(page)")
            #expect(window.total == expected.count, "\(page)")
            #expect(window.counts == counts, "\(page)")
        }
    }
}

private func words(_ words: String...) -> ItemFilter {
    ItemFilter(terms: words.map { ItemFilter.Term(.words(SearchText.folded($0))) })
}

private let filters: [QueueQuery] = [
    QueueQuery(now: Sample.noon),
    QueueQuery(states: [.pendingReview], now: Sample.noon),
    QueueQuery(states: [.approved, .rejected, .timeout, .withdrawn], now: Sample.noon),
    QueueQuery(states: [], now: Sample.noon),
    QueueQuery(queue: "night", now: Sample.noon),
    QueueQuery(queue: "nowhere", now: Sample.noon),
    QueueQuery(workflow: WorkflowKey("w7"), now: Sample.noon),
    QueueQuery(filter: words("BETA", "s"), now: Sample.noon),
    QueueQuery(
        states: [.approved],
        queue: "default",
        filter: words("ωmega"),
        now: Sample.noon
    ),
    QueueQuery(now: Sample.noon, viewer: 7),
    QueueQuery(now: Sample.noon, viewer: .max),
    QueueQuery(now: Sample.noon, viewer: 7, showsSnoozed: true),
    QueueQuery(now: Sample.noon, viewer: 99),
    QueueQuery(states: [.pendingReview, .rejected], now: Sample.noon, viewer: 8),
    QueueQuery(queue: "night", now: Sample.noon, viewer: 8),
    QueueQuery(workflow: WorkflowKey("w7"), now: Sample.noon, viewer: 7),
    QueueQuery(filter: words("BETA", "s"), now: Sample.noon, viewer: 7),
]
