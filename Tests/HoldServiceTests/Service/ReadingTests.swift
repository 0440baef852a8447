import Foundation
import HoldClient
import HoldCore
import HoldService
import HoldWire
import Testing

/// What the console's views read, over real sockets and a real store.
struct ReadingTests {
    /// Three open items of two workflows, and one that was approved, ran, and is done.
    private func busy(_ house: ServiceFixture) async throws -> ReviewClient {
        let agent = try await house.agent("loader")
        let reviewer = try await house.reviewer()
        let first = try await agent.propose(.make("w", "w/1", "make_draft", arguments: ["n": 1]))
        _ = try await reviewer.decide("w", "w/1", .approve, reason: "fine by me")
        _ = try await agent.finish(
            StepFinish.Params(
                workflow: "w",
                step: "w/1",
                permit: first.permit?.id ?? "",
                outcome: .succeeded
            )
        )
        _ = try await agent.propose(.make("w", "w/2", "limited"))
        _ = try await agent.propose(.make("w", "w/3", "drop_table"))
        _ = try await agent.propose(.make("v", "v/1", "drop_table"))
        return reviewer
    }

    private static func nonsense(_ method: String) -> String {
        #"{"jsonrpc":"2.0","id":2,"method":"\#(method)","params":{"text":"drop risk:>2"}}"# + "\n"
    }

    @Test func `the queue's text is the filter language, also for a subscription`() async throws {
        let house = try await ServiceFixture()
        let reviewer = try await busy(house)

        func numbers(_ text: String) async throws -> Set<Int> {
            let window = try await reviewer.list(QueueQuery(text: text))
            #expect(window.total == window.items.count)
            return Set(window.items.map(\.number))
        }
        #expect(try await numbers("drop") == [3, 4])
        #expect(try await numbers("risk:IRREV wf:v") == [4])
        #expect(try await numbers("-action:drop") == [2])
        #expect(try await numbers("state:approved") == [1])
        #expect(try await numbers("left:<1m").isEmpty)
        #expect(try await numbers("claimed:none agent:LOAD") == [2, 3, 4])
        for await window in try await reviewer.subscribe(QueueQuery(text: "wf:w action:drop")) {
            #expect(window.items.map(\.number) == [3])
            break
        }
        await house.service.stop()
        house.remove()
    }

