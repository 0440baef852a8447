import Glibc
import HoldCore
import HoldJournal
import HoldWire

/// `service.status`: what runs where, with what.
extension Session {
    func answerStatus(_ call: Call) {
        let query = WorkflowQuery(limit: 1)
        let now = house.clock.now()
        house.read(
            { journal throws(JournalFault) in
                (
                    head: try journal.head(), bytes: try journal.size(),
                    open: try journal.queue(QueueQuery(limit: 1, now: now)).counts.open,
                    workflows: try journal.workflows(query).total
                )
            },
            then: later { session, result in
                session.answer(call, ServiceStatus.self, result) { figures in
                    session.status(
                        events: figures.head.seq,
                        bytes: figures.bytes,
                        open: figures.open,
                        workflows: figures.workflows
                    )
                }
            }
        )
    }

    private func status(
        events: Int64,
        bytes: Int64,
        open: Int,
        workflows: Int
    ) -> ServiceStatus.Reply {
        let house = house
        let counts = house.switchboard.counts
        let manifest = house.manifests.state
        let now = house.clock.now()
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
            readOnly: false,
            store: WireStore(
                kind: "sqlite",
                location: house.configuration.paths.store,
                events: Int(clamping: events),
                bytes: Int(clamping: bytes)
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
            pending: open,
            workflows: workflows,
            halts: house.lane.halts.wire,
            warnings: warnings(problem: manifest.problem)
        )
    }

    private func warnings(problem: String?) -> [String] {
        var warnings: [String] = []
        if house.separation == .none {
            warnings.append(
                "separation: none. One account alone can reach the sockets, so whoever asks may"
                    + " also decide."
            )
        }
        if let problem {
            warnings.append("the manifest on disk has errors; the old one is in force: \(problem)")
        }
        let drills = house.lane.drillStanding
        for operation in house.manifests.current.unprovenOperations(
            provenAt: drills.provenAt,
            at: house.clock.now()
        ) {
            let error = drills.drills[operation]?.last?.error
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
