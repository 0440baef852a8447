internal import GRDB
internal import HoldCore
internal import HoldJournal

/// A workflow's row as columns.
enum WorkflowColumns {
    private static let names = [
        "title", "agent", "user", "status", "pending", "depth", "depth_limit", "opened",
        "updated", "version", "stuck_at", "undone", "planned", "phase", "next_wake",
        "parked", "in_flight", "name", "rank", "share",
    ]

    /// The number of the argument that holds the depth.
    private static let depthPlace: Int = 6

    static let insert = """
        INSERT INTO workflows (\((names + ["workflow"]).joined(separator: ", ")), depth_max)
        VALUES (\((0...names.count).map { "?\($0 + 1)" }.joined(separator: ", ")), ?\(depthPlace))
        """
    static let update = """
        UPDATE workflows SET
            \(zip(1..., names).map { "\($1) = ?\($0)" }.joined(separator: ", ")),
            depth_max = max(depth_max, ?\(depthPlace))
        WHERE workflow = ?\(names.count + 1)
        """
    /// In the order in which ``row(_:)`` reads.
    static let read = (["workflow"] + names.dropLast(3)).joined(separator: ", ")

    static func values(_ row: WorkflowRow) -> [DatabaseValue] {
        [
            row.title.map(StoredText.stored).databaseValue,
            StoredText.stored(row.agent).databaseValue, StoredText.stored(row.user).databaseValue,
            row.status.rawValue.databaseValue, row.pending.databaseValue, row.depth.databaseValue,
            row.depthLimit.databaseValue, row.openedAt.milliseconds.databaseValue,
            row.updatedAt.milliseconds.databaseValue, row.version.databaseValue,
            (row.stuckAt?.text).map(StoredText.stored).databaseValue,
            row.undoneLinks.databaseValue, row.plannedLinks.databaseValue,
            row.phase.rawValue.databaseValue, (row.nextWake?.milliseconds).databaseValue,
            row.parked.databaseValue, row.inFlight.databaseValue,
            StoredText.stored(row.workflow.text).databaseValue,
            row.rank.databaseValue, row.depthShare.databaseValue,
            StoredText.stored(row.workflow.written).databaseValue,
        ]
    }

    static func row(_ row: Row) throws -> WorkflowRow {
        let id = try row.workflow(0)
        guard let status = Workflow.Status(rawValue: try row.value(4)),
            let phase = UndoPhase(rawValue: try row.value(14))
        else {
            throw JournalFault(.corrupt, "the row of workflow \(id.text) says what none can say")
        }
        return WorkflowRow(
            workflow: id,
            title: row.optionalText(1),
            agent: try row.text(2),
            user: try row.text(3),
            status: status,
            pending: try row.value(5),
            depth: try row.value(6),
            depthLimit: try row.value(7),
            openedAt: try row.instant(8),
            updatedAt: try row.instant(9),
            version: try row.value(10),
            stuckAt: row.optionalText(11).map { StepID($0) },
            undoneLinks: try row.value(12),
            plannedLinks: try row.value(13),
            phase: phase,
            nextWake: row.optionalInstant(15),
            parked: try row.value(16),
            inFlight: try row.value(17)
        )
    }
}
