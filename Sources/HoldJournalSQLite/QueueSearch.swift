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
        let all = try finds(db, in: [("TRUE", [])], order: "")
        while let number = try all.next() { found.insert(number) }
        guard query.windowOffset < found.count else { return ([], found.count) }
        let window =
            found.count <= QueueSearch.sortedMax
            ? try sorted(found, db) : try walked(found, db)
        return (window, found.count)
    }

    private func byUrgency(_ db: Database) throws -> (window: [Int64], total: Int) {
        let stretches: [[(String, [DatabaseValue])]] = [
            [("urgency = 0", [])],
            [("urgency = 1", []), ("urgency = 2 AND deadline < ?", [list.cut])],
            [("urgency = 2 AND deadline >= ?", [list.cut])],
        ]
        var window: [Int64] = []
        var place = 0
        for stretch in stretches {
            let finds = try finds(db, in: stretch, order: "ORDER BY deadline, number")
            while let number = try finds.next() {
                if place >= query.windowOffset, window.count < query.windowLimit {
                    window.append(number)
                }
                place += 1
            }
        }
        return (window, place)
    }

    /// What the filter finds in parts of the index that exclude each other.
    private func finds(
        _ db: Database,
        in parts: [(condition: String, arguments: [DatabaseValue])],
        order: String
    ) throws -> RecordCursor {
        let columns = order.isEmpty ? "number" : "number, deadline"
        let selects = parts.map {
            "SELECT \(columns) FROM items INDEXED BY open_by_urgency"
                + " WHERE \($0.condition)\(list.filter)"
        }
        let statement = try db.makeStatement(
            sql: "\(selects.joined(separator: " UNION ALL ")) \(order)"
        )
        return try Int64.fetchCursor(
            statement,
            arguments: StatementArguments(parts.flatMap { $0.arguments + list.arguments })
        )
    }

    private typealias RecordCursor = FastDatabaseValueCursor<Int64>

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
