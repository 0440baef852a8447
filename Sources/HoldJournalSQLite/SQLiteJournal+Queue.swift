internal import Foundation
internal import GRDB
public import HoldCore
public import HoldJournal

extension SQLiteJournal {
    /// A window of the queue.
    public func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow {
        try read("listing the queue") { db in
            let list = QueueList(query: query)
            let soon = try list.soonCount(db)
            let segments = try list.segments(db, soon: soon)
            var entries: [QueueEntry] = []
            var offset = query.windowOffset
            var room = query.windowLimit
            for segment in segments {
                let take = min(room, max(segment.count - offset, 0))
                if take > 0 { try segment.read(db, offset: offset, limit: take, into: &entries) }
                offset = max(offset - segment.count, 0)
                room -= take
            }
            // The pages come as sets; their order is the rule's, not the planner's.
            entries.sort { query.precedes($0.item, $1.item) }
            let seq = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT max(seq) FROM events")
            )
            return QueueWindow(
                entries: entries,
                total: segments.reduce(0) { $0 + $1.count },
                counts: try QueueList.counts(db, soon: soon),
                seq: seq ?? 0
            )
        }
    }

    /// The item of this number.
    public func item(number: Int64) throws(JournalFault) -> ItemReference? {
        try read("looking up an item") { db in
            let statement = try db.cachedStatement(
                sql: "SELECT workflow, step FROM items WHERE number = ?"
            )
            guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
            return ItemReference(
                workflow: WorkflowID(try row.text(0)),
                step: StepID(try row.text(1))
            )
        }
    }

    /// How many items of the agent of this name wait for a decision.
    public func openItems(agent: String) throws(JournalFault) -> Int {
        try read("counting an agent's items") { db in
            try Counters.read(db, Counters.agent(StoredText.stored(agent)))
        }
    }

    /// When each operation last undid something for certain.
    public func proofs() throws(JournalFault) -> [String: Instant] {
        try read("reading proofs") { db in
            var proofs: [String: Instant] = [:]
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "SELECT operation, at FROM proofs")
            )
            while let row = try rows.next() { proofs[try row.text(0)] = try row.instant(1) }
            return proofs
        }
    }
}

/// A query of the queue as SQL.
private struct QueueList {
    let query: QueueQuery
    private let filter: String
    private let arguments: [DatabaseValue]
    private let isDefault: Bool
    private let isCommon: Bool

    init(query: QueueQuery) {
        self.query = query
        var filter = ""
        var arguments: [DatabaseValue] = []
        if let states = query.states {
            let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
            filter += " AND state IN (\(marks))"
            arguments += states.map { $0.rawValue.databaseValue }
        } else {
            filter += " AND open = 1"
        }
        if let queue = query.queue {
            filter += " AND queue = ?"
            arguments.append(StoredText.stored(queue).databaseValue)
        }
        if let workflow = query.workflow {
            filter += " AND workflow = ?"
            arguments.append(StoredText.stored(workflow.text).databaseValue)
        }
        let words = query.words
        for word in words {
            filter += " AND instr(search, ?) > 0"
            arguments.append(StoredText.stored(word).databaseValue)
        }
        self.filter = filter
        self.arguments = arguments
        isCommon = query.states == nil && words.isEmpty
        isDefault = isCommon && query.queue == nil && query.workflow == nil
    }

    private var soon: Int64 { (query.now + ItemRow.soon).milliseconds }

