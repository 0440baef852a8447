internal import GRDB
internal import HoldCore
public import HoldJournal

extension SQLiteJournal {
    /// What figures are worked out from.
    public func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource {
        try read("reading figures") { db in
            let limit = min(max(query.limit, 1), FigureQuery.recordsMax)
            let since = query.since?.milliseconds ?? .min
            let statement = try db.cachedStatement(
                sql: """
                    SELECT number, workflow, action, agent, risk_rank, state, modified, escalations,
                        created, decided, decided_by, undo_state
                    FROM items INDEXED BY items_by_creation WHERE created >= ?
                    ORDER BY created DESC, number DESC LIMIT ?
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [since, limit + 1])
            var records: [ItemRecord] = []
            var isCut = false
            while let row = try rows.next() {
                guard records.count < limit else {
                    isCut = true
                    break
                }
                records.append(try record(row))
            }
            let depths = try db.cachedStatement(
                sql: """
                    SELECT coalesce(max(depth), 0),
                        coalesce(max(depth_max) FILTER (WHERE updated >= ?), 0),
                        coalesce(avg(depth) FILTER (WHERE status <> 'finished'), 0.0)
                    FROM workflows
                    """
            )
            let depth = try Row.fetchOne(depths, arguments: [since])
            return FigureSource(
                records: records,
                isCut: isCut,
                depth: depth?[0] ?? 0,
                depthMax: depth?[1] ?? 0,
                depthMean: depth?[2] ?? 0
            )
        }
    }

    private func record(_ row: Row) throws -> ItemRecord {
        let number: Int64 = try row.value(0)
        guard let riskClass = RiskClass.byRank[try row.value(4) as Int64],
            let state = ItemState(rawValue: try row.value(5))
        else { throw JournalFault(.corrupt, "the row of item \(number) says what none can say") }
        return ItemRecord(
            number: number,
            workflow: try row.text(1),
            action: try row.text(2),
            agent: try row.text(3),
            riskClass: riskClass,
            state: state,
            isModified: try row.value(6) as Int64 != 0,
            escalations: try row.value(7),
            createdAt: try row.instant(8),
            decidedAt: row.optionalInstant(9),
            decidedBy: row.optionalText(10),
            undoState: (row[11] as String?).flatMap(UndoLink.State.init(rawValue:))
        )
    }
}
