import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Nobody is told of anything before it is durable, and everybody is told the truth (I1).
struct CommitTests {
    @Test func `a batch is one append, and answers come after it`() throws {
        var house = try House()
        let batch = (0..<512).map {
            house.submission(proposal("1", "deploy"), in: WorkflowKey("wf-\($0)"))
        }
        let effects = house.process(batch)

        #expect(house.journal.appends == 1 && effects.answerCount == 512)
        #expect(effects.answers.values.allSatisfy { $0.workflow?.steps.count == 1 })
        #expect(effects.publications.map(\.entries.count) == [512 * 4])
        let numbers = effects.answers.values.compactMap { $0.workflow?.steps.first?.item?.number }
        #expect(Set(numbers) == Set(1...512))
    }

    @Test func `after a refused append nothing has changed`() throws {
        var house = try House()
        _ = house.ask(proposal("0", "note"), in: "other")
        house.journal.next(.refused)
        let asked = house.submission(proposal("1", "deploy"))
        let looked = house.submission(.look, in: "other", by: .ann)
        let effects = house.process([asked, looked])

        #expect(effects.answers[asked.ticket?.number ?? 0]?.isUnavailable == true)
        #expect(effects.answers[looked.ticket?.number ?? 0]?.workflow?.steps.count == 1)
        #expect(effects.publications.isEmpty && effects.undos.isEmpty)
        #expect(house.ask(.look, by: .ann)?.refusal == .unknownWorkflow("wf"))

        // The same again is done, under the number that was not used.
        let again = house.ask(proposal("1", "deploy"))
        #expect(again?.workflow?.step("1")?.item?.number == 1)
    }

    @Test func `after an unknown append that is there, everybody is answered as done`() throws {
        var house = try House()
        house.journal.next(.unknownApplied)
        let answer = house.ask(proposal("1", "deploy"))
        #expect(answer?.workflow?.step("1")?.permit != nil)
        #expect(house.journal.reopens == 1)
        #expect(try house.folded() == answer?.workflow)
    }

    @Test func `after an unknown append that is not there, nobody is`() throws {
        var house = try House()
        house.journal.next(.unknownLost)
        #expect(house.ask(proposal("1", "deploy"))?.isUnavailable == true)
        #expect(house.journal.reopens == 1)
        #expect(house.ask(proposal("1", "deploy"))?.workflow?.version == 4)
        #expect(try house.journal.memory.head().seq == 4)
    }

    @Test func `a doubt that lasts is settled before anything else is decided`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        _ = house.ask(
            .command(.finish(StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)))
        )
        let settling = house.submission(.settle)
        #expect(house.process([settling]).answerCount == 0)
        let rejection = house.draft("1", .reject)

        house.journal.next(.appliedThenAway)
        let halting = house.submission(.command(.review(rejection)), by: .ann)
        let doubtful = house.process([halting])
        #expect(doubtful.answers[halting.ticket?.number ?? 0]?.isUnavailable == true)
        #expect(doubtful.undos.isEmpty)
        #expect(house.ask(proposal("2", "note"), in: "other")?.isUnavailable == true)
        #expect(house.broker.passTime(at: house.now).wake == house.now + Span(seconds: 1))

        house.journal.isAway(false)
        let asked = house.submission(proposal("3", "deploy"), in: "other")
        let effects = house.process([asked])
        // What the lost commit led to is done now: it is published, and its undo runs.
        #expect(effects.undos.map(\.step) == ["1"])
        #expect(effects.publications.first?.changes.map(\.workflow.id) == ["wf"])
        #expect(effects.answers[asked.ticket?.number ?? 0]?.workflow?.steps.count == 1)
        #expect(try house.folded().step("1")?.item?.state == .rejected)
    }

    @Test func `item numbers stay unique after a doubt`() throws {
        var house = try House()
        house.journal.next(.appliedThenAway)
        #expect(house.ask(proposal("1", "deploy"))?.isUnavailable == true)
        house.journal.isAway(false)
        let other = house.ask(proposal("1", "deploy"), in: "other")
        #expect(other?.workflow?.step("1")?.item?.number == 2)
        #expect(house.state()?.step("1")?.item?.number == 1)
    }

    @Test func `a halt that got there in doubt holds`() throws {
        var house = try House()
        house.journal.next(.appliedThenAway)
        let halt = Submission.Request.command(.halt(.everything, reason: "stop"))
        #expect(house.ask(halt, in: Workflow.control, by: .ann)?.isUnavailable == true)
        house.journal.isAway(false)
        guard case .halted = house.ask(proposal("1", "note"))?.refusal else {
            Issue.record("not halted")
            return
        }
    }

    @Test func `who loses a race decides again on what is there`() throws {
        let journal = ScriptedJournal()
        var first = try House(journal: journal)
        var second = try House(journal: journal)
        _ = first.ask(proposal("1", "deploy"))
        _ = second.ask(proposal("2", "deploy"))
        let answer = first.ask(proposal("3", "deploy"))

        #expect(answer?.workflow?.steps.map(\.id) == ["1", "2", "3"])
        #expect(try first.folded() == answer?.workflow)
        // A decision that lost is told the one that won.
        let approve = second.draft("1", .approve)
        let reject = first.draft("1", .reject)
        _ = second.ask(.command(.review(approve)), by: .ann)
        guard
            case .alreadyDecided(.approved, _) = first.ask(.command(.review(reject)), by: .ben)?
                .refusal
        else {
            Issue.record("two decisions on one item")
            return
        }
    }

    @Test func `a refused command leaves the others of its batch alone`() throws {
        var house = try House()
        let good = house.submission(proposal("1", "note"))
        let bad = house.submission(.command(.collect("9")))
        let effects = house.process([good, bad])
        #expect(effects.answers[1]?.workflow?.steps.count == 1)
        #expect(effects.answers[2]?.refusal == .unknownStep("9"))
    }
}

extension House {
    mutating func permit(_ step: String, in workflow: WorkflowKey = "wf") -> String {
        state(workflow)?.step(StepID(step))?.permit?.id ?? ""
    }

    @Test func `two writers never give one number to two items`() throws {
        let journal = ScriptedJournal()
        var first = try House(journal: journal)
        var second = try House(journal: journal)

        let one = first.ask(proposal("1", "change"), in: "a")?.workflow?.step("1")?.item?.number
        let two = second.ask(proposal("1", "change"), in: "b")?.workflow?.step("1")?.item?.number

        #expect(one == 1)
        #expect(two == 2)
        #expect(try journal.item(number: 1)?.workflow == WorkflowKey("a"))
        #expect(try journal.item(number: 2)?.workflow == WorkflowKey("b"))
    }
}
