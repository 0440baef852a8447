internal import Foundation
internal import GRDB
internal import HoldCore
internal import HoldJournal

/// An item's row as columns.
enum ItemColumns {
    /// What indexes and counters stand on; the number is apart.
    static let indexed = [
        "workflow", "action", "queue", "agent", "risk", "risk_rank", "created", "deadline", "open",
        "urgency", "search", "names", "state", "account",
    ]
    /// Where the state stands among ``indexed``.
    static let stateIndex = 12
    /// Where the account stands among ``indexed``.
    static let accountIndex = 13
    static let rest = [
        "step", "summary", "mode", "requested_by", "tier", "digest", "revision",
        "approvals_given", "approvals_needed", "confirm", "separation", "undo_steps",
        "undo_operation", "stuck", "decided", "decided_by", "modified", "escalations", "outcome",
        "began", "finished", "undo_state", "claimed_by", "claimed_uid", "claimed_until", "snoozes",
    ]

    static let insert = """
        INSERT INTO items (\((indexed + rest + ["number"]).joined(separator: ", ")))
        VALUES (\(marks(indexed.count + rest.count + 1)))
        """
    static let updateAll = """
        UPDATE items SET \((indexed + rest).map { "\($0) = ?" }.joined(separator: ", "))
        WHERE number = ?
        """
    /// For the many changes that move an item in no list: no index is touched.
    static let updateRest = """
        UPDATE items SET \(rest.map { "\($0) = ?" }.joined(separator: ", "))
        WHERE number = ?
        """
    /// What stands, to be compared with what comes; the snoozes are the last.
    static let selectStanding = """
        SELECT \(indexed.joined(separator: ", ")), snoozes FROM items WHERE number = ?
        """
    /// In the order in which ``row(_:)`` reads.
    static let read = """
        i.number, i.workflow, i.step, i.action, i.summary, i.state, i.mode, i.queue, i.agent, \
        i.requested_by, i.risk, i.risk_rank, i.created, i.deadline, i.tier, i.digest, i.revision, \
        i.approvals_given, i.approvals_needed, i.confirm, i.separation, i.undo_steps, \
        i.undo_operation, i.stuck, i.decided, i.decided_by, i.modified, i.escalations, i.outcome, \
        i.began, i.finished, i.undo_state, i.claimed_by, i.claimed_uid, i.claimed_until, i.snoozes
        """
    static let readCount: Int = 36

