import TestAccounts
import Testing

@testable import HoldCore

/// Permits: when a step may begin, what it is given, and how it is reported.
struct PermitTests {
    private var scene = Scene()

    private var depth: Int { scene.workflow.depth }

    @Test mutating func `a step and its undo are recorded before its permit is given`() throws {
        let events = try scene.propose("1", "note")
        #expect(events.map(\.name) == ["workflow_opened", "step_proposed", "step_began"])
        guard case .stepProposed(let proposed) = events[1] else { return }
        #expect(proposed.undo?.operation == "erase")
    }

    @Test mutating func `a null is nothing, in the state as in the record`() throws {
        try scene.send(.openWorkflow(title: "t", labels: .null))
        try scene.propose("1", "note", undo: Proposal.Undo(arguments: .null))
        try scene.finish("1", result: .null, undo: .null)

        #expect(try scene.send(.openWorkflow(title: "t", labels: .null)).isEmpty)
        #expect(scene.workflow.labels == nil && scene.workflow.step("1")?.result == nil)
        #expect(scene.workflow.step("1")?.undo?.arguments == ["a": 1])
        #expect(try scene.refolded() == scene.workflow)
    }

    @Test mutating func `async begins at once, sync only when approved`() throws {
        try scene.propose("1", "deploy")
        try scene.propose("2", "change")
        #expect(scene.began("1") && !scene.began("2"))
        #expect(try scene.send(.collect("2")).isEmpty)
        try scene.review("2", .approve)
        try scene.send(.collect("2"))
        #expect(scene.began("2"))
    }

    @Test mutating func `a step without an undo begins only when nothing is pending`() throws {
        try scene.propose("1", "deploy")
        try scene.propose("2", "mail")
        #expect(!scene.began("2"))
        let step = scene.workflow.steps[1]
        #expect(scene.workflow.obstacles(to: step) == [.irreversibleBarrier])
        #expect(scene.workflow.waitsFor(step) == ["1"])

        try scene.review("1", .approve)
        try scene.send(.collect("2"))
        #expect(scene.began("2"))
    }

    @Test mutating func `an approved step without an undo still waits for the others`() throws {
        try scene.propose("1", "deploy")
        try scene.propose("2", "wipe")
        try scene.review("2", .approve)
        try scene.send(.collect("2"))
        #expect(!scene.began("2"))
        try scene.review("1", .approve)
        try scene.send(.collect("2"))
        #expect(scene.began("2"))
    }

    @Test mutating func `a sampled run holds back what cannot be undone`() throws {
        scene.manifest.set("note") { $0.sample = Sourced(1) }
        try scene.propose("1", "note")
        #expect(scene.began("1") && scene.state("1") == .pendingReview && depth == 1)
        try scene.propose("2", "mail")
        #expect(!scene.began("2"))
    }

    @Test mutating func `sampling draws the same for the same step, and follows its share`() throws
    {
        scene.manifest.set("note") { $0.sample = Sourced(0.3) }
        scene.manifest.defaults.maxAsyncDepth = Sourced(1000)
        for step in 0..<200 { try scene.propose(StepID("n\(step)"), "note") }
        let drawn = scene.workflow.pendingItems
        #expect((30...90).contains(drawn.count))

        var again = Scene()
        again.manifest = scene.manifest
        for step in 0..<200 { try again.propose(StepID("n\(step)"), "note") }
        #expect(again.workflow.pendingItems == drawn)
    }

    @Test mutating func `the depth never exceeds its limit, and who waits goes on when it falls`()
        throws
    {
        scene.manifest.defaults.maxAsyncDepth = Sourced(2)
        try scene.propose("1", "deploy")
        try scene.propose("2", "note")
        #expect(depth == 2)
        try scene.propose("3", "note")
        try scene.propose("4", "deploy")
        #expect(!scene.began("3") && scene.workflow.step("4")?.mode == .sync && depth == 2)
        #expect(scene.workflow.waitsFor(scene.workflow.steps[2]) == ["1", "4"])

        // Reads never wait.
        try scene.propose("5", "read")
        #expect(scene.began("5") && depth == 2)

        try scene.review("1", .approve)
        try scene.send(.collect("3"))
        #expect(scene.began("3") && depth == 1)
    }

    @Test mutating func `what never started is not exposed`() throws {
        try scene.propose("1", "deploy")
        try scene.finish("1", .notStarted)
        #expect(depth == 0)
        #expect(scene.workflow.unwindSet(rejecting: "1") == [])
    }

    @Test mutating func `the permit is given once, and a repeated proposal is answered alike`()
        throws
    {
        try scene.propose("1", "deploy", ["a": 1])
        let workflow = scene.workflow
        #expect(try scene.propose("1", "deploy", ["a": 1]).isEmpty)
        #expect(scene.workflow == workflow)
    }

