import HoldCore
import TestAccounts

/// One workflow's life, every byte a choice: commands of anybody, at any time, in any order.
enum WorkflowSurface {
    /// The most commands of one life.
    static let commandsMax = 16

    static func problem(in bytes: [UInt8]) -> String? {
        var life = WorkflowLife(ByteSource(bytes))
        return life.run()
    }

    /// Asks a workflow all that others ask of it, so that what traps shows itself.
    static func read(_ workflow: Workflow) {
        _ = workflow.wakes
        _ = (workflow.phase, workflow.head, workflow.status, workflow.isSettled)
        _ = (workflow.exposedSteps, workflow.undoChain)
        for step in workflow.steps.prefix(8) {
            _ = workflow.obstacles(to: step)
            _ = workflow.waitsFor(step)
            _ = workflow.standing(of: step.id)
            _ = workflow.unwindSet(rejecting: step.id)
        }
    }
}

/// The life of one workflow as bytes choose it, watched by what must always hold.
struct WorkflowLife {
    var source: ByteSource
    var workflow = Workflow(id: WorkflowKey("wf"))
    var now = Instant(milliseconds: 1_795_262_400_000)
    var manifest: Manifest
    private var separation = Separation.enforced
    private var isTimely: Bool
    /// Reading all events back costs as much as the life itself.
    private var isReadBack: Bool
    private var halts = Halts()
    private var number: Int64 = 1
    private var journal: [(event: Event, at: Instant, actor: Actor)] = []
    private var decisions: [StepID: Decision] = [:]
    private var permits: [StepID: Permit] = [:]

    init(_ bytes: ByteSource) {
        source = bytes
        manifest = Manifest.ofFuzzing(&source)
        separation = source.flag() ? .enforced : .none
        // Journal time never runs backwards; the rules must not trap even if it does.
        isTimely = source.below(4) != 3
        isReadBack = source.below(16) == 0
    }

    mutating func run() -> String? {
        for _ in 0..<WorkflowSurface.commandsMax where !source.isAtEnd {
            passTime()
            let (command, party) = command()
            let before = workflow.version
            let events: [Event]
            do {
                events = try workflow.decide(command, by: party, at: now, under: circumstances)
            } catch {
                guard workflow.version == before else { return "refused, and changed" }
                continue
            }
            for event in events {
                if let problem = take(event, party.actor) { return "\(command): \(problem)" }
            }
            if isTimely, let problem = state() { return "\(command): \(problem)" }
        }
        WorkflowSurface.read(workflow)
        return isReadBack ? refolded() : nil
    }

    private var circumstances: Circumstances {
        Circumstances(
            manifest: manifest,
            separation: separation,
            halts: halts,
            nextItemNumber: number,
            redactionKey: [1, 2, 3]
        )
    }

    private mutating func passTime() {
        switch source.below(8) {
        case 0...3: now = now + Span(seconds: Double(source.below(200)))
        case 4, 5:
            // To the next moment that something falls due.
            if let wake = workflow.wakes.first { now = max(now, wake.at) }
        case 6: now = now + Span(minutes: Double(source.below(200)))
        default:
            let jump = Int64(bitPattern: source.word())
            now = now + Span(milliseconds: isTimely ? jump & 0xFFFF_FFFF : jump)
        }
    }

    // MARK: What must hold

    private mutating func take(_ event: Event, _ actor: Actor) -> String? {
        let before = workflow
        workflow.evolve(event, at: now, by: actor)
        journal.append((event, now, actor))
        guard workflow.version == before.version + 1 else { return "an event was not counted" }
        switch event {
        case .itemOpened: number += 1
        case .itemDecided(let data):
            guard before.step(data.step)?.item?.state.isPending == true else {
                return "\(data.step) was decided twice"
            }
            if data.state == .timeout, data.decision.reviewedBy != nil {
                return "silence has a name"
            }
        case .stepBegan(let data):
            guard let step = before.step(data.step) else { return "an unknown step began" }
            if step.permit != nil { return "\(data.step) began twice" }
            if before.phase.isUnwinding { return "\(data.step) began while unwinding" }
            if step.mode == .sync, step.item?.state != .approved { return "it ran unapproved" }
            if step.hasSideEffects, workflow.depth > step.depthLimit { return "beyond the depth" }
            if step.hasSideEffects, step.undo == nil, !before.pendingItems.isEmpty {
                return "the irreversible \(data.step) began beside a pending item"
            }
        case .undoStarted(let data):
            guard before.head == data.step else { return "\(data.step) is not the head" }
            if before.step(data.step)?.isInFlight == true { return "\(data.step) is in flight" }
        default: break
        }
        return nil
    }

    /// What holds after every command.
    private mutating func state() -> String? {
        let wakes = workflow.wakes
        for step in workflow.steps {
            if let known = permits[step.id], step.permit != known { return "a permit changed" }
            permits[step.id] = step.permit
            guard let item = step.item else { continue }
            if let known = decisions[step.id], item.decision != known {
                return "the decision on \(step.id) changed"
            }
            decisions[step.id] = item.decision
            guard item.state.isPending == (item.decision == nil) else {
                return "\(step.id) is \(item.state), and its decision says otherwise"
            }
            if item.state.isPending, !wakes.contains(where: { $0.kind == .deadline(step.id) }) {
                return "\(step.id) is pending and nothing will wake it"
            }
        }
        let orders = workflow.steps.compactMap(\.beganOrder)
        guard Set(orders).count == orders.count else { return "two steps began at once" }
        if workflow.chain.isRunning, !workflow.chain.isStuck,
            workflow.head.flatMap({ workflow.step($0) })?.link.state != .undoStarted, wakes.isEmpty
        {
            return "the chain stands still, and nothing says so"
        }
        return nil
    }

    /// The state folded anew from encoded events (I17).
    private func refolded() -> String? {
        var folded = Workflow(id: workflow.id)
        for entry in journal {
            guard let (type, data) = try? entry.event.encoded(),
                let event = try? Event(type: type, data: data)
            else { return "\(entry.event.name) cannot be stored" }
            folded.evolve(event, at: entry.at, by: entry.actor)
        }
        return folded == workflow ? nil : "folded anew it differs"
    }
}
