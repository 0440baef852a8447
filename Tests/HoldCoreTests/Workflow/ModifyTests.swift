import TestAccounts
import Testing

@testable import HoldCore

/// Edits of the arguments by a reviewer.
struct ModifyTests {
    private var scene = Scene()

    private mutating func pending(_ change: (inout ActionSettings) -> Void) throws {
        scene.manifest.set("change", change)
        try scene.propose("1", "change", ["a": 1])
    }

    @Test mutating func `a direct edit approves the new arguments, and the permit carries them`()
        throws
    {
        try pending { $0.modify = Sourced(.direct) }
        let old = scene.workflow.step("1")?.digest
        try scene.review("1", .modify, arguments: ["a": 2])
        try scene.send(.collect("1"))

        let step = scene.workflow.step("1")
        #expect(step?.item?.state == .approved && step?.item?.decision?.modified == true)
        #expect(step?.arguments == ["a": 2] && step?.undo?.arguments == ["a": 2])
        #expect(step?.digest != old && step?.permit?.digest == step?.digest)
        #expect(step?.item?.decision?.digest == step?.digest)
    }

    @Test mutating func `an edit counts once where two must approve`() throws {
        try pending {
            $0.modify = Sourced(.direct)
            $0.approvals = Sourced(2)
        }
        // An approval of the old arguments is none of the new ones.
        try scene.review("1", .approve, by: .ben)
        try scene.review("1", .modify, arguments: ["a": 2])
        #expect(scene.state("1") == .modified)
        try scene.review("1", .approve, by: .ben)
        #expect(scene.state("1") == .approved)
    }

    @Test mutating func `where another must approve, who edited cannot`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.review("1", .modify, arguments: ["a": 2])
        #expect(scene.state("1") == .modified)
        #expect(refusal { try scene.review("1", .approve) }?.word == "forbidden")
        try scene.review("1", .approve, by: .ben)
        #expect(scene.state("1") == .approved)
        #expect(scene.workflow.step("1")?.item?.decision?.modified == true)
    }

    @Test mutating func `an edited item may be rejected, by its editor too`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.review("1", .modify, arguments: ["a": 2])
        try scene.review("1", .reject)
        #expect(scene.state("1") == .rejected)
    }

    @Test mutating func `an edit is refused where it makes no sense`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        #expect(refusal { try scene.review("1", .modify, arguments: nil) }?.word == "invalid")
        #expect(refusal { try scene.review("1", .modify, arguments: ["a": 1]) }?.word == "conflict")
        #expect(
            refusal { try scene.review("1", .modify, reason: nil, arguments: ["a": 2]) }
                == .reasonRequired
        )
        try scene.review("1", .modify, arguments: ["a": 2])
        #expect(refusal { try scene.review("1", .modify, arguments: ["a": 3]) }?.word == "conflict")

        scene.manifest.set("change") { $0.modify = Sourced(.forbid) }
        try scene.propose("2", "change")
        #expect(
            refusal { try scene.review("2", .modify, arguments: ["a": 2]) }?.word == "forbidden"
        )
        #expect(scene.state("2") == .pendingReview)
    }

    @Test mutating func `what runs already is not edited`() throws {
        try scene.propose("1", "deploy")
        #expect(scene.began("1"))
        #expect(refusal { try scene.review("1", .modify, arguments: ["a": 2]) }?.word == "conflict")
    }

    @Test mutating func `an edit never comes out looser, and takes on what is stricter`() throws {
        let big = Manifest.rule("big", when: .test(path: .arguments(["a"]), .greater(10))) {
            $0.approvals = Sourced(2)
            $0.modify = Sourced(.reapprove)
            $0.undoOperation = Sourced(nil)
        }
        let small = Manifest.rule("small", when: .test(path: .arguments(["a"]), .less(5))) {
            $0.approvalRequired = Sourced(false)
            $0.confirm = Sourced(.none)
        }
        scene.manifest.add("pay", rules: [big, small]) {
            $0.undoOperation = Sourced("erase")
            $0.confirm = Sourced(.key)
        }
        try scene.propose("1", "pay", ["a": 7])
        try scene.review("1", .modify, arguments: ["a": 20])
        let edited = scene.workflow.step("1")
        #expect(edited?.item?.state == .modified && edited?.item?.approvalsNeeded == 2)
        #expect(edited?.undo == nil && edited?.item?.policy.riskClass == .irreversible)

        try scene.propose("2", "pay", ["a": 7])
        #expect(
            refusal { try scene.review("2", .modify, arguments: ["a": 1]) }
                == .confirmRequired(.key, expected: "y")
        )
        try scene.review("2", .modify, arguments: ["a": 1], confirm: "y")
        #expect(scene.state("2") == .approved)
    }

    @Test mutating func `an edit gains no undo`() throws {
        let safe = Manifest.rule("safe", when: .test(path: .arguments(["a"]), .less(5))) {
            $0.undoOperation = Sourced("erase")
        }
        scene.manifest.add("pay", rules: [safe]) { $0.undoOperation = Sourced(nil) }
        try scene.propose("1", "pay", ["a": 7])
        try scene.review("1", .modify, arguments: ["a": 1])
        #expect(scene.workflow.step("1")?.undo == nil)
    }

    @Test mutating func `arguments that ask for other people are not edited in by these`() throws {
        let big = Manifest.rule("big", when: .test(path: .arguments(["a"]), .greater(10))) {
            $0.escalation = Sourced([TierSpec(role: "dba")])
        }
        scene.manifest.add("pay", rules: [big]) { $0.undoOperation = Sourced("erase") }
        try scene.propose("1", "pay", ["a": 7])
        #expect(
            refusal { try scene.review("1", .modify, arguments: ["a": 20]) }?.word == "conflict"
        )
        #expect(scene.state("1") == .pendingReview)
    }

    @Test mutating func `an undo with arguments of its own keeps them`() throws {
        try scene.propose("1", "change", ["a": 1], undo: Proposal.Undo(arguments: ["id": 7]))
        try scene.review("1", .modify, arguments: ["a": 2])
        #expect(scene.workflow.step("1")?.undo?.arguments == ["id": 7])
    }
}
