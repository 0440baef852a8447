import HoldCore
import TestAccounts

/// How bytes become commands.
extension WorkflowLife {
    private static let actions = ["wipe", "change", "deploy", "apart", "note", "mail", "read", "?"]
    private static let agents = [
        AgentIdentity(name: "bot", user: "bots", uid: 100),
        AgentIdentity(name: "bot", user: "others", uid: 200),
    ]
    private static let people = [
        Peer(uid: 1, user: "ann", groups: ["oncall"]),
        Peer(uid: 2, user: "ben", groups: ["oncall"]),
        Peer(uid: 3, user: "cara"), Peer(uid: 5, user: "eve", groups: ["users"]),
        Peer(uid: 100, user: "bots", groups: ["oncall"]),
    ]

    mutating func command() -> (Command, Party) {
        let kind = source.byte()
        if kind >= 244 { return (courtesy(), person()) }
        switch kind % 24 {
        case 0...4: return (.propose(proposal()), agent())
        case 5: return (.collect(step()), source.below(4) == 0 ? .service : agent())
        case 6...8: return (.finish(report()), agent())
        case 9...13: return (.review(review()), person())
        case 14: return (.withdraw(step(), reason: reason()), agent())
        case 15, 16, 17: return (wake(), .service)
        case 18, 19: return undo()
        case 20: return (.escalate(step(), reason: source.flag() ? reason() : nil), person())
        case 21: return halt()
        case 22: return rare()
        // Anything from anybody.
        default: return (rare().0, source.flag() ? person() : .service)
        }
    }

    private mutating func agent() -> Party {
        .agent(Self.agents[source.below(8) == 7 ? 1 : 0])
    }

    private mutating func person() -> Party {
        .reviewer(Self.people[source.below(Self.people.count)])
    }

    private mutating func reason() -> String {
        ["so", "", " ", "\u{202E}x"][source.below(4)]
    }

    /// A step that there is, mostly.
    private mutating func step() -> StepID {
        let choice = source.below(9)
        if choice == 8 { return StepID("none") }
        return workflow.steps.isEmpty
            ? StepID("none") : workflow.steps[choice % workflow.steps.count].id
    }

    private mutating func digest(of id: StepID) -> Digest {
        let stale = Digest(of: [UInt8]())
        return source.below(8) == 7 ? stale : workflow.step(id)?.digest ?? stale
    }

    private mutating func value() -> JSONValue {
        switch source.below(5) {
        case 0: ["n": .integer(Int64(source.byte())), "secret": "s"]
        case 1: ["amount": .integer(Int64(source.byte()))]
        case 2: [:]
        case 3: ["list": [1, ["secret": "x"], .null]]
        default: (try? JSONValue(parsing: source.run())) ?? .null
        }
    }

    private mutating func proposal() -> Proposal {
        let fresh = StepID("s\(workflow.steps.count)")
        let id = source.below(6) == 5 ? step() : fresh
        var proposal = Proposal(
            step: id,
            action: Self.actions[source.below(Self.actions.count)],
            arguments: value()
        )
        let extras = source.byte()
        if extras & 1 == 1 { proposal.dependsOn = [step()] }
        if extras & 2 == 2 {
            proposal.risk = [0.9, 0, 1, .nan, .infinity, -1, 0.85][source.below(7)]
        }
        if extras & 4 == 4 {
            proposal.undo = Proposal.Undo(
                operation: [nil, "destroy", "erase", "unknown"][source.below(4)],
                arguments: source.flag() ? value() : nil
            )
        }
        if extras & 8 == 8 { proposal.summary = source.text() }
        if extras & 16 == 16 { proposal.dependsOn.append(id) }
        if extras & 32 == 32 { proposal.context = Digest(of: [source.byte()]) }
        return proposal
    }

    private mutating func report() -> StepReport {
        let id = step()
        let outcomes: [StepOutcome] = [.succeeded, .failed, .notStarted]
        let permit = workflow.step(id)?.permit?.id ?? "none"
        return StepReport(
            step: id,
            permit: source.below(8) == 7 ? "other" : permit,
            outcome: outcomes[source.below(3)],
            result: source.flag() ? value() : nil,
            undoArguments: source.below(4) == 0 ? value() : nil
        )
    }

    private mutating func review() -> ReviewDraft {
        let pending = workflow.pendingItems
        let id = source.below(4) == 3 ? step() : source.pick(pending) ?? step()
        return ReviewDraft(
            step: id,
            verdict: Review.Verdict.allCases[source.below(3)],
            digest: digest(of: id),
            reason: source.below(4) == 3 ? nil : "so",
            arguments: source.flag() ? value() : nil,
            confirm: source.flag() ? workflow.step(id)?.action : nil
        )
    }

