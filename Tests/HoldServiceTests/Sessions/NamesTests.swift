import HoldBroker
import HoldCore
import HoldJournal
import HoldWire
import TestAccounts
import Testing

@testable import HoldService

/// What people call a workflow, when two accounts have one of that id.
@Suite struct NamesTests {
    private let journal = MemoryJournal()
    private let one = WorkflowKey(account: .bots, text: "wf-1")
    private let two = WorkflowKey(account: .test(200), text: "wf-1")

    init() throws {
        try propose("s", in: one, by: "bots")
        try propose("s", in: two, by: "others")
    }

    private func propose(_ step: StepID, in workflow: WorkflowKey, by user: String) throws {
        var broker = try Broker(
            journal: journal,
            manifest: Manifest(digest: Digest(of: [1]), file: "m.yaml"),
            separation: .enforced,
            redactionKey: [1]
        )
        let agent = AgentIdentity(name: "bot", user: user, account: workflow.account)
        _ = broker.process(
            [
                Submission(
                    ticket: nil,
                    workflow: workflow,
                    party: .agent(agent),
                    request: .command(.propose(Proposal(step: step, action: "unlisted")))
                )
            ],
            at: Instant(milliseconds: 1_795_262_400_000)
        )
    }

    private func key(_ account: String?, _ text: String) throws -> Result<WorkflowKey, RPCError> {
        try journal.key(of: WorkflowGiven(account: account, text: text))
    }

    @Test func `a name that could mean either is refused, with the accounts`() throws {
        guard case .failure(let error) = try key(nil, "wf-1") else {
            Issue.record("one of two was taken")
            return
        }
        #expect(error.refusalCode == .ambiguous)
        #expect(error.data?["accounts"] == ["bots", "others"])
    }

    @Test func `an item that could be either is refused, with both numbers`() throws {
        guard
            case .failure(let error) = try journal.item(
                WireItemReference(workflow: "wf-1", step: "s")
            )
        else {
            Issue.record("one of two was taken")
            return
        }
        #expect(error.refusalCode == .ambiguous)
        #expect(error.data?["numbers"] == [1, 2])
    }

    @Test func `a workflow of the same id without such an item is not what is meant`() throws {
        try propose("only", in: two, by: "others")

        let only = WireItemReference(workflow: "wf-1", step: "only")
        #expect(try journal.item(only).get() == ItemReference(workflow: two, step: "only"))
        let none = try journal.item(WireItemReference(workflow: "wf-1", step: "none"))
        #expect(throws: RPCError.self) { try none.get() }
    }

    @Test func `the account tells them apart, by name, number or written form`() throws {
        #expect(try key("others", "wf-1").get() == two)
        #expect(try key("200", "wf-1").get() == two)
        #expect(try key("100@test", "wf-1").get() == one)
        let item = WireItemReference(account: "bots", workflow: "wf-1", step: "s")
        #expect(try journal.item(item).get() == ItemReference(workflow: one, step: "s"))
    }

    @Test func `what nobody has is unknown, of whatever account`() throws {
        for (account, text) in [(nil, "wf-2"), ("nobody", "wf-1"), ("bots", "wf-10")] {
            guard case .failure(let error) = try key(account, text) else {
                Issue.record("\(text) was found")
                continue
            }
            #expect(error.refusalCode == .unknownWorkflow)
        }
    }
}
