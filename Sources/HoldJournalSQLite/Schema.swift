internal import GRDB
internal import HoldJournal

/// The tables of the journal's file.
enum Schema {
    /// "Hold", so that `file` and we can tell a journal from any other database.
    static let applicationID: Int32 = 0x486F_6C64

    /// The format's number, as the file's user version.
    ///
    /// Until the first release a change of the tables is another number, and a file of another number is
    /// refused in words.
    static let format = 4

    static let tables = """
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            -- The account that the workflow belongs to, a slash, the agent's id.
            workflow TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            user TEXT,
            account TEXT,
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
            account TEXT NOT NULL,
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
            names TEXT NOT NULL,
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
            decided_by TEXT,
            modified INTEGER NOT NULL,
            escalations INTEGER NOT NULL,
            outcome TEXT,
            began INTEGER,
            finished INTEGER,
            undo_state TEXT,
            claimed_by TEXT,
            claimed_uid INTEGER,
            claimed_until INTEGER,
            snoozes TEXT
        ) STRICT;
        -- With all that filters look at beside the order, and with what makes a row open: a list
        -- reads no row that it does not show.
        CREATE INDEX open_by_urgency
            ON items (urgency, deadline, number, queue, search, names, risk_rank, risk, state, open)
            WHERE open = 1;
        CREATE INDEX open_by_age ON items (created, number, open) WHERE open = 1;
        CREATE INDEX open_by_risk ON items (risk_rank, risk DESC, number, open) WHERE open = 1;
        CREATE INDEX open_by_workflow ON items (workflow, number, open) WHERE open = 1;
        CREATE INDEX open_by_agent ON items (agent, number, open) WHERE open = 1;
        CREATE INDEX open_by_action ON items (action, number, open) WHERE open = 1;
        CREATE INDEX items_by_step ON items (workflow, step);
        CREATE INDEX items_by_creation ON items (created, number);
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

        CREATE TABLE workflows (
            workflow TEXT PRIMARY KEY,
            -- The agent's id alone: two accounts may have the same.
            name TEXT NOT NULL,
            title TEXT,
            agent TEXT NOT NULL,
            user TEXT NOT NULL,
            status TEXT NOT NULL,
            pending INTEGER NOT NULL,
            depth INTEGER NOT NULL,
            depth_limit INTEGER NOT NULL,
            depth_max INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            version INTEGER NOT NULL,
            stuck_at TEXT,
            undone INTEGER NOT NULL,
            planned INTEGER NOT NULL,
            phase TEXT NOT NULL,
            next_wake INTEGER,
            parked INTEGER NOT NULL,
            in_flight INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            share REAL NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX workflows_in_order
            ON workflows (rank, share DESC, updated DESC, workflow, status);
        CREATE INDEX workflows_by_name ON workflows (name, workflow);
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
        """

    /// Makes an empty file a journal of today, or refuses what is none.
    static func prepare(_ db: Database) throws {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let isEmpty = try isEmpty(db)
        if application != applicationID {
            guard application == 0, version == 0, isEmpty else {
                throw JournalFault(.foreign, "the file is a database, but no journal")
            }
        } else if !isEmpty {
            guard version == format else {
                throw JournalFault(
                    .foreign,
                    "the journal has format \(version), and this version reads format \(format)"
                        + " alone: it was written by \(version < format ? "an earlier" : "a later")"
                        + " version; keep it for its record, and name another file"
                )
            }
        }
        // Only now: a file that is not ours stays as it is.
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else { throw JournalFault(.io, "the file cannot be written ahead") }
        guard isEmpty else { return }
        try db.inTransaction(.immediate) {
            try db.execute(sql: tables)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(format)")
            return .commit
        }
    }

    private static func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0 == 0
    }
}
