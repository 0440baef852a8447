import HoldClient
import HoldCore
import HoldWire
import Synchronization

/// Eight agents, two reviewers, an operator and an executor at work on one service.
final class Load: Sendable {
    /// What the load is made of.
    struct Mix: Sendable {
        var agents = 8
        var reviewers = 2
        /// How many workflows an agent has going at once.
        var lanes = 3
        var hasExecutor = true
        /// Actions, drawn evenly.
        var actions = Mix.varied
        /// Share of items that are rejected.
        var rejects = 0.15
        var edits = 0.05
        /// Whether chains fail, get stuck and are steered, and workflows are halted.
        var isTroubled = true

        static let varied = [
            "look", "note", "note", "build", "build", "build", "build", "ship", "ship", "wipe",
            "brief", "sticky",
        ]
        /// Nobody but an executor: a mode that says itself what happens when.
        static let nobody = Mix(agents: 0, reviewers: 0, isTroubled: false)

        static let still = ["look", "note", "build", "build", "build", "ship", "wipe"]
    }

    let notes: Notes
    let world: World
    let mix: Mix
    let seed: UInt64
    private let agents: [AgentClient]
    private let reviewers: [ReviewClient]
    private let operatorClient: ReviewClient
    private let executor: AgentClient
    private let isStopping = Atomic(false)
    private let isOver = Atomic(false)
    private let tasks = Mutex<(agents: [Task<Void, Never>], others: [Task<Void, Never>])>(([], []))

    var stops: Bool { isStopping.load(ordering: .relaxed) }
    var isEnded: Bool { isOver.load(ordering: .relaxed) }

    init(_ site: Site, notes: Notes, world: World, mix: Mix, seed: UInt64) {
        self.notes = notes
        self.world = world
        self.mix = mix
        self.seed = seed
        agents = (0..<mix.agents).map { AgentClient(site.connect("agent-\($0)", .agent)) }
        reviewers = (0..<mix.reviewers).map {
            ReviewClient(site.connect("reviewer-\($0)", .review))
        }
        operatorClient = ReviewClient(site.connect("operator", .review))
        executor = AgentClient(site.connect("executor", .agent))
    }

    /// Sets everyone to work; `name` keeps the workflows of several loads apart.
    func start(_ name: String) {
        let working = agents.enumerated().flatMap { number, client in
            (0..<mix.lanes).map { lane in
                Task {
                    await AgentPlayer(load: self, client: client, name: "\(name)a\(number)l\(lane)")
                        .play()
                }
            }
        }
        var others = agents.map { client in Task { await self.listen(client) } }
        others += reviewers.enumerated().map { number, client in
            Task { await ReviewPlayer(load: self, client: client, number: number).play() }
        }
        let steering = OperatorPlayer(load: self, client: operatorClient)
        others.append(Task { await steering.play() })
        if mix.hasExecutor {
            let executing = ExecutorPlayer(load: self)
            others.append(Task { [executor] in await executing.serve(executor) })
        }
        tasks.withLock { $0 = (working, others) }
    }

    private func listen(_ client: AgentClient) async {
        for await notice in client.notices() {
            switch notice {
            case .decided(let params): notes.take(.noticed(params))
            case .unwound(let params): notes.take(.unwound(params))
            case .unwinding, .stuck: break
            }
        }
    }

    /// Begins nothing new, and waits until everything begun has come to its end.
    ///
    /// - Throws: ``Violation`` when something never does.
    func settle(within limit: Duration = .seconds(90)) async throws {
        isStopping.store(true, ordering: .relaxed)
        let working = tasks.withLock { $0.agents }
        let end = ContinuousClock.now + limit
        let watch = Task {
            while !Task.isCancelled, ContinuousClock.now < end, (try? notes.check()) != nil {
                await pause(.milliseconds(20))
            }
            working.forEach { $0.cancel() }
        }
        for task in working { await task.value }
        watch.cancel()
        try notes.check()
        guard ContinuousClock.now < end else {
            throw Violation("agents still wait \(limit.seconds) s after the last kill (I3)")
        }
        let isSettled = await eventually(within: limit, every: .milliseconds(30)) {
            await self.isSettled()
        }
        guard isSettled else { throw Violation("workflows still unwind or wait for a person (I3)") }
    }

    private func isSettled() async -> Bool {
        guard let queue = try? await operatorClient.list(QueueQuery(limit: 1)), queue.total == 0,
            let unwinding = try? await operatorClient.workflows(status: .unwinding, limit: 1),
            let stuck = try? await operatorClient.workflows(status: .stuck, limit: 1),
            let halted = try? await operatorClient.workflows(status: .halted, limit: 1)
        else { return false }
        return unwinding.total == 0 && stuck.total == 0 && halted.total == 0
    }

    /// Sends everybody home.
    func close() async {
        isStopping.store(true, ordering: .relaxed)
        isOver.store(true, ordering: .relaxed)
        let (working, others) = tasks.withLock { $0 }
        let connections =
            agents.map(\.connection) + reviewers.map(\.connection) + [
                operatorClient.connection, executor.connection,
            ]
        connections.forEach { $0.close() }
        for task in working + others { task.cancel() }
        for task in working + others { await task.value }
    }
}
