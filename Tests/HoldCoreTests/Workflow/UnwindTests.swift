import TestAccounts
import Testing

@testable import HoldCore

/// What a rejection undoes and withdraws, in which order, and what holds meanwhile.
struct UnwindTests {
    private var scene = Scene()

    private mutating func ran(
        _ step: StepID,
        _ action: String,
        dependsOn: [StepID] = []
    ) throws {
        try scene.propose(step, action, dependsOn: dependsOn)
        try scene.finish(step)
    }

    @Test mutating func `a rejection undoes the steps that depend on it, newest first`() throws {
        try ran("0", "note")
        try ran("1", "deploy")
        try ran("2", "note")
        try ran("3", "note")
        let events = try scene.review("1", .reject)
        #expect(
            events.map(\.name) == [
                "item_reviewed", "item_decided", "unwind_planned", "undo_started",
            ]
        )
        #expect(scene.workflow.chain.plan == ["3", "2", "1"])
        for step: StepID in ["3", "2", "1"] {
            #expect(scene.link(step) == .undoStarted)
            #expect(scene.workflow.steps.filter { $0.link.state == .undoStarted }.count == 1)
            try scene.report(step)
        }
        #expect(scene.workflow.phase == .rolledBack && scene.link("0") == .recorded)
    }

    @Test mutating func `a timeout undoes like a rejection`() throws {
        try ran("1", "deploy")
        scene.live(Span(minutes: 15))
        #expect(scene.state("1") == .timeout && scene.link("1") == .undoStarted)
    }

    @Test mutating func `an approval leaves everything as it is`() throws {
        try ran("1", "deploy")
        try ran("2", "note")
        try scene.review("1", .approve)
        #expect(scene.workflow.phase == .idle && scene.workflow.depth == 0)
    }

    @Test
    mutating func `what the manifest declares independent stays, what an agent declares goes`()
        throws
    {
        try ran("1", "deploy")
        try ran("2", "apart")
        try ran("3", "apart", dependsOn: ["1"])
        #expect(scene.workflow.unwindSet(rejecting: "1") == ["3", "1"])
        try scene.review("1", .reject)
        #expect(scene.workflow.chain.plan == ["3", "1"])
        #expect(scene.state("2") == .pendingReview && scene.state("3") == .withdrawn)
    }

    @Test mutating func `a declared step's dependencies count as they are when the step begins`()
        throws
    {
        // 2 waits for its approval; meanwhile 3 declares 2, and 1 is put up for review.
        try scene.propose("2", "change")
        try ran("1", "deploy")
        scene.manifest.add("late") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced("destroy")
            $0.independentOf = Sourced(["deploy"])
        }
        try scene.propose("3", "late", dependsOn: ["2"])
        try scene.review("2", .approve)
        try scene.send(.collect("2"))
        try scene.finish("2")
        try scene.review("3", .approve)
        try scene.send(.collect("3"))
        #expect(scene.workflow.step("2")?.deps.contains("1") == true)
        #expect(scene.workflow.step("3")?.deps.contains("1") == true)
    }

    @Test mutating func `dependents are withdrawn with the decision, along the whole line`() throws
    {
        try scene.propose("1", "change")
        try scene.propose("2", "change", dependsOn: ["1"])
        try scene.propose("3", "change", dependsOn: ["2"])
        try scene.propose("4", "note", dependsOn: ["3"])
        try scene.review("1", .reject)
        #expect(scene.state("2") == .withdrawn && scene.state("3") == .withdrawn)
        #expect(scene.workflow.standing(of: "4") != .waits)
        #expect(refusal { try scene.review("2", .approve, by: .ben) } == nil)
        #expect(
            scene.state("2") == .withdrawn
                && scene.workflow.step("2")?.item?.decision?.reviewedBy == nil
        )
    }

    @Test mutating func `an item proposed before the rejected one is not withdrawn`() throws {
        try scene.propose("1", "change")
        try ran("2", "deploy")
        try scene.review("2", .reject)
        #expect(scene.state("1") == .pendingReview)
    }

    @Test mutating func `an agent that withdraws takes nothing that runs from under review`() throws
    {
        try scene.propose("1", "change")
        try ran("2", "deploy")
        try scene.send(.withdraw("1", reason: "changed my mind"))
        #expect(scene.state("1") == .withdrawn && scene.state("2") == .pendingReview)
        #expect(refusal { try scene.send(.withdraw("2", reason: "sneaky")) }?.word == "conflict")
        try scene.review("2", .reject)
        #expect(scene.link("2") == .undoStarted)
    }

    @Test mutating func `withdrawing twice is once, and a decided item stays`() throws {
        try scene.propose("1", "change")
        try scene.send(.withdraw("1", reason: "no"))
        #expect(try scene.send(.withdraw("1", reason: "no")).isEmpty)
        try scene.propose("2", "change")
        try scene.review("2", .approve)
        #expect(refusal { try scene.send(.withdraw("2", reason: "no")) }?.word == "already_decided")
        try scene.propose("3", "note")
        #expect(refusal { try scene.send(.withdraw("3", reason: "no")) }?.word == "conflict")
        try scene.propose("4", "deploy")
        try scene.finish("4", .notStarted)
        try scene.send(.withdraw("4", reason: "never ran"))
        #expect(scene.state("4") == .withdrawn)
    }

    @Test mutating func `nothing begins while unwinding, and goes on afterwards`() throws {
        try scene.propose("1", "change")
        try ran("2", "deploy")
        try scene.review("2", .reject)
        #expect(refusal { try scene.propose("3", "note") } == .unwinding(.unwinding))
        try scene.review("1", .approve)
        try scene.send(.collect("1"))
        #expect(!scene.began("1"))
        #expect(refusal { try scene.send(.finishWorkflow(outcome: "x")) } == .unwinding(.unwinding))

        try scene.report("2")
        try scene.send(.collect("1"))
        #expect(scene.began("1"))
    }

    @Test mutating func `a second rejection extends the plan, and what has begun ends first`()
        throws
    {
        try ran("1", "deploy")
        try ran("2", "apart")
        try scene.review("1", .reject)
        #expect(scene.link("1") == .undoStarted)
        try scene.review("2", .reject)
        #expect(
            scene.workflow.chain.plan == ["2", "1"] && scene.workflow.chain.causes == ["1", "2"]
        )
        #expect(scene.link("2") == .recorded && scene.workflow.head == "1")

        try scene.report("1", .unreachable("away"))
        #expect(scene.link("2") == .recorded)
        scene.live(Span(minutes: 1))
        try scene.report("1")
        #expect(scene.link("2") == .undoStarted)
        try scene.report("2")
        #expect(scene.workflow.phase == .rolledBack)
    }

    @Test mutating func `a second rejection puts newer links before those not begun`() throws {
        try ran("1", "deploy")
        try ran("2", "note")
        try ran("3", "apart")
        try scene.review("1", .reject)
        #expect(scene.workflow.head == "2" && scene.workflow.chain.plan == ["2", "1"])
        try scene.review("3", .reject)
        try scene.report("2")
        #expect(scene.link("3") == .undoStarted && scene.link("1") == .recorded)
    }

    @Test mutating func `a step in flight is waited for until its report`() throws {
        try ran("1", "deploy")
        try scene.propose("2", "note")
        try scene.review("1", .reject)
        #expect(scene.workflow.phase == .quiescing && scene.link("2") == .recorded)
        try scene.finish("2", .failed)
        #expect(scene.workflow.phase == .unwinding && scene.link("2") == .undoStarted)
        #expect(scene.workflow.step("2")?.link.isInDoubt == true)
    }

    @Test mutating func `a step in flight is waited for until its lease ends`() throws {
        try scene.propose("1", "deploy")
        try scene.review("1", .reject)
        let end = scene.workflow.step("1")?.permit?.validUntil ?? .noon
        scene.live(Span(milliseconds: end.milliseconds - scene.now.milliseconds - 1))
        #expect(scene.link("1") == .recorded)
        scene.live(Span(milliseconds: 1))
        #expect(scene.link("1") == .undoStarted)
        #expect(scene.workflow.step("1")?.link.isInDoubt == true)
    }

    @Test mutating func `a person need not wait for a step in flight`() throws {
        try scene.propose("1", "deploy")
        try scene.review("1", .reject)
        try scene.send(.retryUndo("1", reason: "the agent is dead"), by: .ann)
        #expect(scene.link("1") == .undoStarted)
        #expect(scene.workflow.step("1")?.link.isInDoubt == true)
    }

    @Test mutating func `what never started needs no undo`() throws {
        try scene.propose("1", "deploy")
        try scene.review("1", .reject)
        try scene.finish("1", .notStarted)
        #expect(scene.link("1") == .undone && scene.workflow.phase == .rolledBack)
        #expect(!scene.journal.contains { $0.event.name == "undo_started" })
    }

    @Test mutating func `a rejection before anything ran undoes nothing`() throws {
        try scene.propose("1", "change")
        try scene.review("1", .reject)
        #expect(scene.workflow.phase == .idle)
        try scene.propose("2", "note")
        #expect(scene.began("2"))
    }

    @Test mutating func `nothing can depend on what is dead`() throws {
        try scene.propose("1", "change")
        try scene.review("1", .reject)
        #expect(refusal { try scene.propose("2", "note", dependsOn: ["1"]) }?.word == "invalid")
        #expect(refusal { try scene.propose("2", "note", dependsOn: ["9"]) }?.word == "invalid")
    }

    @Test func `nothing can be proposed on a dead branch, not even through a step that only read`()
        throws
    {
        var scene = Scene()
        try scene.propose("1", "change")
        try scene.propose("2", "read")
        try scene.finish("2")
        try scene.review("1", .reject)

        let refused = refusal { try scene.propose("3", "note", dependsOn: ["2"]) }

        #expect(refused?.word == "invalid")
        try scene.propose("3", "note")
        #expect(scene.workflow.step("3")?.permit != nil)
    }
}
