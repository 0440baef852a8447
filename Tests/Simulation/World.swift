import HoldBroker
import HoldCore
import HoldJournal

/// One simulated world: a host with its service, agents, reviewers, executors, a network and a disk, all
/// driven by one seed, on one thread, without a clock.
///
/// The broker, the core, the codec and the journal in it are those of production; what is simulated is
/// what surrounds them.
final class World {
    /// More than this in one world is a circle.
    private static let happeningsMax = 50_000

    let seed: UInt64
    let options: Simulation.Options
    let swarm: Swarm
    let manifest: Manifest
    let journal: FaultJournal
    let store: SimulationStore
    /// When everything is healed, and when every wait must have come to an end.
    let healing: Int64
    let end: Int64

    var now: Int64 = 0
    var agenda = Agenda()
    var clock = HostClock()
    var host = Host()
    /// A process that was stopped so long that another took its place.
    var zombie: Host?
    var calls: [Call] = []
    var agents: [SimulatedAgent] = []
    var reviewers: [SimulatedReviewer] = []
    var deeds = Deeds()
    var poisoned: Set<ItemReference> = []
    var checker = Checker()
    var coverage = Coverage()
    var notes = Notes()
    var isHealed = false
    var happenings = 0
    var trace: Trace

    var faultRandom: SimulationRandom
    var networkRandom: SimulationRandom
    var peopleRandom: SimulationRandom
    var executorRandom: SimulationRandom
    var courtesyRandom: SimulationRandom

    init(seed: UInt64, options: Simulation.Options) throws {
        self.seed = seed
        self.options = options
        var swarm = Swarm(seed: seed)
        swarm.faults.subtract(options.without)
        swarm.steps = min(swarm.steps, options.stepsMax ?? swarm.steps)
        self.swarm = swarm
        manifest = Manifest.simulated(swarm, seed: seed)
        store = try SimulationStore(options.store)
        journal = FaultJournal(try store.open())
        trace = Trace(isKept: options.isTraced)
        faultRandom = SimulationRandom(seed: seed, stream: 2)
        networkRandom = SimulationRandom(seed: seed, stream: 3)
        peopleRandom = SimulationRandom(seed: seed, stream: 4)
        executorRandom = SimulationRandom(seed: seed, stream: 5)
        courtesyRandom = SimulationRandom(seed: seed, stream: 7)
        healing = 90_000 + faultRandom.within(0...90_000)
        end = healing + 4 * 3_600_000
        for number in 0..<swarm.workflows {
            agents.append(SimulatedAgent(number: number, seed: seed, swarm: swarm))
        }
        reviewers = SimulatedReviewer.all(agents: agents)
        planBeginning()
    }

    private func planBeginning() {
        agenda.plan(.start(epoch: 0), at: 0)
        for agent in agents.indices {
            for lane in 0..<swarm.lanes {
                agenda.plan(.agent(agent, lane: lane), at: 10 + Int64(agent) * 7 + Int64(lane))
            }
        }
        for reviewer in reviewers.indices
        where !reviewers[reviewer].isImpostor || has(.ownDecisions) {
            agenda.plan(.look(reviewer: reviewer), at: 1500 + Int64(reviewer) * 900)
        }
        if !swarm.faults.isEmpty { agenda.plan(.trouble, at: 500) }
        agenda.plan(.heal, at: healing)
    }

    /// Lives until all is quiet, a rule is broken, or the end.
    func run() {
        while let (at, happening) = agenda.next() {
            guard at <= min(end, options.until ?? .max) else { break }
            now = max(now, at)
            happenings += 1
            trace.note(now, happening)
            handle(happening)
            guard checker.violations.isEmpty else { return }
            guard happenings < World.happeningsMax else {
                return checker.note("L1", "it goes round in circles", isLiveness: true)
            }
            if isHealed, happenings.isMultiple(of: 8), isQuiet { break }
        }
        if options.until == nil || now >= end { conclude() }
    }

