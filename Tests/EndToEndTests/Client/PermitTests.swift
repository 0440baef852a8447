import HoldClient
import HoldCore
import HoldWire
import TestAccounts
import Testing

/// What an agent makes of an answer before it runs anything (I12).
@Suite struct PermitTests {
    private let proposal = StepPropose.Params(
        workflow: "w",
        step: "w/1",
        action: "pay",
        arguments: ["amount": 5, "card": "4111"]
    )

    private func digest(_ arguments: JSONValue) -> Digest {
        Digest(
            of: [
                "account": .string(Account.bots.text), "workflow": "w", "step": "w/1",
                "action": "pay", "arguments": arguments, "undo": .null,
            ]
        )
    }

    private func answer(
        _ arguments: JSONValue,
        digest: Digest? = nil,
        modified: Bool = false
    ) -> StepAnswer {
        let digest = digest ?? self.digest(arguments)
        let time = Instant(milliseconds: 0)
        return StepAnswer(
            account: .bots,
            workflow: "w",
            step: "w/1",
            proceed: true,
            digest: digest,
            state: .approved,
            arguments: arguments,
            permit: WirePermit(id: "p", validUntil: Instant(milliseconds: .max)),
            decision: WireDecision(
                outcome: .approved,
                modified: modified,
                reviewedAt: time,
                digest: digest
            )
        )
    }

    @Test func `a permit is for the arguments that were proposed`() throws {
        let granted = try answer(["amount": 5, "card": "4111"]).granted(for: proposal)
        #expect(granted.permit.id == "p")
        #expect(granted.arguments == ["amount": 5, "card": "4111"])
    }

    @Test func `a permit for other arguments than its digest names is none`() {
        #expect(throws: ClientError.self) {
            try answer(["amount": 5], digest: digest(["amount": 4])).granted(for: proposal)
        }
    }

    @Test func `a permit for other arguments counts only when a reviewer modified them`() throws {
        let other: JSONValue = ["amount": 4, "card": "4111"]
        #expect(throws: ClientError.self) { try answer(other).granted(for: proposal) }
        #expect(try answer(other, modified: true).granted(for: proposal).arguments == other)
    }

    @Test func `what the service may not know comes back in clear`() throws {
        let redacted: JSONValue = ["amount": 5, "card": ["$redacted": "hmac:00"]]
        let granted = try answer(redacted).granted(for: proposal)
        #expect(granted.arguments == ["amount": 5, "card": "4111"])
    }

    @Test func `a redacted value where none was proposed is refused`() {
        let redacted: JSONValue = [
            "amount": 5, "card": "4111", "pin": ["$redacted": "hmac:00"],
        ]
        #expect(throws: ClientError.self) {
            try answer(redacted, modified: true).granted(for: proposal)
        }
    }

    @Test func `a permit that is over is none`() {
        var late = answer(["amount": 5, "card": "4111"])
        late.permit?.validUntil = Instant(milliseconds: 1)
        #expect(throws: ClientError.self) { try late.granted(for: proposal) }
    }

    @Test func `an answer is open until nothing can change it`() {
        var answer = answer([:])
        answer.proceed = false
        answer.permit = nil
        for (state, isOpen) in [
            (WireItemState.pendingReview, true), (.modified, true), (.rejected, false),
            (.timeout, false), (.withdrawn, false), (.approved, true),
        ] {
            answer.state = state
            #expect(answer.isOpen == isOpen)
        }
        answer.state = .approved
        answer.reasons = ["permit_expired"]
        #expect(!answer.isOpen)
    }
}
