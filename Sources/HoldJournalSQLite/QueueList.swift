internal import GRDB
internal import HoldCore
internal import HoldJournal

/// A query of the queue as SQL.
struct QueueList {
    let query: QueueQuery
    let filter: String
    let arguments: [DatabaseValue]
    /// Whether its SQL is one of a few: what people type is not kept prepared.
    private let isCommon: Bool
    /// The open items of a queue, or of all, are counted already.
    private let isCounted: Bool
    private let queue: String?
    /// What the viewer put off, as far as it is left out.
    private let putOff: PutOff?

    init(_ query: QueueQuery, putOff: PutOff, claims: [Int64: String]) {
        self.query = query
        self.putOff = query.showsSnoozed || putOff.total == 0 ? nil : putOff
        var filter = ""
        var arguments: [DatabaseValue] = []
        if query.isOfOpen {
            filter += " AND open = 1"
        } else if let states = query.states {
            let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
            filter += " AND state IN (\(marks))"
            arguments += states.map { $0.rawValue.databaseValue }
        }
        queue = query.queue.map(StoredText.stored)
        if let queue {
            filter += " AND queue = ?"
            arguments.append(queue.databaseValue)
        }
        if let workflow = query.workflow {
            filter += " AND workflow = ?"
            arguments.append(StoredText.stored(workflow.written).databaseValue)
        }
        let typed = FilterSQL(query.filter, in: query.circumstances, claims: claims)
        filter += typed.sql
        arguments += typed.arguments
        if self.putOff != nil, let viewer = query.viewer {
            filter += """
                 AND NOT EXISTS (SELECT 1 FROM snoozes AS s
                    WHERE s.number = items.number AND s.uid = ? AND s.until > ?)
                """
            arguments += [Int64(viewer).databaseValue, query.now.milliseconds.databaseValue]
        }
        self.filter = filter
        self.arguments = arguments
        isCommon = query.states == nil && query.filter.isEmpty
        isCounted = isCommon && query.workflow == nil
    }

    /// The table, with the index to use: among so many, the planner would have to guess.
    private func source(_ sort: QueueQuery.Sort) -> String {
        guard query.isOfOpen else { return "items" }
        guard query.workflow == nil else { return "items INDEXED BY open_by_workflow" }
        return "items INDEXED BY open_by_\(sort.rawValue)"
    }

    var cut: DatabaseValue { (query.now + ItemRow.soon).milliseconds.databaseValue }

    /// The list in stretches, each of them in the order of one index.
    func segments(_ db: Database, soon: Int) throws -> [QueueSegment] {
        let sizes = try isCounted ? knownSizes(db, soon: soon) : countedSizes(db)
        guard query.sort == .urgency else {
            return [segment([("TRUE", [])], count: sizes.total)]
        }
        return [
            segment([("urgency = 0", [])], count: sizes.stuck),
            segment(
                // One of the two is often empty: then nothing has to be merged.
                (sizes.high > 0 ? [("urgency = 1", [])] : [])
                    + (sizes.soon > 0 ? [("urgency = 2 AND deadline < ?", [cut])] : []),
                count: sizes.high + sizes.soon
            ),
            segment([("urgency = 2 AND deadline >= ?", [cut])], count: sizes.rest),
        ]
    }

    /// What the list is ordered by; within a stretch when it is ordered by urgency.
    var columns: [QueueSegment.Column] {
        let columns: [QueueSegment.Column] =
            switch query.sort {
            case .urgency: [("deadline", false)]
            case .age: [("created", false)]
            case .risk: [("risk_rank", false), ("risk", true)]
            case .workflow: [("workflow", false)]
            case .agent: [("agent", false)]
            case .action: [("action", false)]
            }
        return columns + [("number", false)]
    }

    private func segment(
        _ parts: [(condition: String, arguments: [DatabaseValue])],
        count: Int
    ) -> QueueSegment {
        QueueSegment(
            sources: parts.map { "\(source(query.sort)) WHERE \($0.condition)\(filter)" },
            arguments: parts.flatMap { $0.arguments + arguments },
            order: columns,
            count: count,
            isCommon: isCommon
        )
    }

