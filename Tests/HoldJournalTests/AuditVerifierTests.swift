import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// What the verifier finds in entries from anywhere, in pages of any size.
struct AuditVerifierTests {
    private func entries() throws -> [Entry] {
        let journal = MemoryJournal()
        for name in ["a", "b", "c"] { try journal.appendDurably(Sample.batch(name, events: 4)) }
        return try journal.allEntries()
    }

    private func verify(_ entries: [Entry], page: Int) -> AuditVerifier.Result {
        var verifier = AuditVerifier()
        for start in stride(from: 0, to: entries.count, by: page) {
            verifier.add(entries[start..<min(start + page, entries.count)])
        }
        return verifier.result
    }

    @Test(arguments: [1, 5, 100])
    func `a whole chain holds in pages of any size`(page: Int) throws {
        let result = verify(try entries(), page: page)

        #expect(result == AuditVerifier.Result(events: 12, ok: true, firstBad: nil))
    }

    @Test(arguments: [1, 5, 100])
    func `the first bad entry is named, whatever the page`(page: Int) throws {
        for index in try entries().indices {
            var changed = try entries()
            changed[index].data = ["forged": true]
            #expect(verify(changed, page: page).firstBad == Int64(index) + 1)

            var cut = try entries()
            cut.remove(at: index)
            let isTail = index == cut.count
            #expect(verify(cut, page: page).firstBad == (isTail ? nil : Int64(index) + 1))

            guard index > 0 else { continue }
            var swapped = try entries()
            swapped.swapAt(index - 1, index)
            #expect(verify(swapped, page: page).firstBad == Int64(index))
        }
    }

    @Test func `a gap in a workflow's versions is found though every hash holds`() throws {
        let first = try Entry(
            seq: 1,
            version: 1,
            draft: Sample.opened("a"),
            previous: Entry.origin
        )
        let third = try Entry(seq: 2, version: 3, draft: Sample.saved("a"), previous: first.hash)

        #expect(verify([first, third], page: 10).firstBad == 2)
    }

    @Test func `a cut at the end shows in the last hash`() throws {
        let all = try entries()
        var verifier = AuditVerifier()
        verifier.add(all.dropLast())

        #expect(verifier.result.ok)
        #expect(verifier.last.hash == all[10].hash)
        #expect(verifier.last.hash != all[11].hash)
    }

    @Test func `a check can go on from a known event`() throws {
        let all = try entries()
        var verifier = AuditVerifier(after: 6, hash: all[5].hash)
        verifier.add(all.dropFirst(6))
        #expect(verifier.result == AuditVerifier.Result(events: 6, ok: true, firstBad: nil))

        var mistaken = AuditVerifier(after: 6, hash: all[4].hash)
        mistaken.add(all.dropFirst(6))
        #expect(mistaken.result.firstBad == 7)
    }
}
