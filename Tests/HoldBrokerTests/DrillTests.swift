import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Drills in the one writer: the record, the proof, what is run and who is told.
struct DrillTests {
    private static var manifest: Manifest {
        var manifest = Manifest.sample
        manifest.operations["destroy"]?.drill = ["create"]
        manifest.actions["deploy"]?.settings.undoDrillDays = Sourced(30)
        return manifest
    }

    private static let start = Submission.Request.command(.startDrill("destroy"))

    private func house(_ journal: ScriptedJournal = ScriptedJournal()) throws -> House {
        try House(journal: journal, manifest: DrillTests.manifest)
    }

    private func report(
        _ call: UndoCall,
        _ report: UndoReport = .done(.undone, detail: nil)
    ) -> Submission {
        Submission(
            ticket: nil,
            workflow: Workflow.control,
            party: .service,
            request: .command(.reportDrill(key: call.key, report, isLost: call.isInDoubt))
        )
    }

    /// Starts a drill and gives what is to be run.
    private func begin(in house: inout House) throws -> UndoCall {
        let effects = house.process([house.submission(DrillTests.start, in: control, by: .ann)])
        return try #require(effects.drills.first)
    }

    private let control = Workflow.control

    @Test func `an unproven undo blocks until a drill passes`() throws {
        var house = try house()
        _ = house.ask(proposal("1", "deploy"), in: "before")
        #expect(house.state("before")?.step("1")?.reasons == [.undoUnproven])
        #expect(house.state("before")?.step("1")?.mode == .sync)

        let call = try begin(in: &house)
        _ = house.ask(proposal("1", "deploy"), in: "during")
        #expect(house.state("during")?.step("1")?.mode == .sync)
        _ = house.process([report(call)])

        _ = house.ask(proposal("1", "deploy"), in: "after")
        #expect(house.state("after")?.step("1")?.mode == .async)
        #expect(try house.journal.proofs() == ["destroy": house.now])
    }

    @Test func `a failed drill proves nothing`() throws {
        var house = try house()
        let call = try begin(in: &house)
        _ = house.process([report(call, .failed("no quota"))])
        _ = house.ask(proposal("1", "deploy"))
        #expect(house.state()?.step("1")?.mode == .sync)
        #expect(try house.journal.proofs().isEmpty)
        #expect(house.broker.drills["destroy"]?.failures == 1)
    }

    @Test func `a drill is called under a name and a key that no agent's step can have`() throws {
        var house = try house()
        let call = try begin(in: &house)
        #expect(call.workflow == Workflow.drill && call.isDrill && !call.isInDoubt)
        #expect(call.key.hasSuffix("#drill") && call.arguments == [:])
        let answer = house.ask(proposal("1", "deploy"), in: Workflow.drill)
        #expect(answer?.refusal?.isForbidden == true)
    }

    @Test func `nothing is run before the start is durable`() throws {
        var house = try house()
        house.journal.next(.refused)
        let refused = house.process([house.submission(DrillTests.start, in: control, by: .ann)])
        #expect(refused.drills.isEmpty && refused.answers.values.first?.isUnavailable == true)
        #expect(house.broker.drills.isEmpty)
    }

    @Test func `a drill whose start turns out to be durable is run then`() throws {
        var house = try house()
        house.journal.next(.appliedThenAway)
        let doubtful = house.process([house.submission(DrillTests.start, in: control, by: .ann)])
        #expect(doubtful.drills.isEmpty)

        house.journal.isAway(false)
        let effects = house.broker.passTime(at: house.now)

        #expect(effects.drills.count == 1)
        #expect(effects.drills.first?.isInDoubt == false)
    }

    @Test func `a report that the store could not take is kept until it can`() throws {
        var house = try house()
        let call = try begin(in: &house)
        house.journal.next(.refused)
        _ = house.process([report(call)])
        #expect(house.broker.drills["destroy"]?.running != nil)

        house.now = house.now + Span(seconds: 1)
        _ = house.broker.passTime(at: house.now)

        #expect(house.broker.drills["destroy"]?.last?.error == nil)
        #expect(house.broker.drills["destroy"]?.running == nil)
    }

    @Test func `a restart only takes back what the drill may have done, and it is due again`()
        throws
    {
        var first = try house()
        let call = try begin(in: &first)

        var second = try house(first.journal)
        let effects = try second.broker.resume(at: second.now)

        let doubtful = try #require(effects.drills.first)
        #expect(doubtful.key == call.key && doubtful.isInDoubt)
        _ = second.process([report(doubtful)])
        #expect(try second.journal.proofs().isEmpty)
        let plan = second.broker.manifest.drillPlan(
            provenAt: second.broker.provenAt,
            drills: second.broker.drills,
            at: second.now
        )
        #expect(plan.due == ["destroy"])
        #expect(try begin(in: &second).key != call.key)
    }

    @Test func `who waits for a drill is answered with its outcome, once that is durable`() throws {
        var house = try house()
        let call = try begin(in: &house)
        let waiting = house.submission(.awaitDrill(call.key), in: control, by: .ann)
        #expect(house.process([waiting]).answers.isEmpty)

        let answers = house.process([report(call)]).answers

        let answer = waiting.ticket.flatMap { answers[$0.number] }
        let outcome = answer?.workflow?.drills["destroy"]?.last
        #expect(outcome?.key == call.key && outcome?.endedAt == house.now)
    }

    @Test func `what the journal tells of drills is what the broker knows`() throws {
        var house = try house()
        let call = try begin(in: &house)
        _ = house.process([report(call, .failed("no"))])
        _ = try begin(in: &house)
        #expect(try house.folded(control).drills == house.broker.drills)
    }
}

extension [Effect] {
    var drills: [UndoCall] {
        compactMap {
            guard case .runDrill(let call) = $0 else { return nil }
            return call
        }
    }
}
