import HoldCore
import HoldJournal
import TestAccounts
import Testing

extension JournalLaw {
    static let projections: [JournalLaw] = [
        JournalLaw("a row is shown exactly as it was appended, and only then") { journal in
            let row = Sample.item(1)
            #expect(try journal.queue(QueueQuery(now: Sample.noon)).entries.isEmpty)
            var batch = Sample.batch("w")
            batch.items = [row]
            batch.workflows = [Sample.workflow("w", depth: 2, limit: 5)]
            batch.proofs = ["unload": Sample.noon]
            try journal.appendDurably(batch)

            let window = try journal.queue(QueueQuery(now: Sample.noon))
            #expect(
                window.entries == [
                    QueueEntry(item: row, depth: 2, depthLimit: 5, provenAt: Sample.noon)
                ]
            )
            #expect(window.seq == 2)
            #expect(window.total == 1)
            #expect(
                try journal.item(number: 1) == ItemReference(workflow: row.workflow, step: row.step)
            )
            #expect(try journal.item(number: 2) == nil)
        },
        JournalLaw("an item whose workflow has no row is shown with no depth") { journal in
            var batch = Sample.batch("w")
            var row = Sample.item(1)
            row.undoOperation = nil
            batch.items = [row]
            try journal.appendDurably(batch)

            let entry = try journal.queue(QueueQuery(now: Sample.noon)).entries.first
            #expect(entry == QueueEntry(item: row, depth: 0, depthLimit: 0, provenAt: nil))
        },
        JournalLaw("a row replaces the one before, whatever in it differs") { journal in
            var rows = Sample.items(300, seed: 3)
            var batch = Sample.batch("w")
            batch.items = rows
            try journal.appendDurably(batch)
            // Each takes over everything of another but the number.
            for index in rows.indices {
                var row = rows[(index * 7 + 1) % rows.count]
                row.number = Int64(index + 1)
                rows[index] = row
            }
            var second = Sample.batch("w", events: 1, expected: 2)
            second.items = rows
            try journal.appendDurably(second)

            try expectWindows(of: rows, in: journal, seed: 4)
            for account in Set(rows.map(\.workflow.account)) {
                let pending = rows.count { $0.workflow.account == account && $0.state.isPending }
                #expect(try journal.openItems(of: account) == pending)
            }
            #expect(try journal.head().nextItemNumber == 301)
        },
        JournalLaw("an account's open items are those that wait for a decision") { journal in
            var batch = Sample.batch("w")
            batch.items = [
                Sample.item(1), Sample.item(2, state: .modified), Sample.item(3, of: .test(9)),
                Sample.item(4, state: .approved), Sample.item(5, state: .rejected, isStuck: true),
            ]
            try journal.appendDurably(batch)

            #expect(try journal.openItems(of: .bots) == 2)
            #expect(try journal.openItems(of: .test(9)) == 1)
            #expect(try journal.openItems(of: .test(8)) == 0)
            var second = Sample.batch("w", events: 1, expected: 2)
            second.items = [Sample.item(1, state: .approved)]
            try journal.appendDurably(second)
            #expect(try journal.openItems(of: .bots) == 1)
        },
        JournalLaw("due is what wakes by now, the longest due first, and next comes after") {
            journal in
            var batch = Sample.batch("w")
            batch.workflows = [
                Sample.workflow("late", wake: -5), Sample.workflow("now", wake: 0),
                Sample.workflow("b", wake: -1), Sample.workflow("a", wake: -1),
                Sample.workflow("soon", wake: 1), Sample.workflow("later", wake: 9),
                Sample.workflow("never"),
            ]
            try journal.appendDurably(batch)

            let due = try journal.due(by: Sample.noon)
            #expect(due.workflows.map(\.text) == ["late", "a", "b", "now"])
            #expect(due.next == Sample.noon + Span(milliseconds: 1))
            var second = Sample.batch("w", events: 1, expected: 2)
            second.workflows = ["late", "now", "b", "a", "soon", "later"].map {
                Sample.workflow($0)
            }
            try journal.appendDurably(second)
            #expect(try journal.due(by: Sample.noon) == DueWork(workflows: [], next: nil))
        },
        JournalLaw("unwinding is every chain that runs or is stuck") { journal in
            var batch = Sample.batch("w")
            batch.workflows = UndoPhase.allCases.map {
                Sample.workflow($0.rawValue, status: .unwinding, phase: $0)
            }
            try journal.appendDurably(batch)

            #expect(
                try journal.unwinding().map(\.text) == ["quiescing", "stuck", "unwinding"]
            )
        },
        JournalLaw("a proof is the newest one of its operation") { journal in
            var batch = Sample.batch("w")
            batch.proofs = ["unload": Sample.noon, "drop": Sample.noon]
            try journal.appendDurably(batch)
            let later = Sample.noon + Span(minutes: 1)
            var second = Sample.batch("w", events: 1, expected: 2)
            second.proofs = ["unload": later]
            try journal.appendDurably(second)

            #expect(try journal.proofs() == ["unload": later, "drop": Sample.noon])
        },
        JournalLaw("a setting keeps its last value") { journal in
            #expect(try journal.setting("clock") == nil)
            try journal.keep([1], as: "clock")
            try journal.keep([0, 255, 0], as: "clock")
            try journal.keep([], as: "empty")

            #expect(try journal.setting("clock") == [0, 255, 0])
            #expect(try journal.setting("empty") == [])
            #expect(try journal.setting("other") == nil)
        },
        JournalLaw("the store's size grows with what is in it") { journal in
            let before = try journal.size()
            let content = [UInt8](repeating: 1, count: 100_000)
            var batch = Sample.batch("w")
            batch.blobs = [Digest(of: content): content]
            try journal.appendDurably(batch)

            #expect(try journal.size() >= before + 100_000)
        },
    ]
}
