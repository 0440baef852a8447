import Dispatch
import HoldBroker
import HoldCore
import NIOCore
import Synchronization

/// Starts the drills that fall due: one at a time, and none while a real undo runs.
///
/// What is due follows from the record and the manifest alone, so a drill that a crash lost, or one
/// that had to give way, is simply due again.
final class DrillKeeper: Sendable {
    /// How soon to look again when something stood in the way of a due drill.
    private static let pause = Span(seconds: 5)

    private struct State {
        var isOpen = false
        var timer: Timer?
    }

    private let state = Mutex(State())
    private let lane: BrokerLane
    private let undos: UndoRunner
    private let switchboard: Switchboard
    private let manifests: ManifestKeeper
    private let loop: any EventLoop
    private let now: @Sendable () -> Instant
    /// The broker is read here, so that neither its thread nor the connections' wait.
    private let queue = DispatchQueue(label: "holdshort.drills", qos: .utility)

    init(
        lane: BrokerLane,
        undos: UndoRunner,
        switchboard: Switchboard,
        manifests: ManifestKeeper,
        loop: any EventLoop,
        now: @escaping @Sendable () -> Instant
    ) {
        self.lane = lane
        self.undos = undos
        self.switchboard = switchboard
        self.manifests = manifests
        self.loop = loop
        self.now = now
    }

    /// Begins to look, once the sockets are open.
    func begin() {
        state.withLock { state in
            state.isOpen = true
            state.timer = Timer(on: loop, now: now, fire: { [weak self] in self?.look() })
        }
        look()
    }

    func stop() {
        let timer = state.withLock { state in
            state.isOpen = false
            defer { state.timer = nil }
            return state.timer
        }
        timer?.stop()
    }

    /// Starts what is due, and sees to it that it is woken for what will be; returns at once.
    func look() {
        queue.async { [self] in lookNow() }
    }

    private func lookNow() {
        guard let timer = state.withLock({ $0.isOpen ? $0.timer : nil }) else { return }
        let manifest = manifests.current
        guard !manifest.drillDays.isEmpty else { return }
        let standing = lane.standing
        let plan = manifest.drillPlan(
            provenAt: standing.provenAt,
            drills: standing.drills,
            halts: standing.halts,
            at: now()
        )
        if let next = plan.next { timer.wake(at: next) }
        // Who serves an `agent` operation asks for a look itself when it comes.
        guard let due = plan.due.first(where: { isReachable(manifest.operations[$0]) }) else {
            return
        }
        timer.wake(at: now() + DrillKeeper.pause)
        guard undos.isIdle else { return }
        lane.submit(.command(.startDrill(due)), in: Workflow.control, by: .service)
    }

    private func isReachable(_ operation: Operation?) -> Bool {
        guard let operation else { return false }
        switch operation.executor {
        case nil: return false
        case .run: return true
        case .agent: return switchboard.offersDrill(of: operation)
        }
    }
}
