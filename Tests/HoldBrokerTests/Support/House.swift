import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts

/// A broker over a scripted journal, with people and agents around it.
struct House {
    let journal: ScriptedJournal
    var broker: Broker
    var now = Instant(milliseconds: 1_795_262_400_000)
    private var tickets: UInt64 = 0

    init(
        journal: ScriptedJournal = ScriptedJournal(),
        manifest: Manifest = .sample,
        cacheLimit: Int = 4096
    ) throws {
        self.journal = journal
        broker = try Broker(
            journal: journal,
            manifest: manifest,
            separation: .enforced,
            redactionKey: [1],
            cacheLimit: cacheLimit
        )
    }

    mutating func submission(
        _ request: Submission.Request,
        in workflow: WorkflowKey = "wf",
        by party: Party = .bot
    ) -> Submission {
        tickets += 1
        return Submission(
            ticket: Ticket(tickets),
            workflow: workflow,
            party: party,
            request: request
        )
    }

    mutating func process(_ submissions: [Submission]) -> [Effect] {
        broker.process(submissions, at: now)
    }

    /// Asks one thing, and gives its answer; nil when it waits.
    mutating func ask(
        _ request: Submission.Request,
        in workflow: WorkflowKey = "wf",
        by party: Party = .bot
    ) -> Answer? {
        let asked = submission(request, in: workflow, by: party)
        let effects = process([asked])
        return asked.ticket.flatMap { effects.answers[$0.number] }
    }

    mutating func state(_ workflow: WorkflowKey = "wf") -> Workflow? {
        ask(.look, in: workflow, by: .ann)?.workflow
    }

    mutating func approval(_ step: String, in workflow: WorkflowKey = "wf") -> Submission.Request {
        .command(.review(draft(step, .approve, in: workflow)))
    }

    mutating func draft(
        _ step: String,
        _ verdict: Review.Verdict,
        in workflow: WorkflowKey = "wf"
    ) -> ReviewDraft {
        let digest = state(workflow)?.step(StepID(step))?.digest ?? Digest(of: [UInt8]())
        return ReviewDraft(step: StepID(step), verdict: verdict, digest: digest, reason: "so")
    }

    /// The workflow as the journal alone tells it.
    func folded(_ workflow: WorkflowKey = "wf") throws -> Workflow {
        try journal.memory.entries(of: workflow, after: 0)
            .reduce(into: Workflow(id: workflow)) { state, entry in
                state.evolve(
                    try Event(type: entry.type, data: entry.data),
                    at: entry.at,
                    by: entry.actor
                )
            }
    }
}

func proposal(_ step: String, _ action: String) -> Submission.Request {
    .command(.propose(Proposal(step: StepID(step), action: action)))
}

extension Party {
    static let bot = Party.agent(AgentIdentity(name: "bot", user: "bots", uid: 100))
    static let otherBot = Party.agent(AgentIdentity(name: "bot", user: "others", uid: 200))
    static let ann = Party.reviewer(Peer(uid: 1, user: "ann"))
    static let ben = Party.reviewer(Peer(uid: 2, user: "ben"))
}

extension Manifest {
    static var sample: Manifest {
        var manifest = Manifest(digest: Digest(of: [UInt8]("sample".utf8)), file: "manifest.yaml")
        manifest.operations = [
            "destroy": Operation(name: "destroy", executor: .agent(users: ["ops"]))
        ]
        manifest.defaults.openItemsPerAgent = Sourced(1000)
        manifest.defaults.proposalsPerSecond = Sourced(1000)
        for (name, isBlocking) in [("change", true), ("deploy", false)] {
            var settings = ActionSettings()
            settings.approvalRequired = Sourced(true)
            settings.blocking = Sourced(isBlocking)
            settings.undoOperation = Sourced("destroy")
            manifest.actions[name] = ActionPolicy(name: name, settings: settings)
        }
        var note = ActionSettings()
        note.approvalRequired = Sourced(false)
        note.undoOperation = Sourced("destroy")
        manifest.actions["note"] = ActionPolicy(name: "note", settings: note)
        return manifest
    }
}

extension [Effect] {
    /// The answers by ticket; a ticket answered twice is a fault of the broker.
    var answers: [UInt64: Answer] {
        reduce(into: [:]) { answers, effect in
            guard case .answer(let ticket, let answer) = effect else { return }
            answers[ticket.number] = answer
        }
    }

    var answerCount: Int {
        count {
            if case .answer = $0 { return true }
            return false
        }
    }

    var undos: [UndoCall] {
        compactMap {
            guard case .runUndo(let call, _) = $0 else { return nil }
            return call
        }
    }

    var publications: [Publication] {
        compactMap {
            guard case .publish(let publication) = $0 else { return nil }
            return publication
        }
    }

    /// When the broker wants to be woken: the last word counts.
    var wake: Instant? {
        compactMap { effect -> Instant? in
            guard case .wake(let at) = effect else { return nil }
            return at
        }.last
    }
}

extension Answer {
    var workflow: Workflow? {
        guard case .done(let workflow, _) = self else { return nil }
        return workflow
    }

    var refusal: Refusal? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal
    }

    var isUnavailable: Bool {
        guard case .unavailable = self else { return false }
        return true
    }
}

extension Refusal {
    var isForbidden: Bool {
        guard case .forbidden = self else { return false }
        return true
    }
}
