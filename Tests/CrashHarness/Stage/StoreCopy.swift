import Foundation
import HoldCore
import HoldJournal
import HoldJournalSQLite

/// What a dead service left on the disk, read from a copy so that its own recovery is left to it.
struct StoreCopy {
    /// The end of the chain as far as it was checked.
    private(set) var last: (seq: Int64, hash: Digest) = (0, Entry.origin)

    /// Checks the chain behind what was checked before, and hands its entries on.
    ///
    /// - Throws: ``Violation`` when the store cannot be opened or the chain does not hold.
    mutating func read(_ site: Site, _ take: (Entry) throws -> Void) throws {
        let copy = site.file("copy")
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.createDirectory(
            at: copy,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for name in ["journal.sqlite", "journal.sqlite-wal"] {
            let file = site.file("store/\(name)")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try FileManager.default.copyItem(at: file, to: copy.appending(path: name))
        }
        defer { try? FileManager.default.removeItem(at: copy) }
        let (entries, result, head) = try StoreCopy.entries(
            of: copy.appending(path: "journal.sqlite").path,
            after: last
        )
        if let bad = result.firstBad { throw Violation("the chain does not hold at event \(bad)") }
        guard head.seq >= last.seq else {
            throw Violation("the journal ends at \(head.seq), it was read up to \(last.seq) before")
        }
        guard !entries.isEmpty || head.hash == last.hash else {
            throw Violation("the last event, \(last.seq), is another than it was")
        }
        for entry in entries { try take(entry) }
        last = (head.seq, head.hash)
    }

    private static func entries(
        of path: String,
        after known: (seq: Int64, hash: Digest)
    ) throws(Violation) -> ([Entry], AuditVerifier.Result, JournalHead) {
        do {
            let journal = try SQLiteJournal(path: path)
            var verifier = AuditVerifier(after: known.seq, hash: known.hash)
            var entries: [Entry] = []
            while verifier.result.ok {
                let page = try journal.entries(after: verifier.last.seq, limit: 10_000)
                if page.isEmpty { break }
                verifier.add(page)
                entries += page
            }
            return (entries, verifier.result, try journal.head())
        } catch {
            throw Violation("the store cannot be read after the kill: \(error)")
        }
    }
}
