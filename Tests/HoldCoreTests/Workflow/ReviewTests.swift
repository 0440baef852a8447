import TestAccounts
import Testing

@testable import HoldCore

/// The gate of one item: who may decide, what counts, and what a decision is bound to.
struct ReviewTests {
    private var scene = Scene()

    private mutating func pending(_ change: (inout ActionSettings) -> Void = { _ in }) throws {
        scene.manifest.set("change", change)
        try scene.propose("1", "change")
    }

    @Test mutating func `one approval decides, and says who and when`() throws {
        try pending()
        scene.wait(Span(seconds: 3))
        try scene.review("1", .approve)

        let decision = scene.workflow.step("1")?.item?.decision
        #expect(scene.state("1") == .approved)
        #expect(decision?.reviewedBy == "ann" && decision?.reviewedAt == scene.now)
        #expect(decision?.tier == "primary" && decision?.modified == false)
    }

    @Test mutating func `two approvals are two people's`() throws {
        try pending { $0.approvals = Sourced(2) }
        try scene.review("1", .approve)
        #expect(scene.state("1") == .pendingReview)
        #expect(refusal { try scene.review("1", .approve) }?.word == "conflict")
        #expect(scene.state("1") == .pendingReview)

        try scene.review("1", .approve, by: .ben)
        #expect(scene.state("1") == .approved)
        #expect(scene.workflow.step("1")?.item?.decision?.reviewedBy == "ben")
    }

    @Test mutating func `one rejection is enough, also after one's own approval`() throws {
        try pending { $0.approvals = Sourced(2) }
        try scene.review("1", .approve)
        try scene.review("1", .reject)
        #expect(scene.state("1") == .rejected)
    }

    @Test mutating func `a rejection needs a reason`() throws {
        try pending()
        #expect(refusal { try scene.review("1", .reject, reason: nil) } == .reasonRequired)
        #expect(refusal { try scene.review("1", .reject, reason: " \n") } == .reasonRequired)
        #expect(scene.state("1") == .pendingReview)
    }

    @Test mutating func `nobody decides on what they asked for, and no agent decides`() throws {
        try pending()
        #expect(refusal { try scene.review("1", .approve, by: .botsOwner) }?.word == "forbidden")
        #expect(refusal { try scene.review("1", .reject, by: .botsOwner) }?.word == "forbidden")
        let draft = ReviewDraft(
            step: "1",
            verdict: .approve,
            digest: scene.workflow.step("1")?.digest ?? .none
        )
        #expect(refusal { try scene.send(.review(draft), by: .bot) }?.word == "forbidden")
        #expect(refusal { try scene.send(.review(draft), by: .service) }?.word == "forbidden")
        #expect(scene.state("1") == .pendingReview)
    }

    @Test mutating func `in single-user mode one decides on one's own, and the item says so`()
        throws
    {
        scene.separation = .none
        try pending()
        #expect(scene.workflow.step("1")?.item?.policy.separation == Separation.none)
        try scene.review("1", .approve, by: .botsOwner)
        #expect(scene.state("1") == .approved)
    }

    @Test mutating func `only the tiers asked so far decide`() throws {
        try pending()
        #expect(refusal { try scene.review("1", .approve, by: .eve) }?.word == "forbidden")
        #expect(refusal { try scene.review("1", .approve, by: .cara) }?.word == "forbidden")
        try scene.send(.escalate("1", reason: nil), by: .ann)
        try scene.review("1", .approve, by: .cara)
        #expect(scene.state("1") == .approved)
    }

    @Test mutating func `a decision on other content than the current one is stale`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        let seen = scene.workflow.step("1")?.digest
        try scene.review("1", .modify, arguments: ["a": 2])
        let current = scene.workflow.step("1")?.digest ?? .none
        for verdict in [Review.Verdict.approve, .reject] {
            #expect(
                refusal { try scene.review("1", verdict, by: .ben, digest: seen) }
                    == .stale(current: current)
            )
        }
        #expect(scene.state("1") == .modified)
    }

    @Test mutating func `a confirmation is asked for as the manifest says`() throws {
        try pending { $0.confirm = Sourced(.type) }
        let missing = refusal { try scene.review("1", .approve) }
        #expect(missing == .confirmRequired(.type, expected: "change"))
        #expect(refusal { try scene.review("1", .approve, confirm: "chang") } == missing)
        // An edit that approves is an approval.
        #expect(refusal { try scene.review("1", .modify, arguments: ["a": 2]) } == missing)
        try scene.review("1", .approve, confirm: "change")
        #expect(scene.state("1") == .approved)

        scene.manifest.set("change") { $0.confirm = Sourced(.key) }
        try scene.propose("2", "change")
        #expect(
            refusal { try scene.review("2", .approve, confirm: "") }?.word == "confirm_required"
        )
        try scene.review("2", .approve, confirm: "y")
        #expect(scene.state("2") == .approved)
    }

    @Test mutating func `a rejection needs no confirmation`() throws {
        try pending { $0.confirm = Sourced(.type) }
        try scene.review("1", .reject)
        #expect(scene.state("1") == .rejected)
    }

    @Test mutating func `a late review is kept once a person, and changes nothing`() throws {
        try pending()
        try scene.review("1", .approve)
        let decision = scene.workflow.step("1")?.item?.decision

        let late = try scene.review("1", .reject, by: .ben)
        #expect(late.map(\.name) == ["late_review_noted"])
        let again = refusal { try scene.review("1", .approve, by: .ben) }
        #expect(again == .alreadyDecided(.approved, decision))
        // The one who decided and presses twice, and one whom nobody asked, leave no trace.
        #expect(refusal { try scene.review("1", .approve) } == .alreadyDecided(.approved, decision))
        #expect(
            refusal { try scene.review("1", .reject, by: .eve) }
                == .alreadyDecided(.approved, decision)
        )
        #expect(scene.workflow.step("1")?.item?.lateReviews.count == 1)
        #expect(scene.workflow.step("1")?.item?.decision == decision)
    }

    @Test mutating func `what has no item, or is not there, cannot be reviewed`() throws {
        #expect(refusal { try scene.review("1", .approve) } == .unknownWorkflow("wf"))
        try scene.propose("1", "note")
        #expect(refusal { try scene.review("1", .approve) } == .unknownItem("1"))
        #expect(refusal { try scene.review("2", .approve) } == .unknownStep("2"))
    }
}

extension Digest {
    /// Nobody's.
    static let none = Digest(of: [UInt8]())
}