    @Test mutating func `the same id with other content is a conflict`() throws {
        try scene.propose("0", "read")
        try scene.propose("1", "deploy", ["a": 1], undo: Proposal.Undo(arguments: ["x": 1]))
        let same = Proposal.Undo(arguments: ["x": 1])
        let other = Proposal.Undo(arguments: ["x": 2])
        func word(_ body: (inout Scene) throws -> Void) -> String? {
            var copy = scene
            return refusal { try body(&copy) }?.word
        }
        #expect(word { try $0.propose("1", "deploy", ["a": 1], undo: same) } == nil)
        #expect(word { try $0.propose("1", "deploy", ["a": 1], undo: other) } == "conflict")
        #expect(word { try $0.propose("1", "deploy", ["a": 1]) } == "conflict")
        #expect(word { try $0.propose("1", "deploy", ["a": 2], undo: same) } == "conflict")
        #expect(word { try $0.propose("1", "note", ["a": 1], undo: same) } == "conflict")
        #expect(word { try $0.propose("1", "deploy", ["a": 1], risk: 0, undo: same) } == "conflict")
        #expect(
            word { try $0.propose("1", "deploy", ["a": 1], dependsOn: ["0"], undo: same) }
                == "conflict"
        )
    }

    @Test mutating func `a repeated proposal means the same under another manifest`() throws {
        try scene.propose("1", "deploy", ["a": 1, "password": "x"])
        scene.manifest.actions["deploy"] = nil
        scene.manifest.defaults.unlistedAction = Sourced(.refuse)
        #expect(try scene.propose("1", "deploy", ["a": 1, "password": "x"]).isEmpty)
    }

    @Test mutating func `a risk outside 0…1 is refused`() throws {
        for risk in [-0.1, 1.1, .nan, .infinity] {
            #expect(refusal { try scene.propose("1", "note", risk: risk) }?.word == "invalid")
        }
        #expect(scene.workflow.version == 0)
    }

    @Test mutating func `an undo that the manifest does not name is refused`() throws {
        let undo = Proposal.Undo(operation: "format-disk")
        #expect(refusal { try scene.propose("1", "deploy", undo: undo) }?.word == "invalid")
        #expect(refusal { try scene.propose("1", "mail", undo: undo) }?.word == "invalid")
    }

    @Test mutating func `an approval not used in time is void`() throws {
        scene.manifest.set("change") { $0.runWithin = Sourced(Span(minutes: 1)) }
        try scene.propose("1", "change")
        try scene.propose("2", "change")
        try scene.review("1", .approve)
        try scene.review("2", .approve)
        scene.wait(Span(milliseconds: 59_999))
        try scene.send(.collect("1"))
        #expect(scene.workflow.step("1")?.permit?.validUntil == .noon + Span(minutes: 1))

        scene.wait(Span(milliseconds: 1))
        try scene.send(.collect("2"))
        #expect(!scene.began("2") && scene.workflow.standing(of: "2") == .never)
        #expect(scene.state("2") == .approved)
        // The permit that was given is spent now, and its step in doubt.
        #expect(scene.workflow.standing(of: "1") == .ran)
        #expect(scene.workflow.step("1")?.isLeaseOver == true)
    }

    @Test mutating func `a report needs the permit, and is taken once`() throws {
        try scene.propose("1", "note")
        let wrong = StepReport(step: "1", permit: "nonsense", outcome: .succeeded)
        #expect(refusal { try scene.send(.finish(wrong)) }?.word == "conflict")
        try scene.finish("1", .succeeded, result: ["id": 7], undo: ["id": 7])
        #expect(scene.workflow.step("1")?.undo?.arguments == ["id": 7])

        #expect(try scene.finish("1", .succeeded, result: ["id": 7], undo: ["id": 7]).isEmpty)
        #expect(refusal { try scene.finish("1", .failed, result: ["id": 7]) }?.word == "conflict")
        #expect(
            refusal { try scene.finish("1", .succeeded, result: ["id": 8], undo: ["id": 7]) }?.word
                == "conflict"
        )
        #expect(
            refusal { try scene.finish("1", .succeeded, result: ["id": 7], undo: ["id": 8]) }?.word
                == "conflict"
        )
    }

    @Test mutating func `what never got a permit cannot be reported`() throws {
        try scene.propose("1", "change")
        #expect(refusal { try scene.finish("1") } == .mustWait(["1"]))
        try scene.review("1", .reject)
        #expect(refusal { try scene.finish("1") }?.word == "already_decided")
        #expect(refusal { try scene.finish("2") } == .unknownStep("2"))
    }

    @Test mutating func `nothing waits in a workflow that is finished`() throws {
        try scene.propose("1", "deploy")
        #expect(refusal { try scene.send(.finishWorkflow(outcome: "ok")) } == .mustWait(["1"]))
        try scene.review("1", .approve)
        try scene.propose("2", "change")
        try scene.review("2", .approve)
        try scene.send(.finishWorkflow(outcome: "ok"))

        #expect(try scene.send(.finishWorkflow(outcome: "ok")).isEmpty)
        #expect(refusal { try scene.send(.finishWorkflow(outcome: "bad")) }?.word == "conflict")
        #expect(refusal { try scene.propose("3", "note") }?.word == "conflict")
        #expect(scene.workflow.standing(of: "2") == .never)
    }
}
