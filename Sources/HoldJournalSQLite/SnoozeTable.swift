internal import GRDB
public import HoldCore
public import HoldJournal

/// Who put which item off: beside the items, so that one person's list can leave them out.
enum SnoozeTable {
    /// The snoozes of an item as its own row holds them; nil: there is none.
    static func text(_ snoozes: [Snooze]) throws -> String? {
        snoozes.isEmpty ? nil : try JSONValue(encoding: snoozes).canonicalText
    }

    /// Reads what ``text(_:)`` wrote.
    static func snoozes(_ text: String?, of number: Int64) throws -> [Snooze] {
        guard let text else { return [] }
        do {
            return try JSONValue(parsing: text).decode([Snooze].self)
        } catch {
            throw JournalFault(.corrupt, "the snoozes of item \(number) cannot be read")
        }
    }

    /// Makes the table say what the item's row says.
    static func write(_ item: ItemRow, to db: Database, isKnown: Bool) throws {
        if isKnown {
            let delete = try db.cachedStatement(sql: "DELETE FROM snoozes WHERE number = ?")
            try delete.execute(arguments: [item.number])
        }
        for snooze in item.snoozes {
            let insert = try db.cachedStatement(
                sql: "INSERT INTO snoozes (number, uid, until, name) VALUES (?, ?, ?, ?)"
            )
            try insert.execute(
                arguments: [
                    item.number, Int64(snooze.uid), snooze.until.milliseconds,
                    StoredText.stored(snooze.by),
                ]
            )
        }
    }
}

/// What a query's viewer put off, by where it would stand in the list.
struct PutOff {
    /// Open items of the whole store.
    var total = 0
    var nextReturn: Instant?
    /// Those of the query's queue, or of all, by urgency; what is urgent by its time alone is apart.
    var stuck = 0
    var high = 0
    var soon = 0
    var rest = 0

    /// Counts them; a person has few, so each is looked at.
    init(_ db: Database, _ query: QueueQuery) throws {
        guard let viewer = query.viewer else { return }
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*), min(s.until),
                    count(*) FILTER (WHERE i.urgency = 0 AND (?4 IS NULL OR i.queue = ?4)),
                    count(*) FILTER (WHERE i.urgency = 1 AND (?4 IS NULL OR i.queue = ?4)),
                    count(*) FILTER (WHERE i.urgency = 2 AND i.deadline < ?3
                        AND (?4 IS NULL OR i.queue = ?4)),
                    count(*) FILTER (WHERE i.urgency = 2 AND i.deadline >= ?3
                        AND (?4 IS NULL OR i.queue = ?4))
                FROM snoozes AS s INDEXED BY snoozes_by_person
                CROSS JOIN items AS i ON i.number = s.number
                WHERE s.uid = ?1 AND s.until > ?2 AND i.open = 1
                """
        )
        let row = try Row.fetchOne(
            statement,
            arguments: [
                Int64(viewer), query.now.milliseconds, (query.now + ItemRow.soon).milliseconds,
                query.queue.map(StoredText.stored),
            ]
        )
        guard let row else { return }
        total = try row.value(0)
        nextReturn = row.optionalInstant(1)
        stuck = try row.value(2)
        high = try row.value(3)
        soon = try row.value(4)
        rest = try row.value(5)
    }
}

extension SQLiteJournal {
    /// What is taken on or put off at this time, at most `limit` (1…1,000) of each.
    public func courtesies(
        at now: Instant,
        limit: Int
    ) throws(JournalFault) -> CourtesyWindow {
        let limit = min(max(limit, 1), 1000)
        return try read("reading what people are on") { db in
            let claimed = try db.cachedStatement(
                sql: """
                    SELECT \(QueuePage.columns)
                    FROM items AS i INDEXED BY items_claimed \(QueuePage.joins)
                    WHERE i.claimed_until > ? AND i.open = 1
                    ORDER BY i.claimed_until, i.number LIMIT ?
                    """
            )
            let snoozed = try db.cachedStatement(
                sql: """
                    SELECT \(QueuePage.columns), s.name, s.uid, s.until
                    FROM snoozes AS s INDEXED BY snoozes_by_end
                    CROSS JOIN items AS i ON i.number = s.number \(QueuePage.joins)
                    WHERE s.until > ? AND i.open = 1
                    ORDER BY s.until, s.number, s.uid LIMIT ?
                    """
            )
            let totals = try db.cachedStatement(
                sql: """
                    SELECT (SELECT count(*) FROM items INDEXED BY items_claimed
                            WHERE claimed_until > ?1 AND open = 1),
                        (SELECT count(*) FROM snoozes AS s INDEXED BY snoozes_by_end
                            CROSS JOIN items AS i ON i.number = s.number
                            WHERE s.until > ?1 AND i.open = 1)
                    """
            )
            var window = CourtesyWindow(claimed: [], claimedTotal: 0, snoozed: [], snoozedTotal: 0)
            let arguments: StatementArguments = [now.milliseconds, limit]
            var rows = try Row.fetchCursor(claimed, arguments: arguments)
            while let row = try rows.next() { window.claimed.append(try QueuePage.entry(row)) }
            rows = try Row.fetchCursor(snoozed, arguments: arguments)
            while let row = try rows.next() {
                let start = QueuePage.columnCount
                guard let uid = UInt32(exactly: try row.value(start + 1) as Int64) else {
                    throw JournalFault(.corrupt, "a snooze is of no account")
                }
                let snooze = Snooze(
                    by: try row.text(start),
                    uid: uid,
                    until: try row.instant(start + 2)
                )
                window.snoozed.append(
                    SnoozedEntry(snooze: snooze, entry: try QueuePage.entry(row))
                )
            }
            if let row = try Row.fetchOne(totals, arguments: [now.milliseconds]) {
                window.claimedTotal = try row.value(0)
                window.snoozedTotal = try row.value(1)
            }
            return window
        }
    }
}
