import HoldConsole
import HoldCore
import TestAccounts
import Testing

@testable import holdshort

/// Which news is drawn at once, because a key asked for it.
@Suite struct AwaitedAnswersTests {
    private let item = ItemReference(workflow: WorkflowKey("wf-1"), step: StepID("1"))
    private let query = QueueQuery(offset: 0, limit: 96)

    /// A macro cannot hold a value that changes.
    private func take(_ message: Message, _ awaited: inout AwaitedAnswers) -> Bool {
        awaited.take(message)
    }

    private func window(isProvisional: Bool = false) -> Message {
        var window = QueueWindow(query: query, items: [], total: 0, sequence: 1)
        window.isProvisional = isProvisional
        return .queueChanged(window)
    }

    @Test func `an answer counts once, and news that nobody asked for never`() {
        var awaited = AwaitedAnswers()
        #expect(take(.detailFailed(item, "gone"), &awaited) == false)

        awaited.expect([.loadDetail(item)], awaitsWindow: false)

        #expect(take(window(), &awaited) == false)
        #expect(take(.detailFailed(item, "gone"), &awaited) == true)
        #expect(take(.detailFailed(item, "gone"), &awaited) == false)
    }

    @Test func `a part of the queue that is only read ahead is news`() {
        var awaited = AwaitedAnswers()

        awaited.expect([.subscribe(query), .loadDetail(item)], awaitsWindow: false)

        #expect(take(window(), &awaited) == false)
        #expect(take(.detailFailed(item, "gone"), &awaited) == true)
    }

    @Test func `a part that is leapt to is an answer, what is shown till then is none`() {
        var awaited = AwaitedAnswers()

        awaited.expect([.subscribe(query)], awaitsWindow: true)

        #expect(take(window(isProvisional: true), &awaited) == false)
        #expect(take(window(), &awaited) == true)
        #expect(take(window(), &awaited) == false)
    }
}
