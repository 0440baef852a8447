import HoldCore
import HoldJournal
import TestAccounts
import Testing

extension JournalLaw {
    static let appends: [JournalLaw] = [
        JournalLaw("an empty journal ends at its origin") { journal in
            let head = try journal.head()

            #expect(head == JournalHead(seq: 0, hash: Entry.origin, at: nil, nextItemNumber: 1))
            #expect(try journal.allEntries().isEmpty)
            #expect(try journal.entries(of: WorkflowKey("w"), after: 0).isEmpty)
        },
        JournalLaw("events come back as they were appended, numbered without a gap") { journal in
            let first = try journal.appendDurably(Sample.batch("a", events: 3))
            let second = try journal.appendDurably(Sample.batch("b", events: 2))

            let all = try journal.allEntries()
            #expect(all == first + second)
            #expect(all.map(\.seq) == [1, 2, 3, 4, 5])
            #expect(all.map(\.version) == [1, 2, 3, 1, 2])
            let event = try Event(type: all[0].type, data: all[0].data)
            #expect(event == Sample.opened("a").event)
            #expect(all[0].actor == .agent(Sample.peer))
            #expect(all[0].manifest == Sample.manifest)
        },
        JournalLaw("the chain holds from the first event to the head") { journal in
            for name in ["a", "b", "c"] { try journal.appendDurably(Sample.batch(name)) }

            let all = try journal.allEntries()
            #expect(all.first?.previous == Entry.origin)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.hash == $1.previous })
            #expect(all.allSatisfy { $0.isIntact })
            let head = try journal.head()
            #expect(head.hash == all.last?.hash)
            #expect(head.seq == 6)
            #expect(head.at == Sample.noon)
            let result = try AuditVerifier.verify(journal, pageEvents: 2)
            #expect(result == AuditVerifier.Result(events: 6, ok: true, firstBad: nil))
        },
        JournalLaw("a batch on an old version changes nothing at all") { journal in
            try journal.appendDurably(Sample.batch("a", events: 2))
            let before = try journal.head()
            var late = Sample.batch("a", events: 1, expected: 1)
            late.events.insert(Sample.opened("b"), at: 0)
            late.expected[WorkflowKey("b")] = 0
            late.items = [Sample.item(1)]
            late.workflows = [Sample.workflow("b")]
            late.blobs = [Digest(of: [1]): [1]]
            late.proofs = ["unload": Sample.noon]

            #expect(journal.append(late).loser == WorkflowKey("a"))
            #expect(try journal.head() == before)
            #expect(try journal.allEntries().count == 2)
            #expect(try journal.item(number: 1) == nil)
            #expect(try journal.workflows(WorkflowQuery()).rows.isEmpty)
            #expect(try journal.blob(Digest(of: [1])) == nil)
            #expect(try journal.proofs().isEmpty)
            #expect(try journal.queue(QueueQuery(now: Sample.noon)).counts == QueueCounts())
        },
        JournalLaw("a batch ahead of its workflow loses its race too") { journal throws in
            #expect(journal.append(Sample.batch("a", expected: 3)).loser == WorkflowKey("a"))
            #expect(try journal.head().seq == 0)
        },
        JournalLaw("after a lost race the batch on the standing version is appended") { journal in
            try journal.appendDurably(Sample.batch("a", events: 2))
            _ = journal.append(Sample.batch("a", events: 1, expected: 1))

            let entries = try journal.appendDurably(Sample.batch("a", events: 1, expected: 2))
            #expect(entries.map(\.version) == [3])
            #expect(entries.map(\.seq) == [3])
        },
        JournalLaw("a workflow without an expected version goes on where it stands") { journal in
            try journal.appendDurably(Sample.batch("a", events: 2))

            var batch = Batch()
            batch.events = [Sample.saved("a"), Sample.opened("b"), Sample.saved("a")]
            #expect(try journal.appendDurably(batch).map(\.version) == [3, 1, 4])
        },
        JournalLaw("one workflow's events are its own, from any version on") { journal in
            var batch = Batch()
            batch.events = [
                Sample.opened("a"), Sample.opened("b"), Sample.saved("a"), Sample.saved("b"),
                Sample.saved("a", bytes: 3),
            ]
            try journal.appendDurably(batch)
            let id = WorkflowKey("a")

            #expect(try journal.entries(of: id, after: 0).map(\.seq) == [1, 3, 5])
            #expect(try journal.entries(of: id, after: 1).map(\.seq) == [3, 5])
            #expect(try journal.entries(of: id, after: 3).isEmpty)
            #expect(try journal.entries(of: id, after: -4).map(\.version) == [1, 2, 3])
        },
        JournalLaw("pages of events follow each other without a gap") { journal in
            try journal.appendDurably(Sample.batch("a", events: 25))

            var found: [Int64] = []
            while true {
                let page = try journal.entries(after: found.last ?? 0, limit: 10)
                if page.isEmpty { break }
                found += page.map(\.seq)
            }
            #expect(found == Array(1...25))
            #expect(try journal.entries(after: 24, limit: 0).map(\.seq) == [25])
            #expect(try journal.entries(after: 99, limit: 10).isEmpty)
            #expect(try journal.entries(after: -3, limit: 2).map(\.seq) == [1, 2])
        },
        JournalLaw("the control workflow's events keep their odd name") { journal in
            var batch = Batch()
            batch.events = [Sample.opened(Workflow.control)]
            try journal.appendDurably(batch)

            #expect(try journal.entries(of: Workflow.control, after: 0).count == 1)
            #expect(try journal.allEntries().first?.workflow == Workflow.control)
            #expect(try journal.entries(of: WorkflowKey(""), after: 0).isEmpty)
        },
        JournalLaw("a blob is there with its batch, and its first content stays") { journal in
            let content = [UInt8](repeating: 7, count: 300_000)
            var batch = Sample.batch("a")
            batch.blobs = [Digest(of: content): content, Digest(of: [UInt8]()): []]
            try journal.appendDurably(batch)

            #expect(try journal.blob(Digest(of: content)) == content)
            #expect(try journal.blob(Digest(of: [UInt8]())) == [])
            #expect(try journal.blob(Digest(of: [9])) == nil)
            var again = Sample.batch("b")
            again.blobs = [Digest(of: content): content]
            try journal.appendDurably(again)
            #expect(try journal.blob(Digest(of: content)) == content)
        },
        JournalLaw("a reopened journal has everything, and goes on from there") { journal in
            var batch = Sample.batch("a")
            batch.items = [Sample.item(5)]
            batch.workflows = [Sample.workflow("a")]
            batch.blobs = [Digest(of: [1]): [1]]
            batch.proofs = ["unload": Sample.noon]
            try journal.appendDurably(batch)
            try journal.keep([1, 2, 3], as: "key")
            let head = try journal.head()

            try journal.reopen()

            #expect(try journal.head() == head)
            #expect(head.nextItemNumber == 6)
            #expect(try journal.allEntries().count == 2)
            #expect(try journal.queue(QueueQuery(now: Sample.noon)).entries.count == 1)
            #expect(try journal.blob(Digest(of: [1])) == [1])
            #expect(try journal.proofs() == ["unload": Sample.noon])
            #expect(try journal.setting("key") == [1, 2, 3])
            try journal.appendDurably(Sample.batch("a", events: 1, expected: 2))
            #expect(try journal.head().seq == 3)
        },
    ]
}
