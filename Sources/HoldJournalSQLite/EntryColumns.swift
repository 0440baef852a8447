internal import Foundation
internal import GRDB
internal import HoldCore
internal import HoldJournal

/// An event as columns, checked as it is read (I14).
enum EntryColumns {
    static let insert = """
        INSERT INTO events
            (seq, workflow, version, type, at, actor, user, account, manifest, data, previous, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    /// In the order in which ``entry(_:)`` reads.
    static let read = """
        e.seq, e.workflow, e.version, e.type, e.at, e.actor, e.user, e.account, e.manifest, e.data, \
        e.previous, e.hash
        """
    static let readCount: Int = 12

    static func values(_ entry: Entry) -> [DatabaseValue] {
        [
            entry.seq.databaseValue, StoredText.stored(entry.workflow.written).databaseValue,
            entry.version.databaseValue, entry.type.databaseValue,
            entry.at.milliseconds.databaseValue, entry.actor.kind.rawValue.databaseValue,
            entry.actor.user.map(StoredText.stored).databaseValue,
            (entry.actor.account?.text).databaseValue,
            Data(entry.manifest.bytes).databaseValue, entry.data.canonicalText.databaseValue,
            Data(entry.previous.bytes).databaseValue, Data(entry.hash.bytes).databaseValue,
        ]
    }

    /// The event of a row whose hash holds.
    ///
    /// - Throws: ``JournalFault`` `.corrupt`, naming the event, when it is not what was written.
    static func entry(_ row: Row) throws -> Entry {
        let seq: Int64 = try row.value(0)
        let text: String = try row.value(9)
        let data = Array(text.utf8)
        guard let kind = Actor.Kind(rawValue: try row.value(5)),
            let manifest = try digest(row, 8), let previous = try digest(row, 10),
            let hash = try digest(row, 11),
            let value = try? JSONValue(parsing: data, limits: JSONLimits(depth: 256))
        else { throw changed(seq) }
        let workflow = try row.workflow(1)
        let account: String? = row[7]
        let entry = Entry(
            seq: seq,
            workflow: workflow,
            version: try row.value(2),
            type: try row.value(3),
            at: try row.instant(4),
            actor: Actor(
                kind: kind,
                user: row.optionalText(6),
                account: account.flatMap { Account($0) }
            ),
            manifest: manifest,
            data: value,
            previous: previous,
            hash: hash
        )
        guard entry.chained(over: data) == hash else { throw changed(seq) }
        return entry
    }

    static func digest(_ row: Row, _ index: Int) throws -> Digest? {
        Digest(bytes: [UInt8](try row.value(index) as Data))
    }

    static func changed(_ seq: Int64) -> JournalFault {
        JournalFault(.corrupt, "event \(seq) is not what was written")
    }

    static func missing(_ seq: Int64) -> JournalFault {
        JournalFault(.corrupt, "event \(seq) is missing")
    }
}