    /// How many open items are urgent by their time alone.
    func soonCount(_ db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM items WHERE open = 1 AND urgency = 2 AND deadline < ?"
        )
        return try Int.fetchOne(statement, arguments: [soon]) ?? 0
    }

    /// The list in stretches, each of them in the order of one index.
    func segments(_ db: Database, soon soonCount: Int) throws -> [QueueSegment] {
        guard query.sort == .urgency else {
            let total = try isDefault ? openCount(db) : count(db)
            return [segment(count: total)]
        }
        let sizes = try isDefault ? sizes(db, soon: soonCount) : countedSizes(db)
        let byDeadline: [(column: String, isDescending: Bool)] = [
            ("deadline", false), ("number", false),
        ]
        func condition(_ text: String) -> String { text + filter }
        let late = soon.databaseValue
        let urgent = QueueSegment(
            // One of the two is usually empty: then no merging is needed.
            conditions: (sizes.high > 0 ? [condition("urgency = 1")] : [])
                + (sizes.soon > 0 ? [condition("urgency = 2 AND deadline < ?")] : []),
            arguments: (sizes.high > 0 ? arguments : [])
                + (sizes.soon > 0 ? [late] + arguments : []),
            order: byDeadline,
            count: sizes.high + sizes.soon,
            isCommon: isCommon
        )
        return [
            QueueSegment(
                conditions: [condition("urgency = 0")],
                arguments: arguments,
                order: byDeadline,
                count: sizes.stuck,
                isCommon: isCommon
            ),
            urgent,
            QueueSegment(
                conditions: [condition("urgency = 2 AND deadline >= ?")],
                arguments: [late] + arguments,
                order: byDeadline,
                count: sizes.rest,
                isCommon: isCommon
            ),
        ]
    }

    private func segment(count: Int) -> QueueSegment {
        let columns: [(column: String, isDescending: Bool)] =
            switch query.sort {
            case .urgency: [("urgency", false), ("deadline", false)]
            case .age: [("created", false)]
            case .risk: [("risk_rank", false), ("risk", true)]
            case .workflow: [("workflow", false)]
            case .agent: [("agent", false)]
            case .action: [("action", false)]
            }
        return QueueSegment(
            conditions: ["TRUE" + filter],
            arguments: arguments,
            order: columns + [("number", false)],
            count: count,
            isCommon: isCommon
        )
    }

    private struct Sizes {
        var stuck = 0
        var high = 0
        var soon = 0
        var rest = 0
    }

    private func sizes(_ db: Database, soon: Int) throws -> Sizes {
        Sizes(
            stuck: try Counters.read(db, Counters.urgency(0)),
            high: try Counters.read(db, Counters.urgency(1)),
            soon: soon,
            rest: max(try Counters.read(db, Counters.urgency(2)) - soon, 0)
        )
    }

    private func countedSizes(_ db: Database) throws -> Sizes {
        let statement = try db.makeStatement(
            sql: """
                SELECT count(*) FILTER (WHERE urgency = 0), count(*) FILTER (WHERE urgency = 1),
                    count(*) FILTER (WHERE urgency = 2 AND deadline < ?),
                    count(*) FILTER (WHERE urgency = 2 AND deadline >= ?)
                FROM items WHERE TRUE\(filter)
                """
        )
        let row = try Row.fetchOne(
            statement,
            arguments: StatementArguments(
                [soon.databaseValue, soon.databaseValue] + arguments
            )
        )
        guard let row else { return Sizes() }
        return Sizes(
            stuck: try row.value(0),
            high: try row.value(1),
            soon: try row.value(2),
            rest: try row.value(3)
        )
    }

    private func count(_ db: Database) throws -> Int {
        let statement = try db.makeStatement(sql: "SELECT count(*) FROM items WHERE TRUE\(filter)")
        return try Int.fetchOne(statement, arguments: StatementArguments(arguments)) ?? 0
    }

    private func openCount(_ db: Database) throws -> Int {
        try (0...2).reduce(0) { try $0 + Counters.read(db, Counters.urgency($1)) }
    }

    /// The figures over everything open.
    static func counts(_ db: Database, soon: Int) throws -> QueueCounts {
        var counts = QueueCounts()
        counts.irreversible = try Counters.read(db, Counters.risk(RiskClass.irreversible.rank))
        counts.high = try Counters.read(db, Counters.risk(RiskClass.high.rank))
        counts.medium = try Counters.read(db, Counters.risk(RiskClass.medium.rank))
        counts.low = try Counters.read(db, Counters.risk(RiskClass.low.rank))
        counts.open = counts.irreversible + counts.high + counts.medium + counts.low
        counts.stuck = try Counters.read(db, Counters.urgency(0))
        counts.urgent = try counts.stuck + Counters.read(db, Counters.urgency(1)) + soon
        let next = try db.cachedStatement(
            sql: """
                SELECT * FROM (SELECT deadline, number FROM items
                    WHERE open = 1 AND urgency = 1 ORDER BY deadline, number LIMIT 1)
                UNION ALL
                SELECT * FROM (SELECT deadline, number FROM items
                    WHERE open = 1 AND urgency = 2 ORDER BY deadline, number LIMIT 1)
                ORDER BY deadline, number LIMIT 1
                """
        )
        if let row = try Row.fetchOne(next) {
            counts.nextDeadline = try row.instant(0)
            counts.nextDeadlineNumber = try row.value(1)
        }
        let oldest = try db.cachedStatement(
            sql: "SELECT created FROM items WHERE open = 1 ORDER BY created LIMIT 1"
        )
        counts.oldest = try Int64.fetchOne(oldest).map(Instant.init(milliseconds:))
        return counts
    }
}

/// A stretch of the list whose order an index, or two merged, can give.
private struct QueueSegment {
    /// One, or two that exclude each other.
    let conditions: [String]
    let arguments: [DatabaseValue]
    let order: [(column: String, isDescending: Bool)]
    let count: Int
    /// Whether its SQL is one of a few: what people type is not kept prepared.
    let isCommon: Bool

    /// Reads a part of it; the order among the rows is not given.
    func read(
        _ db: Database,
        offset: Int,
        limit: Int,
        into entries: inout [QueueEntry]
    ) throws {
        // From whichever end is nearer: what is skipped has to be walked over.
        let fromEnd = count - offset - limit
        let isReversed = fromEnd < offset
        let order = order.map { "\($0.column)\($0.isDescending != isReversed ? " DESC" : "")" }
        let columns = self.order.map(\.column).joined(separator: ", ")
        let selects = conditions.map { "SELECT \(columns) FROM items WHERE \($0)" }
        let sql = """
            SELECT \(ItemColumns.read), w.depth, w.depth_limit, p.at
            FROM (
                \(selects.joined(separator: " UNION ALL "))
                ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?
            ) AS page
            CROSS JOIN items AS i ON i.number = page.number
            LEFT JOIN workflows AS w ON w.workflow = i.workflow
            LEFT JOIN proofs AS p ON p.operation = i.undo_operation
            """
        let statement = try isCommon ? db.cachedStatement(sql: sql) : db.makeStatement(sql: sql)
        let rows = try Row.fetchCursor(
            statement,
            arguments: StatementArguments(
                arguments + [
                    limit.databaseValue, (isReversed ? fromEnd : offset).databaseValue,
                ]
            )
        )
        let start = ItemColumns.readCount
        while let row = try rows.next() {
            entries.append(
                QueueEntry(
                    item: try ItemColumns.row(row),
                    depth: row[start] ?? 0,
                    depthLimit: row[start + 1] ?? 0,
                    provenAt: row.optionalInstant(start + 2)
                )
            )
        }
    }
}
