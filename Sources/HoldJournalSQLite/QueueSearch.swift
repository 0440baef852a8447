internal import GRDB
internal import HoldCore
internal import HoldJournal

/// A search among everything open.
///
/// Nothing about its result is known before every open item was looked at. The index by urgency holds
/// all that a filter looks at, so that is one pass over it, and no row is read that is not shown.
struct QueueSearch {
    /// Up to so many finds, sorting them costs less than walking along the order's own index.
    private static let sortedMax = 2000

    let list: QueueList

    /// Whether this is how a list is answered.
    static func answers(_ query: QueueQuery) -> Bool {
        query.isOfOpen && query.workflow == nil && !query.filter.isEmpty
    }

    private var query: QueueQuery { list.query }

    /// The window's numbers and how many there are in all.
    func numbers(_ db: Database) throws -> (window: [Int64], total: Int) {
        guard query.sort != .urgency else { return try byUrgency(db) }
        var found: Set<Int64> = []
        let all = try Int64.fetchCursor(
            db.makeStatement(sql: selects("number", [Part("TRUE")])),
            arguments: StatementArguments(list.arguments)
        )
        while let number = try all.next() { found.insert(number) }
        guard query.windowOffset < found.count else { return ([], found.count) }
        let window =
            found.count <= QueueSearch.sortedMax
            ? try sorted(found, db) : try walked(found, db)
        return (window, found.count)
    }

    /// Stretch after stretch: the window's part of each, and the count of what stands behind it.
    private func byUrgency(_ db: Database) throws -> (window: [Int64], total: Int) {
        let stretches: [[Part]] = [
            [Part("urgency = 0")],
            [Part("urgency = 1"), Part("urgency = 2 AND deadline < ?", list.cut)],
            [Part("urgency = 2 AND deadline >= ?", list.cut)],
        ]
        var window: [Int64] = []
        var total = 0
        for parts in stretches {
            let skip = max(query.windowOffset - total, 0)
            let room = query.windowLimit - window.count
            let page = room > 0 ? try page(db, of: parts, skip: skip, room: room) : []
            window += page.map(\.number)
            if let last = page.last {
                total += skip + page.count
                // What is behind a window that is not full is known: nothing.
                if page.count == room { total += try count(db, in: parts, behind: last) }
            } else if room == 0 || skip > 0 {
                total += try count(db, in: parts, behind: nil)
            }
        }
        return (window, total)
    }

    /// A part of the index by urgency.
    private struct Part {
        let condition: String
        let arguments: [DatabaseValue]

        init(_ condition: String, _ arguments: DatabaseValue...) {
            self.condition = condition
            self.arguments = arguments
        }
    }

    /// A place in the order within a stretch.
    private struct Place {
        let deadline: Int64
        let number: Int64
    }

    private func page(
        _ db: Database,
        of parts: [Part],
        skip: Int,
        room: Int
    ) throws -> [Place] {
        let sql = selects("deadline, number", parts) + " ORDER BY deadline, number LIMIT ? OFFSET ?"
        let window = [room, skip].map(\.databaseValue)
        let rows = try Row.fetchCursor(
            db.makeStatement(sql: sql),
            arguments: StatementArguments(arguments(parts) + window)
        )
        var page: [Place] = []
        while let row = try rows.next() {
            page.append(Place(deadline: try row.value(0), number: try row.value(1)))
        }
        return page
    }

    private func count(_ db: Database, in parts: [Part], behind last: Place?) throws -> Int {
        try parts.reduce(0) { sum, part in
            var sql = selects("count(*)", [part])
            var values = arguments([part])
            if let last {
                sql += " AND (deadline, number) > (?, ?)"
                values += [last.deadline.databaseValue, last.number.databaseValue]
            }
            let statement = try db.makeStatement(sql: sql)
            let found = try Int.fetchOne(statement, arguments: StatementArguments(values))
            return sum + (found ?? 0)
        }
    }

    private func selects(_ columns: String, _ parts: [Part]) -> String {
        parts.map { part in
            "SELECT \(columns) FROM items INDEXED BY open_by_urgency"
                + " WHERE \(part.condition)\(list.filter)"
        }.joined(separator: " UNION ALL ")
    }

    private func arguments(_ parts: [Part]) -> [DatabaseValue] {
        parts.flatMap { $0.arguments + list.arguments }
    }

    private func sorted(_ found: Set<Int64>, _ db: Database) throws -> [Int64] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number FROM items WHERE number IN (SELECT value FROM json_each(?))
                ORDER BY \(order(isReversed: false)) LIMIT ? OFFSET ?
                """
        )
        return try Int64.fetchAll(
            statement,
            arguments: [found.jsonText, query.windowLimit, query.windowOffset]
        )
    }

    /// Along the order's own index, from whichever end is nearer to the window.
    private func walked(_ found: Set<Int64>, _ db: Database) throws -> [Int64] {
        let take = min(query.windowLimit, found.count - query.windowOffset)
        let fromEnd = found.count - query.windowOffset - take
        let isReversed = fromEnd < query.windowOffset
        var skip = isReversed ? fromEnd : query.windowOffset
        let statement = try db.cachedStatement(
            sql: """
                SELECT number FROM items INDEXED BY open_by_\(query.sort.rawValue)
                WHERE open = 1 ORDER BY \(order(isReversed: isReversed))
                """
        )
        var window: [Int64] = []
        let all = try Int64.fetchCursor(statement)
        while window.count < take, let number = try all.next() {
            guard found.contains(number) else { continue }
            if skip > 0 { skip -= 1 } else { window.append(number) }
        }
        return window
    }

    private func order(isReversed: Bool) -> String {
        list.columns.map { "\($0.name)\($0.isDescending != isReversed ? " DESC" : "")" }
            .joined(separator: ", ")
    }
}

extension Sequence<Int64> {
    /// The numbers as a JSON list, for `json_each`.
    var jsonText: String { "[\(map { String($0) }.joined(separator: ","))]" }
}