    @Test func `a text that means nothing is refused, naming the field and the word`() async throws
    {
        let house = try await ServiceFixture()
        let path = house.paths.reviewSocket
        for method in ["queue.list", "queue.subscribe"] {
            let isNamed = await offPool {
                guard let line = RawLine(path) else { return false }
                line.send(RecordedFrames.opening + Array(ReadingTests.nonsense(method).utf8))
                return line.read(until: "\"code\":-32602") && line.read(until: "risk:>2")
            }
            #expect(isNamed)
        }
        let reviewer = try await house.reviewer()
        let error = await #expect(throws: ClientError.self) {
            try await reviewer.list(QueueQuery(text: "drop risk:>2"))
        }
        #expect(error?.description.contains("text: \u{201C}risk:>2\u{201D} ") == true)
        await house.service.stop()
        house.remove()
    }

    @Test func `figures count what happened, and signs are of who asks`() async throws {
        let house = try await ServiceFixture()
        let reviewer = try await busy(house)
        _ = try await reviewer.decide("v", "v/1", .reject, reason: "no")

        let stats = try await reviewer.stats()
        #expect(stats.since == nil && stats.total.items == 4 && stats.total.pending == 2)
        #expect(stats.total.approved == 1 && stats.total.rejected == 1)
        #expect(stats.total.risk["IRREV"] == 2)
        #expect(stats.byAction.map(\.name) == ["drop_table", "limited", "make_draft"])
        #expect(stats.byWorkflow.map(\.items) == [3, 1])
        #expect(stats.byAgent.map(\.name) == ["loader"])
        #expect(stats.waits.count == 18)
        #expect(stats.waits.reduce(0) { $0 + $1.opened } == 4)
        #expect(stats.waits.reduce(0) { $0 + $1.count } == 2)
        #expect(stats.depth.current == 1 && stats.depth.max == 1)
        let mine = try #require(stats.byReviewer.first)
        #expect(mine.items == 2 && mine.quick == stats.signs?.quick)
        #expect(stats.signs?.decided == 2)
        #expect(stats.signs?.mostApproved?.action == "make_draft")
        let later = try await reviewer.stats(since: stats.until + Span(minutes: 1))
        #expect(later.total.items == 0 && later.signs == nil && later.byReviewer.isEmpty)
        await house.service.stop()
        house.remove()
    }

    @Test func `the audit is read from its end, with filters and items`() async throws {
        let house = try await ServiceFixture()
        let reviewer = try await busy(house)
        let all = try await reviewer.audit(AuditList.Params(limit: 1000)).events

        let newest = try await reviewer.audit(AuditList.Params(limit: 3, order: .newest))
        #expect(newest.events == all.suffix(3).reversed())
        #expect(newest.reached == newest.events.last?.seq)
        let rest = try await reviewer.audit(
            AuditList.Params(before: newest.reached, limit: 1000, order: .newest)
        )
        #expect(rest.events == all.dropLast(3).reversed() && rest.reached == nil)

        let decided = try await reviewer.audit(
            AuditList.Params(types: ["item_decided"], kinds: [.reviewer], withItems: true)
        )
        let item = try #require(decided.events.first?.item)
        #expect(decided.events.count == 1)
        #expect(item.number == 1 && item.action == "make_draft" && item.agent == "loader")
        #expect(item.state == .approved && item.outcome == .succeeded && item.undo == .recorded)
        #expect(item.beganAt != nil && item.finishedAt != nil && item.decidedBy != nil)
        #expect(all.allSatisfy { $0.item == nil })

        let said = try await reviewer.audit(AuditList.Params(text: "FINE"))
        #expect(!said.events.isEmpty)
        #expect(said.events.allSatisfy { $0.data["step"]?.text == "w/1" })
        let about = try await reviewer.audit(AuditList.Params(text: "drop_table v"))
        #expect(Set(about.events.map(\.workflow)) == ["v"])
        let none = try await reviewer.audit(AuditList.Params(user: "nobody-of-this-name"))
        #expect(none.events.isEmpty && none.reached == nil)
        let flow = try await reviewer.audit(AuditList.Params(workflow: "v", order: .newest))
        #expect(flow.events == all.filter { $0.workflow == "v" }.reversed())
        await house.service.stop()
        house.remove()
    }

    @Test func `workflows say what they wait for`() async throws {
        let house = try await ServiceFixture()
        let reviewer = try await busy(house)

        let listed = try await reviewer.workflows().workflows
        let summary = try #require(listed.first { $0.workflow == "w" })
        #expect(summary.pending == 2 && summary.openedAt != nil)
        #expect(summary.oldest?.number == 2 && summary.next != nil)
        #expect(summary.inFlight == 1 && summary.parked == 0)
        let detail = try await reviewer.workflow("w")
        #expect(detail.summary == summary)
        let steps = detail.steps
        #expect(steps.map(\.step) == ["w/1", "w/2", "w/3"])
        #expect(steps.allSatisfy { $0.proposedAt != nil && $0.parked == nil })
        #expect(steps[0].beganAt != nil && steps[0].finishedAt != nil && steps[0].inFlight == nil)
        #expect(steps[1].inFlight == true && steps[1].finishedAt == nil)
        #expect(steps[2].beganAt == nil)
        await house.service.stop()
        house.remove()
    }

    @Test func `a step without an item waits parked while others' items are open`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()
        for number in 1...3 {
            let answer = try await agent.propose(.make("w", "w/\(number)", "limited"))
            #expect(answer.proceed)
        }
        let parked = try await agent.propose(.make("w", "w/4", "follow_up"))

        let summary = try #require(try await reviewer.workflows().workflows.first)
        let steps = try await reviewer.workflow("w").steps
        #expect(summary.parked == (parked.proceed ? 0 : 1))
        #expect(steps.last?.parked == (parked.proceed ? nil : true))
        await house.service.stop()
        house.remove()
    }
}
