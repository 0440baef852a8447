import HoldConsole
import HoldCore
import TestAccounts
import Testing

@testable import holdshort

/// The details that are at hand: the newest few, both ends of the queue, and nothing that is old.
@Suite struct DetailShelfTests {
    private func reference(_ number: Int) -> ItemReference {
        ItemReference(workflow: WorkflowKey("wf-\(number)"), step: StepID("wf-\(number)/1"))
    }

    private func detail(_ number: Int, revision: Int = 1) -> ItemDetail {
        ItemDetail(
            item: QueueItem(
                reference: reference(number),
                number: Int64(number),
                action: "deploy",
                agent: "bot",
                requestedBy: "ci",
                riskClass: .low,
                createdAt: Instant(milliseconds: 0),
                deadline: Instant(milliseconds: 60_000),
                tier: "on-call",
                digest: Digest(of: .integer(Int64(number))),
                revision: revision
            ),
            arguments: [:]
        )
    }

    private func read(_ number: Int, onto shelf: DetailShelf) {
        shelf.end(shelf.begin(reference(number)), with: detail(number))
    }

    @Test func `the newest stay and the oldest go`() {
        let shelf = DetailShelf()
        for number in 1...40 { read(number, onto: shelf) }

        #expect(shelf.detail(of: reference(40)) == detail(40))
        #expect(shelf.detail(of: reference(1)) == nil)
    }

    @Test func `the items at both ends stay however many are read`() {
        let shelf = DetailShelf()
        shelf.keep(reference(1), at: .first)
        shelf.keep(reference(2), at: .last)
        for number in 1...100 { read(number, onto: shelf) }
        #expect(shelf.detail(of: reference(1)) != nil)
        #expect(shelf.detail(of: reference(2)) != nil)
        #expect(shelf.detail(of: reference(3)) == nil)

        shelf.keep(reference(90), at: .last)
        for number in 101...200 { read(number, onto: shelf) }
        #expect(shelf.detail(of: reference(90)) != nil)
        #expect(shelf.detail(of: reference(2)) == nil, "it is the end no more")
        #expect(shelf.end(at: reference(90)) == .last)
        #expect(shelf.end(at: reference(2)) == nil)
    }

    @Test func `what changed meanwhile is not kept, nor what was being read of it`() {
        let shelf = DetailShelf()
        read(1, onto: shelf)
        let reading = shelf.begin(reference(2))

        shelf.drop([WorkflowKey("wf-1"), WorkflowKey("wf-2")])
        shelf.end(reading, with: detail(2))

        #expect(shelf.detail(of: reference(1)) == nil)
        #expect(shelf.detail(of: reference(2)) == nil)
        #expect(shelf.beginIfMissing(reference(2)) != nil)
        #expect(shelf.beginIfMissing(reference(2)) == nil, "somebody reads it")
    }

    @Test func `a window that knows an item otherwise takes it off`() {
        let shelf = DetailShelf()
        read(1, onto: shelf)
        read(2, onto: shelf)

        shelf.compare(
            QueueWindow(
                query: QueueQuery(offset: 0, limit: 10),
                items: [detail(1).item, detail(2, revision: 2).item],
                total: 2,
                sequence: 9
            )
        )

        #expect(shelf.detail(of: reference(1)) != nil)
        #expect(shelf.detail(of: reference(2)) == nil)
    }
}
