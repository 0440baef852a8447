import TestAccounts
import Testing

@testable import HoldCore

/// Whose a workflow is, the stop button, caps and checkpoints.
struct OwnerTests {
    private var scene = Scene()

    @Test mutating func `another account's agent is refused by every command`() throws {
        try scene.propose("1", "deploy")
        try scene.propose("2", "change")
        let permit = scene.workflow.step("1")?.permit?.id ?? ""
        let before = scene.workflow
        let commands: [Command] = [
            .openWorkflow(title: "mine", labels: nil),
            .propose(Proposal(step: "3", action: "note")),
            .propose(Proposal(step: "1", action: "deploy", arguments: ["a": 1])),
            .collect("1"), .collect("9"),
            .finish(StepReport(step: "1", permit: permit, outcome: .succeeded)),
            .withdraw("2", reason: "no"),
            .saveCheckpoint(CheckpointSaved(step: nil, blob: .none, bytes: 0)),
            .finishWorkflow(outcome: "done"),
        ]
        for command in commands {
            #expect(refusal { try scene.send(command, by: .otherBot) }?.word == "forbidden")
        }
        #expect(scene.workflow == before)
    }

    @Test mutating func `the same account under another name goes on`() throws {
        try scene.propose("1", "deploy")
        let renamed = Party.agent(AgentIdentity(name: "bot-2", user: "bots", uid: 100))
        try scene.propose("2", "note", by: renamed)
        #expect(scene.began("2"))
    }

