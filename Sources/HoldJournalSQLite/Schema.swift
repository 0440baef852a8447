internal import GRDB
internal import HoldJournal

/// The tables, and how a file came to have them.
enum Schema {
    /// "Hold", so that `file` and we can tell a journal from any other database.
    static let applicationID: Int32 = 0x486F_6C64

    /// Every step from an empty file to the tables of today, in order.
    ///
    /// The number of the last one done is the file's user version. A step that was released never
    /// changes.
    static let migrations: [String] = [
        """
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            workflow TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            user TEXT,
            uid INTEGER,
            manifest BLOB NOT NULL,
            data TEXT NOT NULL,
            previous BLOB NOT NULL,
            hash BLOB NOT NULL,
            UNIQUE (workflow, version)
        ) STRICT;
        CREATE TRIGGER events_are_appended BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
        BEGIN SELECT RAISE(ABORT, 'events are appended without a gap'); END;
        CREATE TRIGGER events_stay BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
        CREATE TRIGGER events_stand BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

        CREATE TABLE items (
            number INTEGER PRIMARY KEY,
            workflow TEXT NOT NULL,
            action TEXT NOT NULL,
            queue TEXT NOT NULL,
            agent TEXT NOT NULL,
            risk REAL,
            risk_rank INTEGER NOT NULL,
            created INTEGER NOT NULL,
            deadline INTEGER NOT NULL,
            open INTEGER NOT NULL,
            urgency INTEGER NOT NULL,
            search TEXT NOT NULL,
            state TEXT NOT NULL,
            step TEXT NOT NULL,
            summary TEXT,
            mode TEXT NOT NULL,
            requested_by TEXT NOT NULL,
            tier TEXT NOT NULL,
            digest BLOB NOT NULL,
            revision INTEGER NOT NULL,
            approvals_given INTEGER NOT NULL,
            approvals_needed INTEGER NOT NULL,
            confirm TEXT NOT NULL,
            separation TEXT NOT NULL,
            undo_steps INTEGER NOT NULL,
            undo_operation TEXT,
            stuck INTEGER NOT NULL,
            decided INTEGER,
            decided_by TEXT
        ) STRICT;
        -- With what filters look at beside the order: a search reads no row that it does not find.
        CREATE INDEX open_by_urgency ON items (urgency, deadline, number, queue, search)
            WHERE open = 1;
        CREATE INDEX open_by_age ON items (created, number) WHERE open = 1;
        CREATE INDEX open_by_risk ON items (risk_rank, risk DESC, number) WHERE open = 1;
        CREATE INDEX open_by_workflow ON items (workflow, number) WHERE open = 1;
        CREATE INDEX open_by_agent ON items (agent, number) WHERE open = 1;
        CREATE INDEX open_by_action ON items (action, number) WHERE open = 1;

        CREATE TABLE workflows (
            workflow TEXT PRIMARY KEY,
            title TEXT,
            agent TEXT NOT NULL,
            agent_uid INTEGER NOT NULL,
            status TEXT NOT NULL,
            pending INTEGER NOT NULL,
            depth INTEGER NOT NULL,
            depth_limit INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            version INTEGER NOT NULL,
            stuck_at TEXT,
            undone INTEGER NOT NULL,
            planned INTEGER NOT NULL,
            phase TEXT NOT NULL,
            next_wake INTEGER,
            rank INTEGER NOT NULL,
            share REAL NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflows_in_order
            ON workflows (rank, share DESC, updated DESC, workflow, status);
        CREATE INDEX workflows_by_wake ON workflows (next_wake, workflow)
            WHERE next_wake IS NOT NULL;
        CREATE INDEX workflows_unwinding ON workflows (workflow)
            WHERE phase IN ('quiescing', 'unwinding', 'stuck');

        CREATE TABLE blobs (
            digest BLOB NOT NULL UNIQUE,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE proofs (
            operation TEXT PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE settings (
            name TEXT PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        -- Kept in the transactions that change what they count.
        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
        SchemaFigures.step,
        """
        ALTER TABLE items ADD COLUMN claimed_by TEXT;
        ALTER TABLE items ADD COLUMN claimed_uid INTEGER;
        ALTER TABLE items ADD COLUMN claimed_until INTEGER;
        ALTER TABLE items ADD COLUMN snoozes TEXT;
        CREATE INDEX items_claimed ON items (claimed_until, number)
            WHERE claimed_until IS NOT NULL;
        -- The same as the items' own column, by person and by end.
        CREATE TABLE snoozes (
            number INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            until INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (number, uid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX snoozes_by_person ON snoozes (uid, until);
        CREATE INDEX snoozes_by_end ON snoozes (until, number, uid);
        """,
    ]

    /// Makes the file a journal of today, or refuses it.
    static func prepare(_ db: Database, steps: [String] = migrations) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if application != applicationID {
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard application == 0, version == 0, tables == 0 else {
                throw JournalFault(.foreign, "the file is a database, but no journal")
            }
        }
        guard version <= steps.count else {
            throw JournalFault(
                .foreign,
                "the journal has format \(version); this version knows \(steps.count)"
            )
        }
        db.add(function: SchemaFigures.folded)
        // Only now: a file that is not ours stays as it is.
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else { throw JournalFault(.io, "the file cannot be written ahead") }
        for number in version..<steps.count {
            try db.inTransaction(.immediate) {
                try db.execute(sql: steps[number])
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(number + 1)")
                return .commit
            }
        }
    }
}