    private mutating func wake() -> Command {
        guard var wake = workflow.wakes.first else { return .collect(step()) }
        if source.below(4) == 3 {
            let id = step()
            let kinds: [Wake.Kind] = [.deadline(id), .warning(id), .lease(id), .undo(id)]
            wake.kind = kinds[source.below(4)]
        }
        return .timeReached(wake)
    }

    private mutating func undo() -> (Command, Party) {
        let id = source.below(8) == 7 ? step() : workflow.head ?? step()
        let attempt = source.below(8) == 7 ? -1 : workflow.step(id)?.link.attempts ?? 0
        switch source.below(12) {
        case 0: return (.retryUndo(id, reason: reason()), person())
        case 1: return (.skipUndo(id, reason: reason()), person())
        case 2: return (.resolveUndo(id, reason: reason()), person())
        case 3:
            let after = Span(milliseconds: Int64(bitPattern: source.word()))
            return (.reportUndo(id, attempt: attempt, .retry(after: after, "busy")), .service)
        case let choice:
            let reports: [UndoReport] = [
                .done(.undone, detail: nil), .done(.alreadyUndone, detail: "d"),
                .done(.notApplied, detail: nil), .failed("no"), .unreachable("away"),
                .terminal("never"), .failed("no"), .failed("no"),
            ]
            return (.reportUndo(id, attempt: attempt, reports[choice - 4]), .service)
        }
    }

    private mutating func courtesy() -> Command {
        let span = Span(milliseconds: Int64(bitPattern: source.word()))
        switch source.below(6) {
        case 0: return .claim(step(), nil)
        case 1: return .claim(step(), span)
        case 2: return .release(step())
        case 3: return .snooze(step(), source.flag() ? .zero : span)
        case 4: return .note(step(), source.text())
        default: return .noteShift(source.text())
        }
    }

    private mutating func halt() -> (Command, Party) {
        let scopes: [HaltScope] = [.workflow, .everything, .agent("bot")]
        let scope = scopes[source.below(3)]
        let isHalt = source.flag()
        let command: Command =
            isHalt ? .halt(scope, reason: reason()) : .resume(scope, reason: reason())
        return (command, person())
    }

    private mutating func rare() -> (Command, Party) {
        switch source.below(5) {
        case 0:
            let labels = source.flag() ? value() : nil
            let title = source.flag() ? source.text() : nil
            return (.openWorkflow(title: title, labels: labels), agent())
        case 1:
            let saved = CheckpointSaved(
                step: source.flag() ? step() : nil,
                blob: Digest(of: [source.byte()]),
                bytes: 7
            )
            return (.saveCheckpoint(saved), agent())
        case 2: return (.finishWorkflow(outcome: source.text()), agent())
        case 3: return (.propose(proposal()), agent())
        default: return (.finish(report()), agent())
        }
    }
}

extension Manifest {
    /// One action of each kind; what may differ between manifests, bytes choose.
    static func ofFuzzing(_ source: inout ByteSource) -> Manifest {
        var manifest = Manifest(digest: Digest(of: [UInt8]()), file: "manifest.yaml")
        manifest.defaults.maxAsyncDepth = Sourced(source.below(6) + 1)
        manifest.roles = ["primary": Role(groups: ["oncall"]), "secondary": Role(users: ["cara"])]
        manifest.operations = [
            "destroy": Operation(
                name: "destroy",
                executor: .run(["destroy"]),
                retries: source.below(3) + 1
            ),
            "erase": Operation(
                name: "erase",
                executor: source.flag() ? .agent(users: ["ops"]) : nil
            ),
        ]
        let modes: [ModifyMode] = [.direct, .reapprove, .forbid]
        let modify = modes[source.below(3)]
        let approvals = source.below(3) + 1
        let confirm: [Confirmation] = [.none, .key, .type]
        let confirmation = confirm[source.below(3)]
        func add(_ name: String, _ change: (inout ActionSettings) -> Void) {
            var settings = ActionSettings()
            settings.approvalRequired = Sourced(true)
            change(&settings)
            manifest.actions[name] = ActionPolicy(name: name, settings: settings)
        }
        add("wipe") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced(nil)
            $0.confirm = Sourced(confirmation)
        }
        add("change") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced("destroy")
            $0.modify = Sourced(modify)
        }
        add("deploy") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("destroy")
            $0.approvals = Sourced(approvals)
            $0.modify = Sourced(modify)
        }
        add("apart") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("destroy")
            $0.independentOf = Sourced(["deploy"])
        }
        let sample = source.below(4) == 0 ? 0.5 : 0
        add("note") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced("erase")
            $0.sample = Sourced(sample)
        }
        add("mail") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced(nil)
        }
        add("read") {
            $0.approvalRequired = Sourced(false)
            $0.sideEffects = Sourced(false)
        }
        return manifest
    }
}