    private static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }

    static func indexed(_ row: ItemRow) -> [DatabaseValue] {
        [
            StoredText.stored(row.workflow.written).databaseValue,
            StoredText.stored(row.action).databaseValue,
            StoredText.stored(row.queue).databaseValue, StoredText.stored(row.agent).databaseValue,
            row.risk.databaseValue, row.riskClass.rank.databaseValue,
            row.createdAt.milliseconds.databaseValue, row.deadline.milliseconds.databaseValue,
            (row.isOpen ? 1 : 0).databaseValue, row.urgency.rawValue.databaseValue,
            SearchText.words(of: row).databaseValue, SearchText.names(of: row).databaseValue,
            row.state.rawValue.databaseValue, row.workflow.account.text.databaseValue,
        ]
    }

    static func rest(_ row: ItemRow) throws -> [DatabaseValue] {
        [
            StoredText.stored(row.step.text).databaseValue,
            row.summary.map(StoredText.stored).databaseValue, row.mode.rawValue.databaseValue,
            StoredText.stored(row.requestedBy).databaseValue,
            StoredText.stored(row.tier).databaseValue, Data(row.digest.bytes).databaseValue,
            row.revision.databaseValue, row.approvalsGiven.databaseValue,
            row.approvalsNeeded.databaseValue, row.confirm.rawValue.databaseValue,
            row.separation.rawValue.databaseValue, row.undoSteps.databaseValue,
            row.undoOperation.map(StoredText.stored).databaseValue,
            (row.isStuck ? 1 : 0).databaseValue, (row.decidedAt?.milliseconds).databaseValue,
            row.decidedBy.map(StoredText.stored).databaseValue,
            (row.isModified ? 1 : 0).databaseValue, row.escalations.databaseValue,
            (row.outcome?.rawValue).databaseValue, (row.beganAt?.milliseconds).databaseValue,
            (row.finishedAt?.milliseconds).databaseValue, (row.undoState?.rawValue).databaseValue,
            (row.claim?.by).map(StoredText.stored).databaseValue,
            (row.claim?.uid).map { Int64($0) }.databaseValue,
            (row.claim?.until.milliseconds).databaseValue,
            try SnoozeTable.text(row.snoozes).databaseValue,
        ]
    }

    static func row(_ row: Row) throws -> ItemRow {
        let number: Int64 = try row.value(0)
        guard let state = ItemState(rawValue: try row.value(5)),
            let mode = Mode(rawValue: try row.value(6)),
            let riskClass = RiskClass.byRank[try row.value(11) as Int64],
            let digest = Digest(bytes: [UInt8](try row.value(15) as Data)),
            let confirm = Confirmation(rawValue: try row.value(19)),
            let separation = Separation(rawValue: try row.value(20))
        else { throw JournalFault(.corrupt, "the row of item \(number) says what none can say") }
        return ItemRow(
            number: number,
            workflow: try row.workflow(1),
            step: StepID(try row.text(2)),
            action: try row.text(3),
            summary: row.optionalText(4),
            state: state,
            mode: mode,
            queue: try row.text(7),
            agent: try row.text(8),
            requestedBy: try row.text(9),
            risk: row[10],
            riskClass: riskClass,
            createdAt: try row.instant(12),
            deadline: try row.instant(13),
            tier: try row.text(14),
            digest: digest,
            revision: try row.value(16),
            approvalsGiven: try row.value(17),
            approvalsNeeded: try row.value(18),
            confirm: confirm,
            separation: separation,
            undoSteps: try row.value(21),
            undoOperation: row.optionalText(22),
            isStuck: try row.value(23) as Int64 != 0,
            claim: try claim(row, of: number),
            snoozes: try SnoozeTable.snoozes(row[35], of: number),
            decidedAt: row.optionalInstant(24),
            decidedBy: row.optionalText(25),
            isModified: try row.value(26) as Int64 != 0,
            escalations: try row.value(27),
            outcome: (row[28] as String?).flatMap(StepOutcome.init(rawValue:)),
            beganAt: row.optionalInstant(29),
            finishedAt: row.optionalInstant(30),
            undoState: (row[31] as String?).flatMap(UndoLink.State.init(rawValue:))
        )
    }
}

extension ItemColumns {
    /// Who is on an item at a time, by its number.
    static func claims(_ db: Database, at now: Instant) throws -> [Int64: String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number, claimed_by FROM items INDEXED BY items_claimed
                WHERE claimed_until > ?
                """
        )
        var claims: [Int64: String] = [:]
        let rows = try Row.fetchCursor(statement, arguments: [now.milliseconds])
        while let row = try rows.next() { claims[try row.value(0)] = row.optionalText(1) }
        return claims
    }

    private static func claim(_ row: Row, of number: Int64) throws -> Claim? {
        guard let until = row.optionalInstant(34) else { return nil }
        guard let by = row.optionalText(32), let uid = UInt32(exactly: try row.value(33) as Int64)
        else { throw JournalFault(.corrupt, "item \(number) is claimed by nobody") }
        return Claim(by: by, uid: uid, until: until)
    }
}

extension RiskClass {
    /// By the rank that the store holds.
    static let byRank = Dictionary(
        uniqueKeysWithValues: allCases.map { (Int64($0.rank), $0) }
    )
}

/// Columns read without a trap, whatever the file holds.
extension Row {
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ index: Int
    ) throws -> Value {
        guard let value: Value = self[index] else {
            throw JournalFault(.corrupt, "a value is missing in column \(index)")
        }
        return value
    }

    func text(_ index: Int) throws -> String { StoredText.restored(try value(index)) }

    func workflow(_ index: Int) throws -> WorkflowKey {
        guard let key = WorkflowKey(written: try text(index)) else {
            throw JournalFault(.corrupt, "a workflow is named as none can be")
        }
        return key
    }

    func optionalText(_ index: Int) -> String? {
        (self[index] as String?).map(StoredText.restored)
    }

    func instant(_ index: Int) throws -> Instant { Instant(milliseconds: try value(index)) }

    func optionalInstant(_ index: Int) -> Instant? {
        (self[index] as Int64?).map(Instant.init(milliseconds:))
    }
}