    private struct Sizes {
        var stuck = 0
        var high = 0
        var soon = 0
        var rest = 0

        var total: Int { stuck + high + soon + rest }
    }

    private func knownSizes(_ db: Database, soon everywhere: Int) throws -> Sizes {
        let soon =
            try queue.map { try QueueList.soonCount(db, now: query.now, queue: $0) } ?? everywhere
        let rest = try Counters.readOpen(db, 2, queue: queue) - soon
        return Sizes(
            stuck: try Counters.readOpen(db, 0, queue: queue) - (putOff?.stuck ?? 0),
            high: try Counters.readOpen(db, 1, queue: queue) - (putOff?.high ?? 0),
            soon: soon - (putOff?.soon ?? 0),
            rest: max(rest - (putOff?.rest ?? 0), 0)
        )
    }

    private func countedSizes(_ db: Database) throws -> Sizes {
        let statement = try db.makeStatement(
            sql: """
                SELECT count(*) FILTER (WHERE urgency = 0), count(*) FILTER (WHERE urgency = 1),
                    count(*) FILTER (WHERE urgency = 2 AND deadline < ?),
                    count(*) FILTER (WHERE urgency = 2 AND deadline >= ?)
                FROM \(source(.urgency)) WHERE TRUE\(filter)
                """
        )
        let row = try Row.fetchOne(
            statement,
            arguments: StatementArguments([cut, cut] + arguments)
        )
        guard let row else { return Sizes() }
        return Sizes(
            stuck: try row.value(0),
            high: try row.value(1),
            soon: try row.value(2),
            rest: try row.value(3)
        )
    }

    /// How many open items are urgent by their time alone.
    static func soonCount(
        _ db: Database,
        now: Instant,
        queue: String? = nil
    ) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM items INDEXED BY open_by_urgency
                WHERE open = 1 AND urgency = 2 AND deadline < ?
                \(queue == nil ? "" : "AND queue = ?")
                """
        )
        let soon = (now + ItemRow.soon).milliseconds.databaseValue
        return try Int.fetchOne(
            statement,
            arguments: StatementArguments([soon] + (queue.map { [$0.databaseValue] } ?? []))
        )
            ?? 0
    }

    /// The figures over everything open.
    static func counts(_ db: Database, soon: Int, putOff: PutOff) throws -> QueueCounts {
        var counts = QueueCounts()
        counts.snoozed = putOff.total
        counts.nextReturn = putOff.nextReturn
        counts.irreversible = try Counters.read(db, Counters.risk(RiskClass.irreversible.rank))
        counts.high = try Counters.read(db, Counters.risk(RiskClass.high.rank))
        counts.medium = try Counters.read(db, Counters.risk(RiskClass.medium.rank))
        counts.low = try Counters.read(db, Counters.risk(RiskClass.low.rank))
        counts.open = counts.irreversible + counts.high + counts.medium + counts.low
        counts.stuck = try Counters.readOpen(db, 0, queue: nil)
        counts.urgent =
            try counts.stuck + Counters.readOpen(db, 1, queue: nil) + soon
        let next = try db.cachedStatement(
            sql: """
                SELECT * FROM (SELECT deadline, number FROM items INDEXED BY open_by_urgency
                    WHERE open = 1 AND urgency = 1 ORDER BY deadline, number LIMIT 1)
                UNION ALL
                SELECT * FROM (SELECT deadline, number FROM items INDEXED BY open_by_urgency
                    WHERE open = 1 AND urgency = 2 ORDER BY deadline, number LIMIT 1)
                ORDER BY deadline, number LIMIT 1
                """
        )
        if let row = try Row.fetchOne(next) {
            counts.nextDeadline = try row.instant(0)
            counts.nextDeadlineNumber = try row.value(1)
        }
        let oldest = try db.cachedStatement(
            sql: """
                SELECT created FROM items INDEXED BY open_by_age
                WHERE open = 1 ORDER BY created LIMIT 1
                """
        )
        counts.oldest = try Int64.fetchOne(oldest).map(Instant.init(milliseconds:))
        return counts
    }
}
