import Dispatch
import HoldBroker
import HoldCore
import HoldJournal
import HoldWire
import Logging
import NIOCore
import Synchronization

/// What every session of one service shares.
final class House: Sendable {
    let configuration: ServiceConfiguration
    let journal: any Journal
    let clock: JournalClock
    let separation: Separation
    let logger: Logger
    let lane: BrokerLane
    let switchboard: Switchboard
    let manifests: ManifestKeeper
    let drills: DrillKeeper
    let startedAt: Instant
    /// What the store said of itself when it was last read, for a status while it cannot be.
    let figures = Mutex(StoreFigures())
    /// Lists and blobs are read here, so that a slow one never delays a decision.
    let reads = DispatchQueue(label: "holdshort.reads", qos: .userInitiated)

    init(
        configuration: ServiceConfiguration,
        journal: any Journal,
        clock: JournalClock,
        separation: Separation,
        logger: Logger,
        lane: BrokerLane,
        switchboard: Switchboard,
        manifests: ManifestKeeper,
        drills: DrillKeeper
    ) {
        self.configuration = configuration
        self.journal = journal
        self.clock = clock
        self.separation = separation
        self.logger = logger
        self.lane = lane
        self.switchboard = switchboard
        self.manifests = manifests
        self.drills = drills
        startedAt = clock.now()
    }

    /// Reads from the journal off the caller's thread, and hands the result on.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Journal) throws(JournalFault) -> Value,
        then hand: @escaping @Sendable (Result<Value, JournalFault>) -> Void
    ) {
        reads.async { [journal] in
            do throws(JournalFault) {
                hand(.success(try body(journal)))
            } catch {
                hand(.failure(error))
            }
        }
    }
}
