import HoldCore
import HoldJournal
import TestAccounts
import Testing

@testable import HoldBroker

/// Who waits is answered when it comes, in the commit that brings it.
struct WaitingTests {
    @Test func `a decision lets the waiting step begin, in the same commit`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        #expect(house.process([waiting]).answerCount == 0)
        let approval = house.submission(house.approval("1"), by: .ann)
        let before = house.journal.appends
        let effects = house.process([approval])

        #expect(house.journal.appends == before + 1 && effects.answerCount == 2)
        let told = effects.answers[waiting.ticket?.number ?? 0]?.workflow
        #expect(told?.standing(of: "1") == .mayRun)
        #expect(effects.publications.count == 1)
        // It is answered once.
        #expect(house.process([house.submission(.look, by: .ann)]).answerCount == 1)
    }

    @Test func `a refused commit releases nobody, and the wait goes on`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        _ = house.process([waiting])
        let approval = house.approval("1")
        house.journal.next(.refused)
        #expect(house.process([house.submission(approval, by: .ann)]).answerCount == 1)
        let effects = house.process([house.submission(approval, by: .ann)])
        #expect(
            effects.answers[waiting.ticket?.number ?? 0]?.workflow?.standing(of: "1") == .mayRun
        )
    }

    @Test func `waiting and deciding in one batch is answered at once`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        let approval = house.submission(house.approval("1"), by: .ann)
        let effects = house.process([waiting, approval])
        #expect(
            effects.answers[waiting.ticket?.number ?? 0]?.workflow?.standing(of: "1") == .mayRun
        )
    }

    @Test func `a rejected step is never to run, and its waiter hears it`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        _ = house.process([waiting])
        let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
        let effects = house.process([house.submission(rejection, by: .ann)])
        #expect(effects.answers[waiting.ticket?.number ?? 0]?.workflow?.standing(of: "1") == .never)
    }

    @Test func `who stops waiting is told how things are, and only once`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        _ = house.process([waiting])
        guard let ticket = waiting.ticket else { return }
        let stop = Submission(
            ticket: nil,
            workflow: "wf",
            party: .service,
            request: .stopWaiting(ticket)
        )
        let effects = house.process([stop])
        #expect(effects.answers[ticket.number]?.workflow?.standing(of: "1") == .waits)
        #expect(house.process([stop]).answerCount == 0)
        let approval = house.submission(house.approval("1"), by: .ann)
        #expect(house.process([approval]).answerCount == 1)
    }

    @Test func `settled is when nothing is pending and nothing is being undone`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        _ = house.ask(
            .command(.finish(StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)))
        )
        let settling = house.submission(.settle)
        #expect(house.process([settling]).answerCount == 0)
        let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
        let rejected = house.process([house.submission(rejection, by: .ann)])
        #expect(rejected.answerCount == 1 && rejected.undos.count == 1)
        let report = Submission(
            ticket: nil,
            workflow: "wf",
            party: .service,
            request: .command(.reportUndo("1", attempt: 1, .done(.undone, detail: nil)))
        )
        let effects = house.process([report])
        #expect(effects.answers[settling.ticket?.number ?? 0]?.workflow?.phase == .rolledBack)
        #expect(house.broker.provenAt["destroy"] == house.now)
    }

    @Test(arguments: [(Account.bots, false), (.test(7), true)])
    func `an undo by the workflow's own account proves nothing for later`(
        executor: Account,
        isProof: Bool
    ) throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        let done = StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)
        _ = house.ask(.command(.finish(done)))
        _ = house.ask(.command(.review(house.draft("1", .reject))), by: .ann)
        let word = UndoReport.done(.undone, detail: nil)
        let report = Submission(
            ticket: nil,
            workflow: "wf",
            party: .service,
            request: .command(.reportUndo("1", attempt: 1, word, by: executor))
        )
        _ = house.process([report])

        #expect(house.state()?.phase == .rolledBack)
        #expect((house.broker.provenAt["destroy"] != nil) == isProof)
        #expect(try house.journal.proofs().isEmpty != isProof)
    }

    @Test func `a halt holds the waiting, and resuming lets them go`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let waiting = house.submission(.wait("1"))
        _ = house.process([waiting])
        let control = Workflow.control
        _ = house.ask(.command(.halt(.everything, reason: "stop")), in: control, by: .ann)
        #expect(house.broker.halts.everything?.reason == "stop")
        let approval = house.submission(house.approval("1"), by: .ann)
        #expect(house.process([approval]).answerCount == 1)

        let resume = house.submission(
            .command(.resume(.everything, reason: "go")),
            in: control,
            by: .ann
        )
        let effects = house.process([resume])
        #expect(
            effects.answers[waiting.ticket?.number ?? 0]?.workflow?.standing(of: "1") == .mayRun
        )
    }

    @Test func `a halt survives a restart`() throws {
        var house = try House()
        _ = house.ask(
            .command(.halt(.account(.bots, user: "bots"), reason: "stop")),
            in: Workflow.control,
            by: .ann
        )
        var restarted = try House(journal: house.journal)
        guard case .halted = restarted.ask(proposal("1", "note"))?.refusal else {
            Issue.record("not halted")
            return
        }
    }

    @Test func `another account's agent can neither wait, settle nor look`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        for request in [Submission.Request.wait("1"), .settle, .look, proposal("2", "note")] {
            #expect(house.ask(request, by: .otherBot)?.refusal?.isForbidden == true)
        }
        #expect(house.ask(.look)?.workflow?.steps.count == 1)
    }
}
