import Glibc
import HoldCore
import HoldJournal
import HoldWire
import NIOCore
import Synchronization

/// `service.status`: what runs where, with what.
extension Session {
    /// Whether the store can be written is tried before it is told; but a disk that takes its time
    /// keeps nobody waiting for it.
    func answerStatus(_ call: Call) {
        let isAnswered = Atomic(false)
        let answer = later { (session: Session, _: Void) in
            guard !isAnswered.exchange(true, ordering: .relaxed) else { return }
            session.answerStatusAsKnown(call)
        }
        loop.scheduleTask(in: .milliseconds(500)) { answer(()) }
        house.lane.probe { answer(()) }
    }

    private func answerStatusAsKnown(_ call: Call) {
        let query = WorkflowQuery(limit: 1)
        let now = house.clock.now()
        house.read(
            { journal throws(JournalFault) in
                StoreFigures(
                    events: try journal.head().seq,
                    bytes: try journal.size(),
                    open: try journal.queue(QueueQuery(limit: 1, now: now)).counts.open,
                    workflows: try journal.workflows(query).total,
                    obstacle: journal.obstacle,
                    complaints: journal.complaints
                )
            },
            then: later { session, result in
                // A store that cannot be read is what this is asked for: then as it was last.
                var figures = session.house.figures.withLock { figures in
                    if let read = try? result.get() { figures = read }
                    return figures
                }
                if case .failure(let fault) = result { figures.obstacle = fault }
                session.answer(
                    call,
                    ServiceStatus.self,
                    .success(figures) as Result<StoreFigures, JournalFault>
                ) { session.status($0) }
            }
        )
    }

    private func status(_ figures: StoreFigures) -> ServiceStatus.Reply {
        let house = house
        let counts = house.switchboard.counts
        let manifest = house.manifests.state
        let now = house.clock.now()
        let standing = house.lane.standing
        // What an attempt came to says more than what can be seen from outside.
        let obstacle = standing.obstacle ?? figures.obstacle
        return ServiceStatus.Reply(
            service: WireParty(
                name: "holdshort",
                version: house.configuration.version,
                id: house.configuration.id
            ),
            pid: getpid(),
            startedAt: house.startedAt,
            uptimeSeconds: (now - house.startedAt).seconds,
            separation: house.separation,
            readOnly: obstacle != nil,
            store: WireStore(
                kind: "sqlite",
                location: house.configuration.paths.store,
                events: Int(clamping: figures.events),
                bytes: Int(clamping: figures.bytes)
            ),
            manifest: WireManifestStatus(
                file: manifest.manifest.file,
                digest: manifest.manifest.digest,
                loadedAt: manifest.loadedAt,
                problem: manifest.problem
            ),
            connections: WireConnections(
                agents: counts.agents,
                reviewers: counts.reviewers,
                executors: counts.executors
            ),
            pending: figures.open,
            workflows: figures.workflows,
            halts: standing.halts.wire,
            warnings: warnings(
                obstacle,
                figures.complaints,
                standing,
                problem: manifest.problem
            )
        )
    }

    private func warnings(
        _ obstacle: JournalFault?,
        _ complaints: [String],
        _ standing: BrokerLane.Standing,
        problem: String?
    ) -> [String] {
        var warnings: [String] = []
        if let obstacle {
            warnings.append("nothing can be proposed or decided: \(obstacle.code.words).")
        }
        warnings += complaints
        if house.separation == .none {
            warnings.append(
                "separation: none. One account alone can reach the sockets, so whoever asks may"
                    + " also decide."
            )
        }
        if let problem {
            warnings.append("the manifest on disk has errors; the old one is in force: \(problem)")
        }
        for operation in house.manifests.current.unprovenOperations(
            provenAt: standing.provenAt,
            at: house.clock.now()
        ) {
            let error = standing.drills[operation]?.last?.error
            warnings.append(
                "the undo \(operation) is not proven"
                    + (error.map { "; its last drill failed: \($0)" } ?? "")
                    + ". What relies on it waits for a person."
            )
        }
        let drift = house.clock.drift
        if abs(drift.seconds) > 1 {
            warnings.append(
                "the wall clock has jumped by \(Int(drift.seconds)) s since the start; deadlines"
                    + " follow the boot clock."
            )
        }
        return warnings
    }
}

/// What the store says of itself.
struct StoreFigures: Sendable {
    var events: Int64 = 0
    var bytes: Int64 = 0
    var open = 0
    var workflows = 0
    var obstacle: JournalFault?
    var complaints: [String] = []
}
