import TestAccounts
import Testing

@testable import HoldCore

/// Tiers, deadlines, warnings: nothing stalls, and nothing is approved by silence.
struct DeadlineTests {
    private var scene = Scene()
    private let minute = Span(minutes: 1)
    private let instant = Span(milliseconds: 1)

    private mutating func pending() throws {
        scene.manifest.set("change") {
            $0.timeout = Sourced(Span(minutes: 15))
            $0.escalation = Sourced([
                TierSpec(role: "primary", span: Span(minutes: 10)), TierSpec(role: "secondary"),
            ])
        }
        try scene.propose("1", "change")
    }

    private var item: Item? { scene.workflow.step("1")?.item }

    @Test mutating func `a tier's deadline passes to the next tier, the last one's to timeout`()
        throws
    {
        try pending()
        #expect(item?.deadline == .noon + Span(minutes: 10))
        scene.live(Span(minutes: 10))
        #expect(item?.tier.name == "secondary" && item?.state == .pendingReview)
        #expect(item?.deadline == .noon + Span(minutes: 15))
        scene.live(Span(minutes: 5))

        #expect(item?.state == .timeout)
        #expect(item?.decision?.reviewedBy == nil && item?.decision?.reviewedAt == scene.now)
        #expect(item?.decision?.tier == "secondary")
    }

    @Test mutating func `a deadline is reached at its instant, and not before`() throws {
        try pending()
        scene.wait(Span(milliseconds: 599_999))
        #expect(item?.tierIndex == 0)
        scene.wait(instant)
        #expect(item?.tierIndex == 1)
    }

    @Test mutating func `time that passed while nobody looked counts`() throws {
        try pending()
        scene.wait(Span(minutes: 12))
        // The second tier began when the first one's time was over, not when somebody noticed.
        #expect(item?.deadline == .noon + Span(minutes: 15))
        #expect(item?.tierStartedAt == .noon + Span(minutes: 10))

        scene.wait(Span(minutes: 600))
        #expect(item?.state == .timeout)
    }

    @Test mutating func `a decision after the deadline does not count, though the timer is late`()
        throws
    {
        try pending()
        scene.now = .noon + Span(minutes: 15)
        let late = try scene.review("1", .approve, by: .cara)
        #expect(late.map(\.name) == ["late_review_noted"])
        #expect(item?.state == .timeout)

        // The core alone refuses it too.
        var other = Scene()
        try other.propose("1", "change")
        let digest = other.workflow.step("1")?.digest ?? .none
        other.now = .noon + Span(minutes: 8)
        let draft = ReviewDraft(step: "1", verdict: .approve, digest: digest)
        #expect(refusal { try other.decide(.review(draft), by: .ann) }?.word == "conflict")
        #expect(
            refusal { try other.decide(.escalate("1", reason: nil), by: .ann) }?.word == "conflict"
        )
        #expect(refusal { try other.decide(.withdraw("1", reason: "x")) }?.word == "conflict")
    }

    @Test mutating func `a decision one millisecond before the deadline counts`() throws {
        try pending()
        scene.wait(Span(milliseconds: 599_999))
        try scene.review("1", .approve)
        #expect(item?.state == .approved)
    }

    @Test mutating func `colleagues are warned once a tier, at half its time`() throws {
        try pending()
        scene.wait(Span(milliseconds: 299_999))
        #expect(item?.isWarned == false)
        scene.wait(instant)
        #expect(item?.isWarned == true)
        scene.live(Span(minutes: 9))
        #expect(
            scene.journal.filter { $0.event.name == "item_warned" }.map(\.at) == [
                .noon + Span(minutes: 5), .noon + Span(minutes: 12.5),
            ]
        )
    }

    @Test mutating func `a person who escalates restarts the deadline, up to the last tier`() throws
    {
        try pending()
        scene.wait(minute)
        try scene.send(.escalate("1", reason: "not mine"), by: .ann)
        #expect(item?.tier.name == "secondary")
        #expect(item?.deadline == scene.now + Span(minutes: 5))
        #expect(
            refusal { try scene.send(.escalate("1", reason: nil), by: .ann) }?.word == "last_tier"
        )
        #expect(
            refusal { try scene.send(.escalate("1", reason: nil), by: .reviewer(.eve)) }?.word
                == "forbidden"
        )
        try scene.review("1", .approve, by: .cara)
        #expect(
            refusal { try scene.send(.escalate("1", reason: nil), by: .ann) }?.word
                == "already_decided"
        )
    }

    @Test mutating func `a moment that has moved is refused`() throws {
        try pending()
        let wake = Wake(at: .noon, kind: .deadline("1"))
        #expect(refusal { try scene.send(.timeReached(wake), by: .service) }?.word == "conflict")
        #expect(refusal { try scene.send(.timeReached(wake), by: .ann) }?.word == "forbidden")
    }

    @Test mutating func `every pending item has a moment at which it ends`() throws {
        try pending()
        try scene.propose("2", "deploy")
        for step in scene.workflow.pendingItems {
            #expect(scene.workflow.wakes.contains { $0.kind == .deadline(step) })
        }
        try scene.review("1", .approve)
        #expect(!scene.workflow.wakes.contains { $0.kind == .deadline("1") })
    }

    @Test mutating func `a later manifest never moves a deadline or loosens an item`() throws {
        try pending()
        let before = item
        scene.manifest.set("change") {
            $0.timeout = Sourced(Span(minutes: 600))
            $0.approvalRequired = Sourced(false)
            $0.approvals = Sourced(1)
        }
        scene.manifest.roles["primary"] = Role(users: ["eve"])
        #expect(refusal { try scene.review("1", .approve, by: .eve) }?.word == "forbidden")
        #expect(item == before)
    }
}
