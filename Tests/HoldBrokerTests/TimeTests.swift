import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Time, restarts, memory: what the broker does without being asked.
struct TimeTests {
    @Test func `what is due is done in every workflow, and the next moment is named`() throws {
        var house = try House()
        for name: WorkflowKey in ["a", "b"] { _ = house.ask(proposal("1", "change"), in: name) }
        house.now = house.now + Span(minutes: 1)
        _ = house.ask(proposal("1", "change"), in: "c")
        // Half of the first tier's seven and a half minutes: colleagues are warned.
        #expect(house.broker.passTime(at: house.now).wake == house.now + Span(minutes: 2.75))

        house.now = house.now + Span(minutes: 14)
        let effects = house.broker.passTime(at: house.now)
        #expect(effects.publications.count == 1)
        for name: WorkflowKey in ["a", "b"] {
            #expect(house.state(name)?.step("1")?.item?.state == .timeout)
        }
        #expect(house.state("c")?.step("1")?.item?.tierIndex == 1)
        #expect(effects.wake == house.state("c")?.wakes.first?.at)
    }

    @Test func `a decision after the deadline meets the timeout, however late the timer is`() throws
    {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let approval = house.approval("1")
        house.now = house.now + Span(minutes: 15)
        guard case .alreadyDecided(.timeout, let decision) = house.ask(approval, by: .ann)?.refusal
        else {
            Issue.record("a late approval counted")
            return
        }
        #expect(decision?.reviewedBy == nil)
        #expect(house.state()?.step("1")?.item?.lateReviews.count == 1)
    }

    @Test func `when the store fails at a deadline, it is tried again soon`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        house.now = house.now + Span(minutes: 60)
        house.journal.next(.refused)
        #expect(house.broker.passTime(at: house.now).wake == house.now + Span(seconds: 1))
        house.now = house.now + Span(seconds: 1)
        _ = house.broker.passTime(at: house.now)
        #expect(house.state()?.step("1")?.item?.state == .timeout)
    }

    @Test func `a restart runs the undo again, with the same key and attempt`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        _ = house.ask(
            .command(.finish(StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)))
        )
        let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
        let running = house.process([house.submission(rejection, by: .ann)]).undos
        #expect(running.count == 1)

        var restarted = try House(journal: house.journal)
        let resumed = try restarted.broker.resume(at: house.now).undos
        #expect(resumed == running)
    }

    @Test func `an undo report that the store could not take is not lost`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        _ = house.ask(
            .command(.finish(StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)))
        )
        let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
        _ = house.process([house.submission(rejection, by: .ann)])
        let report = Submission(
            ticket: nil,
            workflow: "wf",
            party: .service,
            request: .command(.reportUndo("1", attempt: 1, .done(.undone, detail: nil)))
        )
        house.journal.next(.refused, .refused)
        #expect(house.process([report]).wake == house.now + Span(seconds: 1))
        #expect(house.state()?.phase == .unwinding)
        for _ in 0..<2 {
            house.now = house.now + Span(seconds: 1)
            _ = house.broker.passTime(at: house.now)
        }
        #expect(house.state()?.phase == .rolledBack)
    }

    @Test func `answers do not depend on what is in memory`() throws {
        var small = try House(cacheLimit: 16)
        var large = try House(cacheLimit: 4096)
        for round in 0..<3 {
            for name in (0..<100).map({ WorkflowKey("wf-\($0)") }) {
                let action = ["change", "deploy", "note"][round]
                let one = small.ask(proposal("\(round)", action), in: name)
                let two = large.ask(proposal("\(round)", action), in: name)
                #expect(one?.workflow == two?.workflow)
            }
            small.now = small.now + Span(seconds: 10)
            large.now = small.now
        }
        for name in (0..<100).map({ WorkflowKey("wf-\($0)") }) {
            #expect(small.state(name) == large.state(name))
            #expect(try small.folded(name) == large.state(name))
        }
    }

    @Test func `several reviews are answered one by one, in their order`() throws {
        var house = try House()
        for name: WorkflowKey in ["a", "b"] { _ = house.ask(proposal("1", "change"), in: name) }
        let stale = ReviewDraft(step: "1", verdict: .approve, digest: Digest(of: [UInt8]()))
        let reviews = [
            (workflow: WorkflowKey("a"), review: house.draft("1", .approve, in: "a")),
            (workflow: WorkflowKey("b"), review: stale),
            (workflow: WorkflowKey("c"), review: stale),
            (workflow: WorkflowKey("b"), review: house.draft("1", .reject, in: "b")),
        ]
        let before = house.journal.appends
        guard case .reviewed(let results) = house.ask(.reviews(reviews), in: "a", by: .ann) else {
            Issue.record("not reviewed")
            return
        }
        #expect(house.journal.appends == before + 1)
        #expect(results.count == 4)
        #expect(throws: Never.self) { try results[0].get() }
        #expect(throws: Refusal.self) { try results[1].get() }
        #expect(throws: Refusal.unknownWorkflow("c")) { try results[2].get() }
        #expect(try results[3].get().step("1")?.item?.state == .rejected)
    }

    @Test func `open items are counted by account, under whatever name`() throws {
        var manifest = Manifest.sample
        manifest.defaults.openItemsPerAgent = Sourced(2)
        var house = try House(manifest: manifest)
        let renamed = Party.agent(AgentIdentity(name: "second", user: "bots", uid: 100))
        let theirs = WorkflowKey(account: .test(200), text: "wf")
        _ = house.ask(proposal("1", "change"))
        _ = house.ask(proposal("2", "change"), by: renamed)
        for party in [Party.bot, renamed] {
            guard case .tooMany = house.ask(proposal("3", "change"), by: party)?.refusal else {
                Issue.record("a third item was let through")
                return
            }
        }
        // Another account is not starved by it, under the same name and the same id.
        #expect(house.ask(proposal("1", "change"), in: theirs, by: .otherBot)?.workflow != nil)
        _ = house.ask(house.approval("1"), by: .ann)
        #expect(house.ask(proposal("3", "change"), by: renamed)?.workflow != nil)
    }

    @Test func `proposals a second are capped, and a lost race costs nothing`() throws {
        var manifest = Manifest.sample
        manifest.defaults.proposalsPerSecond = Sourced(3)
        var house = try House(manifest: manifest)
        let batch = (0..<5).map { house.submission(proposal("\($0)", "note")) }
        let effects = house.process(batch)
        let refused = effects.answers.values.count { $0.refusal != nil }
        #expect(refused == 2)
        house.now = house.now + Span(seconds: 1)
        #expect(house.ask(proposal("9", "note"))?.workflow != nil)
    }

    @Test func `a store that is away is not asked in a tight circle, whatever is overdue`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        house.now = house.now + Span(minutes: 8)
        house.journal.isAway(true)

        for _ in 0..<3 {
            let wake = house.broker.passTime(at: house.now).wake
            #expect(wake == house.now + Span(seconds: 1))
            house.now = house.now + Span(seconds: 1)
        }
    }
}
