import HoldCore
import HoldJournal
import TestAccounts
import Testing

extension JournalLaw {
    static let searches: [JournalLaw] = [
        JournalLaw("an audit finds what matches, in either order, and says how far it came") {
            journal in
            let kinds: [Actor] = [
                .agent(Sample.peer), .service, .reviewer(Peer(uid: 7, user: "bo")),
            ]
            for number in 0..<60 {
                var batch = Sample.batch("w\(number % 4)", events: 1, expected: nil)
                let at = Sample.noon + Span(seconds: Double(number / 3))
                let actor = kinds[number % 3]
                batch.events = [
                    number < 4
                        ? Sample.opened(WorkflowKey("w\(number % 4)"), at: at, actor: actor)
                        : Sample.saved("w\(number % 4)", bytes: number, at: at, actor: actor)
                ]
                try journal.appendDurably(batch)
            }
            let all = try journal.allEntries()
            var random = SeededRandom(seed: 41)
            for _ in 0..<400 {
                let query = randomQuery(using: &random)
                var expected = all.filter { entry in
                    entry.seq > query.after && entry.seq < query.before
                        && (query.workflow == nil || entry.workflow == query.workflow)
                        && (query.types?.contains(entry.type) ?? true)
                        && (query.kinds?.contains(entry.actor.kind) ?? true)
                        && (query.user == nil || entry.actor.user == query.user)
                        && (query.since.map { entry.at >= $0 } ?? true)
                }
                if query.isNewestFirst { expected.reverse() }
                // Part after part, everything comes, once, in order.
                var page = query
                var found: [Entry] = []
                var parts = 0
                while true {
                    let window = try journal.entries(page)
                    #expect(window.entries.count <= page.limit)
                    found += window.entries
                    parts += 1
                    guard let reached = window.reached, parts < 200 else { break }
                    if query.isNewestFirst { page.before = reached } else { page.after = reached }
                }
                #expect(found == expected, "\(query)")
            }
        },
        JournalLaw("figures come from the newest items, with the depths beside them") { journal in
            let rows = Sample.items(300, seed: 51)
            var batch = Sample.batch("w")
            batch.items = rows
            batch.workflows = [
                Sample.workflow("a", depth: 4, updated: 10), Sample.workflow("b", depth: 1),
                Sample.workflow("c", status: .finished, depth: 0),
            ]
            try journal.appendDurably(batch)
            var later = Sample.batch("v")
            later.workflows = [Sample.workflow("a", depth: 2, updated: 20)]
            try journal.appendDurably(later)
            let newest = rows.sorted { ($1.createdAt, $1.number) < ($0.createdAt, $0.number) }

            let all = try journal.figures(FigureQuery())
            #expect(all.records == newest.map { ItemRecord($0) } && !all.isCut)
            #expect(all.depth == 2 && all.depthMax == 4 && all.depthMean == 1.5)
            let some = try journal.figures(FigureQuery(limit: 7))
            #expect(some.records == newest.prefix(7).map { ItemRecord($0) } && some.isCut)
            let since = Sample.noon - Span(seconds: 10)
            let late = try journal.figures(FigureQuery(since: since))
            #expect(late.records == newest.filter { $0.createdAt >= since }.map { ItemRecord($0) })
            let none = try journal.figures(FigureQuery(since: Sample.noon + Span(minutes: 1)))
            #expect(none.records.isEmpty && none.depthMax == 0 && none.depth == 2)
        },
        JournalLaw("rows are found by workflow and step") { journal in
            var batch = Sample.batch("w")
            batch.items = Sample.items(30, seed: 61)
            try journal.appendDurably(batch)
            let wanted = batch.items.prefix(9)
            let references = wanted.map { ItemReference(workflow: $0.workflow, step: $0.step) }
            let missing = ItemReference(workflow: WorkflowKey("w"), step: StepID("nothing"))

            let found = try journal.rows(of: Set(references + [missing]))
            #expect(found == Dictionary(uniqueKeysWithValues: zip(references, wanted)))
        },
        JournalLaw("workflows name the item that waits longest and the one that runs out first") {
            journal in
            var batch = Sample.batch("w")
            batch.items = [
                Sample.item(1, workflow: "a", state: .approved, deadline: 1),
                Sample.item(2, workflow: "a", deadline: 900),
                Sample.item(3, workflow: "a", state: .modified, deadline: 30),
                Sample.item(4, workflow: "a", state: .rejected, deadline: 2, isStuck: true),
                Sample.item(5, workflow: "b", deadline: 5),
            ]
            batch.workflows = ["a", "b", "c"].map { Sample.workflow($0) }
            try journal.appendDurably(batch)

            let waiting = try journal.workflows(WorkflowQuery()).waiting
            #expect(Set(waiting.keys.map(\.text)) == ["a", "b"])
            #expect(waiting[WorkflowKey("a")]?.oldest.number == 2)
            #expect(waiting[WorkflowKey("a")]?.next.number == 3)
            #expect(waiting[WorkflowKey("b")]?.next.number == 5)
        },
    ]

    private static func randomQuery(using random: inout SeededRandom) -> EntryQuery {
        func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
        return EntryQuery(
            workflow: chance(4) ? WorkflowKey("w\(Int.random(in: 0..<5, using: &random))") : nil,
            after: chance(2) ? Int64.random(in: -2...70, using: &random) : 0,
            before: chance(2) ? Int64.random(in: -2...70, using: &random) : .max,
            types: chance(3) ? [chance(2) ? "workflow_opened" : "checkpoint_saved"] : nil,
            kinds: chance(3) ? (chance(2) ? [.reviewer] : [.agent, .service]) : nil,
            user: chance(4) ? (chance(2) ? "bo" : "agent") : nil,
            since: chance(3)
                ? Sample.noon + Span(seconds: Double(Int.random(in: -2...25, using: &random)))
                : nil,
            isNewestFirst: chance(2),
            limit: Int.random(in: 1...20, using: &random),
            span: Int64.random(in: 1...80, using: &random)
        )
    }
}