    @Test func `no agent gets into the workflow of the service`() {
        let control = Workflow(id: Workflow.control)
        #expect(
            refusal {
                _ = try control.decide(
                    .propose(Proposal(step: "1", action: "note")),
                    by: .bot,
                    at: .noon,
                    under: scene.circumstances
                )
            }?.word == "forbidden"
        )
    }

    @Test mutating func `a halted workflow begins nothing, reviews go on, and it resumes`() throws {
        try scene.propose("1", "change")
        #expect(
            refusal { try scene.send(.halt(.workflow, reason: ""), by: .ann) } == .reasonRequired
        )
        try scene.send(.halt(.workflow, reason: "stop"), by: .ann)
        #expect(try scene.send(.halt(.workflow, reason: "stop"), by: .ben).isEmpty)
        #expect(refusal { try scene.propose("2", "note") }?.word == "halted")

        try scene.review("1", .approve)
        try scene.send(.collect("1"))
        #expect(scene.state("1") == .approved && !scene.began("1"))

        try scene.send(.resume(.workflow, reason: "go"), by: .ben)
        try scene.send(.collect("1"))
        #expect(scene.began("1"))
    }

    @Test mutating func `a halt of everything or of one agent stops permits everywhere`() throws {
        try scene.propose("1", "change")
        try scene.review("1", .approve)
        var control = Scene()
        control.workflow = Workflow(id: Workflow.control)
        control.manifest.agents = ["bot": ["bots"], "other": ["others"]]
        scene.manifest.agents = control.manifest.agents
        for scope in [HaltScope.everything, .account(.bots, user: "bots"), .agent("bot")] {
            try control.send(.halt(scope, reason: "stop"), by: .ann)
            scene.halts = control.workflow.halts
            try scene.send(.collect("1"))
            #expect(!scene.began("1"))
            #expect(refusal { try scene.propose("2", "note") }?.word == "halted")

            try control.send(.resume(scope, reason: "go"), by: .ann)
            scene.halts = control.workflow.halts
        }
        try control.send(.halt(.agent("other"), reason: "stop"), by: .ann)
        scene.halts = control.workflow.halts
        try scene.send(.collect("1"))
        #expect(scene.began("1"))
    }

    @Test mutating func `a halted name holds its account under any other name`() throws {
        scene.manifest.agents = ["bot": ["bots"]]
        var control = Scene()
        control.workflow = Workflow(id: Workflow.control)
        control.manifest.agents = scene.manifest.agents
        try control.send(.halt(.agent("bot"), reason: "stop"), by: .ann)
        scene.halts = control.workflow.halts

        let renamed = Party.agent(AgentIdentity(name: "anything", user: "bots", uid: 100))
        let proposal = Proposal(step: "1", action: "note")
        #expect(refusal { try scene.send(.propose(proposal), by: renamed) }?.word == "halted")
    }

    @Test mutating func `a later manifest without the name lifts no halt of it`() throws {
        var control = Scene()
        control.workflow = Workflow(id: Workflow.control)
        control.manifest.agents = ["bot": ["bots"]]
        try control.send(.halt(.agent("bot"), reason: "stop"), by: .ann)
        scene.halts = control.workflow.halts

        #expect(scene.manifest.agents.isEmpty)
        #expect(refusal { try scene.propose("1", "note") }?.word == "halted")
    }

    @Test mutating func `who has no role is told nothing of what could be halted`() throws {
        let stranger = Party.reviewer(Peer(uid: 77, user: "nobody"))
        let word = refusal { try scene.send(.halt(.workflow, reason: ""), by: stranger) }?.word
        #expect(scene.workflow.version == 0 && word == "forbidden")
    }

    @Test mutating func `a name that the manifest gives to no account cannot be halted`() throws {
        scene.workflow = Workflow(id: Workflow.control)
        let word = refusal { try scene.send(.halt(.agent("bot"), reason: "stop"), by: .ann) }?.word
        #expect(word == "invalid")
    }

    @Test mutating func `only who may decide halts and resumes`() throws {
        try scene.propose("1", "deploy")
        let stranger = Party.reviewer(Peer(uid: 77, user: "nobody"))
        #expect(
            refusal { try scene.send(.halt(.workflow, reason: "x"), by: stranger) }?.word
                == "forbidden"
        )
        try scene.send(.halt(.workflow, reason: "stop"), by: .ann)
        #expect(
            refusal { try scene.send(.resume(.workflow, reason: "x"), by: stranger) }?.word
                == "forbidden"
        )
        #expect(scene.workflow.halt != nil)
    }

    @Test mutating func `nobody resumes their own workflow or account`() throws {
        try scene.propose("1", "deploy")
        let owner = Party.reviewer(.botsOwner)
        try scene.send(.halt(.workflow, reason: "stop"), by: owner)
        #expect(
            refusal { try scene.send(.resume(.workflow, reason: "x"), by: owner) }?.word
                == "forbidden"
        )
        var control = Scene()
        control.workflow = Workflow(id: Workflow.control)
        let scope = HaltScope.account(.bots, user: "bots")
        try control.send(.halt(scope, reason: "stop"), by: .ann)
        #expect(
            refusal { try control.send(.resume(scope, reason: "x"), by: owner) }?.word
                == "forbidden"
        )
        try control.send(.resume(scope, reason: "go"), by: .ann)
        #expect(control.workflow.halts == Halts())
    }

    @Test mutating func `an unwind goes on while halted`() throws {
        try scene.propose("1", "deploy")
        try scene.finish("1")
        try scene.send(.halt(.workflow, reason: "stop"), by: .ann)
        try scene.review("1", .reject)
        #expect(scene.link("1") == .undoStarted)
        try scene.report("1")
        #expect(scene.workflow.phase == .rolledBack)
    }

    @Test mutating func `a halt is recorded where it belongs`() throws {
        try scene.propose("1", "deploy")
        #expect(refusal { try scene.send(.halt(.everything, reason: "x"), by: .ann) }?.word != nil)
        #expect(scene.workflow.halts == Halts())
        let control = Workflow(id: Workflow.control)
        #expect(
            refusal {
                _ = try control.decide(
                    .halt(.workflow, reason: "x"),
                    by: .ann,
                    at: .noon,
                    under: scene.circumstances
                )
            }?.word == "unknown_workflow"
        )
    }

    @Test mutating func `open items are capped, and what needs none is let through`() throws {
        scene.manifest.defaults.openItemsPerAgent = Sourced(3)
        scene.openItems = 3
        #expect(refusal { try scene.propose("1", "deploy") }?.word == "too_many")
        try scene.propose("2", "note")
        scene.openItems = 2
        try scene.propose("1", "deploy")
        #expect(scene.began("1") && scene.began("2"))
    }

    @Test func `proposals a second are capped, and the cap gives way with time`() throws {
        var rate = ProposalRate()
        for _ in 0..<5 { try rate.admit(at: .noon, limit: 5, account: "bot") }
        guard
            case .tooMany(_, let pause) = refusal({
                try rate.admit(at: .noon, limit: 5, account: "bot")
            })
        else {
            Issue.record("the sixth was let through")
            return
        }
        #expect(pause == Span(milliseconds: 200))
        try rate.admit(at: .noon + pause, limit: 5, account: "bot")
        #expect(refusal { try rate.admit(at: .noon + pause, limit: 5, account: "bot") } != nil)
        #expect(rate.isIdle(at: .noon + Span(seconds: 10)) && !rate.isIdle(at: .noon))
    }

    @Test mutating func `a checkpoint is saved with its step, and replaced by a newer one`() throws
    {
        let first = CheckpointSaved(step: "1", blob: Digest(of: [1]), bytes: 1)
        let proposal = Proposal(step: "1", action: "note", checkpoint: first)
        try scene.send(.propose(proposal))
        #expect(scene.workflow.checkpoint?.blob == first.blob)
        #expect(scene.workflow.checkpoint?.step == "1")

        let second = CheckpointSaved(step: nil, blob: Digest(of: [2]), bytes: 1)
        scene.wait(Span(seconds: 1))
        try scene.send(.saveCheckpoint(second))
        #expect(try scene.send(.saveCheckpoint(second)).isEmpty)
        #expect(scene.workflow.checkpoint?.blob == second.blob)
        #expect(scene.workflow.checkpoint?.savedAt == scene.now)
    }

    @Test mutating func `ids that only look alike are different`() throws {
        try scene.propose("caf\u{E9}", "note")
        try scene.propose("cafe\u{301}", "mail")
        #expect(scene.workflow.steps.count == 2)
        #expect(WorkflowKey("caf\u{E9}") != WorkflowKey("cafe\u{301}"))
    }
}
