import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Claims, snoozes and notes through commits, restarts and a failing store.
struct CourtesyTests {
    @Test func `a restart keeps what people told each other, and what has ended since is over`()
        throws
    {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        _ = house.ask(.command(.claim("1", Span(minutes: 3))), by: .ann)
        _ = house.ask(.command(.snooze("1", Span(minutes: 1))), by: .ben)
        _ = house.ask(.command(.note("1", "look at the index")), by: .ann)

        var restarted = try House(journal: house.journal)
        restarted.now = house.now + Span(minutes: 2)
        _ = try restarted.broker.resume(at: restarted.now)
        let item = try #require(restarted.state()?.step("1")?.item)
        #expect(item.claim(at: restarted.now)?.by == "ann")
        #expect(item.snooze(of: 2, at: restarted.now) == nil)
        #expect(item.notes.map(\.text) == ["look at the index"])
        #expect(restarted.state() == (try house.folded()))
        restarted.now = restarted.now + Span(minutes: 1)
        let taken = restarted.ask(.command(.claim("1", nil)), by: .ben)?.workflow
        #expect(taken?.step("1")?.item?.claim?.by == "ben")
    }

    @Test func `nothing falls due when a claim or a snooze ends`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        let wake = house.state()?.wakes.first?.at
        let asked = house.submission(.command(.claim("1", Span(seconds: 5))), by: .ann)
        let effects = house.process([asked])
        #expect(effects.publications.count == 1)
        #expect(house.state()?.wakes.first?.at == wake)
        _ = house.ask(.command(.snooze("1", Span(seconds: 5))), by: .ben)
        house.now = house.now + Span(seconds: 5)
        let appends = house.journal.appends
        let later = house.broker.passTime(at: house.now)
        #expect(later.publications.isEmpty && house.journal.appends == appends)
        #expect(later.wake == wake)
    }

    @Test func `the queue's projection says who holds what, and forgets it with the decision`()
        throws
    {
        var house = try House()
        for step in ["1", "2"] { _ = house.ask(proposal(step, "change")) }
        _ = house.ask(.command(.claim("1", nil)), by: .ann)
        _ = house.ask(.command(.snooze("2", Span(minutes: 1))), by: .ann)
        func shown(to viewer: UInt32) throws -> [StepID] {
            try house.journal.queue(QueueQuery(sort: .age, now: house.now, viewer: viewer))
                .entries.map(\.item.step)
        }
        #expect(try shown(to: 1) == [StepID("1")])
        #expect(try shown(to: 2) == [StepID("1"), StepID("2")])
        let courtesies = try house.journal.courtesies(at: house.now, limit: 9)
        #expect(courtesies.claimed.map(\.item.claim?.by) == ["ann"])
        #expect(courtesies.snoozed.map(\.entry.item.step) == [StepID("2")])

        _ = house.ask(house.approval("1"), by: .ben)
        _ = house.ask(house.approval("2"), by: .ben)
        let after = try house.journal.courtesies(at: house.now, limit: 9)
        #expect(after.claimedTotal == 0 && after.snoozedTotal == 0)
    }

    @Test func `nobody is told of a claim that the store did not take`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "change"))
        house.journal.next(.refused)
        guard case .unavailable = house.ask(.command(.claim("1", nil)), by: .ann) else {
            Issue.record("told although nothing was written")
            return
        }
        #expect(house.state()?.step("1")?.item?.claim == nil)
        #expect(house.ask(.command(.claim("1", nil)), by: .ann)?.workflow != nil)
    }

    @Test func `a shift's note outlives the service, and has no workflow's row`() throws {
        var house = try House()
        let said = Submission.Request.command(.noteShift("4826 waits for the owner"))
        _ = house.ask(said, in: Workflow.control, by: .ann)
        var restarted = try House(journal: house.journal)
        let control = restarted.ask(.peek, in: Workflow.control, by: .ben)?.workflow
        #expect(control?.shiftNotes.map(\.by) == ["ann"])
        #expect(try house.journal.workflows(WorkflowQuery()).rows.isEmpty)
    }
}