    private func handle(_ happening: Happening) {
        switch happening {
        case .arrival(let call): arrive(call)
        case .work(let epoch): work(epoch)
        case .timer(let epoch, let generation): fireTimer(epoch, generation)
        case .answer(let call, let reply): hear(reply, to: call)
        case .impatience(let call): loseCall(call)
        case .agent(let agent, let lane): goOn(agent, lane)
        case .deed(let agent, let lane, let step): perform(agent, lane, step)
        case .look(let reviewer): look(reviewer)
        case .verdict(let reviewer, let workflow, let ask):
            self.ask(ask, in: workflow, from: .reviewer(reviewer))
        case .undoEffect(let call, let epoch, let mood): takeEffect(call, epoch, mood)
        case .undoReport(let call, let epoch, let report): takeReport(call, epoch, report)
        case .crash: crash()
        case .start(let epoch): start(epoch)
        case .trouble: makeTrouble()
        case .pause: pause()
        case .goOn(let epoch, let isReplaced): endPause(epoch, isReplaced)
        case .heal: heal()
        }
    }

    func has(_ fault: Swarm.Fault) -> Bool { !isHealed && swarm.faults.contains(fault) }

    /// Whether nothing is left that anybody would have to do.
    var isQuiet: Bool {
        host.broker != nil && agents.allSatisfy(\.isOver)
            && checker.workflows.values.allSatisfy { $0.pending.isEmpty && !$0.isRunning }
    }

    func plan(_ happening: Happening, in span: Int64) {
        agenda.plan(happening, at: now + max(0, span))
    }
}

extension Manifest {
    /// The manifest of a simulated world: every mode, short times.
    static func simulated(_ swarm: Swarm, seed: UInt64) -> Manifest {
        var random = SimulationRandom(seed: seed, stream: 6)
        var manifest = Manifest(digest: Digest(of: Array("simulated".utf8)), file: "manifest.yaml")
        manifest.roles = [
            "primary": Role(users: ["ann", "ben"]), "secondary": Role(users: ["cara", "ann"]),
        ]
        manifest.operations = [
            "undo": Operation(
                name: "undo",
                executor: .agent(users: ["executors"]),
                timeout: Span(seconds: 10),
                retries: 2 + random.below(2),
                backoff: Span(seconds: 1)
            )
        ]
        var defaults = Defaults()
        defaults.timeout = Sourced(Span(seconds: [30, 60, 120][random.below(3)]))
        defaults.maxAsyncDepth = Sourced(swarm.depth)
        defaults.runWithin = Sourced(Span(seconds: [20, 60][random.below(2)]))
        manifest.defaults = defaults
        func add(_ name: String, _ set: (inout ActionSettings) -> Void) {
            var settings = ActionSettings()
            settings.approvalRequired = Sourced(true)
            set(&settings)
            manifest.actions[name] = ActionPolicy(name: name, settings: settings)
        }
        let modify = [ModifyMode.direct, .reapprove, .forbid][random.below(3)]
        let approvals = random.percent(25) ? 2 : 1
        let sample = random.percent(30) ? 0.5 : 0
        // Only what has some time left can be put off.
        let isPatient = random.percent(30)
        add("wipe") { $0.undoOperation = Sourced(String?.none) }
        add("change") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced("undo")
            $0.approvals = Sourced(approvals)
            $0.modify = Sourced(modify)
            if isPatient { $0.timeout = Sourced(Span(minutes: 15)) }
        }
        add("deploy") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("undo")
            $0.modify = Sourced(modify)
        }
        add("apart") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("undo")
            $0.independentOf = Sourced(["deploy"])
        }
        add("note") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced("undo")
            $0.sample = Sourced(sample)
        }
        add("mail") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced(String?.none)
        }
        add("read") {
            $0.approvalRequired = Sourced(false)
            $0.sideEffects = Sourced(false)
        }
        return manifest
    }
}
