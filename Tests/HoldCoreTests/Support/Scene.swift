import TestAccounts

@testable import HoldCore

/// One workflow with people around it, driven as the broker drives it: time first, then the command.
struct Scene {
    var workflow = Workflow(id: "wf")
    var manifest = Manifest.sample
    var now = Instant.noon
    var separation = Separation.enforced
    var halts = Halts()
    var provenAt: [String: Instant] = [:]
    var openItems = 0
    var number: Int64 = 1
    /// Every event with when and by whom, as a journal would hold them.
    var journal: [(event: Event, at: Instant, actor: Actor)] = []

    var circumstances: Circumstances {
        Circumstances(
            manifest: manifest,
            separation: separation,
            halts: halts,
            provenAt: provenAt,
            openItemsOfAccount: openItems,
            nextItemNumber: number,
            redactionKey: [1, 2, 3]
        )
    }

    /// Does what is due, then decides; the events of the command alone.
    @discardableResult
    mutating func send(_ command: Command, by party: Party = .bot) throws(Refusal) -> [Event] {
        passTime()
        return try decide(command, by: party)
    }

    /// Decides at once, however late it is.
    @discardableResult
    mutating func decide(_ command: Command, by party: Party = .bot) throws(Refusal) -> [Event] {
        let events = try workflow.decide(command, by: party, at: now, under: circumstances)
        for event in events {
            workflow.evolve(event, at: now, by: party.actor)
            journal.append((event, now, party.actor))
            if case .itemOpened = event { number += 1 }
        }
        return events
    }

    mutating func passTime() {
        for _ in 0..<10_000 {
            guard let wake = workflow.wakes.first, wake.at <= now else { return }
            guard let events = try? decide(.timeReached(wake), by: .service), !events.isEmpty
            else { return }
        }
    }

    mutating func wait(_ span: Span) {
        now = now + span
        passTime()
    }

    /// Time passes to one wake after the other, as timers on time would have it.
    mutating func live(_ span: Span) {
        let end = now + span
        for _ in 0..<10_000 {
            guard let wake = workflow.wakes.first, wake.at <= end else { break }
            now = max(now, wake.at)
            passTime()
        }
        now = end
    }

    @discardableResult
    mutating func propose(
        _ step: StepID,
        _ action: String,
        _ arguments: JSONValue = ["a": 1],
        risk: Double? = nil,
        dependsOn: [StepID] = [],
        undo: Proposal.Undo? = nil,
        by party: Party = .bot
    ) throws(Refusal) -> [Event] {
        try send(
            .propose(
                Proposal(
                    step: step,
                    action: action,
                    arguments: arguments,
                    risk: risk,
                    undo: undo,
                    dependsOn: dependsOn
                )
            ),
            by: party
        )
    }

    @discardableResult
    mutating func finish(
        _ step: StepID,
        _ outcome: StepOutcome = .succeeded,
        result: JSONValue? = nil,
        undo: JSONValue? = nil
    ) throws(Refusal) -> [Event] {
        try send(
            .finish(
                StepReport(
                    step: step,
                    permit: workflow.step(step)?.permit?.id ?? "none",
                    outcome: outcome,
                    result: result,
                    undoArguments: undo
                )
            )
        )
    }

    @discardableResult
    mutating func review(
        _ step: StepID,
        _ verdict: Review.Verdict,
        by peer: Peer = .ann,
        digest: Digest? = nil,
        reason: String? = "because",
        arguments: JSONValue? = nil,
        confirm: String? = nil
    ) throws(Refusal) -> [Event] {
        let seen = digest ?? workflow.step(step)?.digest ?? Digest(of: [UInt8]())
        return try send(
            .review(
                ReviewDraft(
                    step: step,
                    verdict: verdict,
                    digest: seen,
                    reason: reason,
                    arguments: arguments,
                    confirm: confirm
                )
            ),
            by: .reviewer(peer)
        )
    }

    mutating func report(
        _ step: StepID,
        _ report: UndoReport = .done(.undone, detail: nil)
    ) throws(Refusal) {
        try send(
            .reportUndo(
                step,
                attempt: workflow.step(step)?.link.attempts ?? 0,
                report
            ),
            by: .service
        )
    }

    func state(_ step: StepID) -> ItemState? { workflow.step(step)?.item?.state }
    func began(_ step: StepID) -> Bool { workflow.step(step)?.permit != nil }
    func link(_ step: StepID) -> UndoLink.State? { workflow.step(step)?.link.state }

    /// The state folded anew from encoded and decoded events.
    func refolded() throws -> Workflow {
        var folded = Workflow(id: workflow.id)
        for entry in journal {
            let (type, data) = try entry.event.encoded()
            let read = try JSONValue(parsing: data.canonical)
            folded.evolve(try Event(type: type, data: read), at: entry.at, by: entry.actor)
        }
        return folded
    }
}

extension Instant {
    static let noon = Instant(milliseconds: 1_795_262_400_000)
}

extension Peer {
    static let ann = Peer(uid: 1, user: "ann", groups: ["oncall"])
    static let ben = Peer(uid: 2, user: "ben", groups: ["oncall"])
    static let cara = Peer(uid: 3, user: "cara", groups: [])
    static let dee = Peer(uid: 4, user: "dee", groups: [])
    /// On no tier of any path.
    static let eve = Peer(uid: 5, user: "eve", groups: ["users"])
    /// The account that the agent runs as, on the review socket.
    static let botsOwner = Peer(uid: 100, user: "bots", groups: ["oncall"])
}

extension Party {
    static let bot = Party.agent(AgentIdentity(name: "bot", user: "bots", uid: 100))
    static let otherBot = Party.agent(AgentIdentity(name: "bot", user: "others", uid: 200))
    static let ann = Party.reviewer(.ann)
    static let ben = Party.reviewer(.ben)
}
