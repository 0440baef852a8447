internal import GRDB
internal import HoldCore
internal import HoldJournal

/// A stretch of the list whose order an index, or two merged, can give.
struct QueueSegment {
    /// A column to order by.
    typealias Column = (name: String, isDescending: Bool)

    /// Tables with conditions: one, or two that exclude each other.
    let sources: [String]
    let arguments: [DatabaseValue]
    let order: [Column]
    let count: Int
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
        let order = order.map { "\($0.name)\($0.isDescending != isReversed ? " DESC" : "")" }
        let columns = self.order.map(\.name).joined(separator: ", ")
        let selects = sources.map { "SELECT \(columns) FROM \($0)" }
        let page = """
            \(selects.joined(separator: " UNION ALL "))
            ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?
            """
        let window = [limit, isReversed ? fromEnd : offset].map(\.databaseValue)
        entries += try QueuePage.entries(
            db,
            of: page,
            arguments: arguments + window,
            isCommon: isCommon
        )
    }
}

/// Rows of the queue, with what stands beside them.
enum QueuePage {
    /// The entries of these numbers; their order is not given.
    static func entries(_ db: Database, of numbers: [Int64]) throws -> [QueueEntry] {
        guard !numbers.isEmpty else { return [] }
        return try entries(
            db,
            of: "SELECT value AS number FROM json_each(?)",
            arguments: [numbers.jsonText.databaseValue],
            isCommon: true
        )
    }

    /// The entries of the numbers that a query gives; their order is not given.
    static func entries(
        _ db: Database,
        of page: String,
        arguments: [DatabaseValue],
        isCommon: Bool
    ) throws -> [QueueEntry] {
        let sql = """
            SELECT \(columns) FROM (\(page)) AS page
            CROSS JOIN items AS i ON i.number = page.number \(joins)
            """
        let statement = try isCommon ? db.cachedStatement(sql: sql) : db.makeStatement(sql: sql)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
        var entries: [QueueEntry] = []
        while let row = try rows.next() { entries.append(try entry(row)) }
        return entries
    }
}

/// One entry as columns: the item, its workflow's depth, its undo's proof.
extension QueuePage {
    static let columns = "\(ItemColumns.read), w.depth, w.depth_limit, p.at"
    static let columnCount = ItemColumns.readCount + 3
    static let joins = """
        LEFT JOIN workflows AS w ON w.workflow = i.workflow
        LEFT JOIN proofs AS p ON p.operation = i.undo_operation
        """

    static func entry(_ row: Row) throws -> QueueEntry {
        let start = ItemColumns.readCount
        return QueueEntry(
            item: try ItemColumns.row(row),
            depth: row[start] ?? 0,
            depthLimit: row[start + 1] ?? 0,
            provenAt: row.optionalInstant(start + 2)
        )
    }
}
