import HoldBroker
import HoldCore
import HoldWire
import Logging
import NIOCore
import Synchronization

/// Carries undos and drills out: by a command on this host, or by the connection that offered it.
///
/// The same undo asked for twice while it runs is run once; its key makes a repeat after a crash
/// harmless (I10).
final class UndoRunner: Sendable {
    private struct State {
        var running: [UndoCall: Task<Void, Never>?] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())
    private let switchboard: Switchboard
    private let manifests: ManifestKeeper
    private let loop: any EventLoop
    private let logger: Logger
    private let report: @Sendable (UndoCall, UndoReport) -> Void

    init(
        switchboard: Switchboard,
        manifests: ManifestKeeper,
        loop: any EventLoop,
        logger: Logger,
        report: @escaping @Sendable (UndoCall, UndoReport) -> Void
    ) {
        self.switchboard = switchboard
        self.manifests = manifests
        self.loop = loop
        self.logger = logger
        self.report = report
    }

    /// Runs one undo; its outcome goes to the broker.
    ///
    /// `owner` is the account that the workflow belongs to.
    func run(_ call: UndoCall, owner: UInt32?) {
        begin(call) { [self] in await outcome(of: call, owner: owner) }
    }

    /// Runs one drill: does for show what the undo then undoes; its outcome goes to the broker.
    ///
    /// One that a stop cut short is only undone: what it may have done is taken back.
    func drill(_ call: UndoCall) {
        begin(call) { [self] in
            call.isInDoubt ? await outcome(of: call, owner: nil) : await rehearsed(call)
        }
    }

    /// Whether nothing is being undone.
    var isIdle: Bool { state.withLock { $0.running.isEmpty } }

    /// Ends what runs and starts nothing more; nothing that ends from now on is reported.
    func stop() {
        let tasks = state.withLock { state in
            state.isStopping = true
            return state.running.values.compactMap { $0 }
        }
        for task in tasks { task.cancel() }
        switchboard.giveUpAll()
    }

    /// Waits until nothing runs any more, after ``stop()``.
    func settle() async {
        for task in state.withLock({ $0.running.values.compactMap { $0 } }) { await task.value }
    }

    // MARK: - One call

    private func begin(
        _ call: UndoCall,
        _ body: @escaping @Sendable () async -> UndoReport
    ) {
        let isNew = state.withLock { state in
            guard !state.isStopping, state.running[call] == nil else { return false }
            state.running[call] = .some(nil)
            return true
        }
        guard isNew else { return }
        logger.info(
            call.isDrill ? "drill" : "undo",
            metadata: [
                "key": "\(call.key)", "operation": "\(call.operation)",
                "attempt": "\(call.attempt)",
            ]
        )
        let task = Task { [self] in end(call, await body()) }
        let isStopping = state.withLock { state in
            // It may have ended already.
            if state.running[call] != nil { state.running[call] = .some(task) }
            return state.isStopping
        }
        if isStopping { task.cancel() }
    }

    private func end(_ call: UndoCall, _ outcome: UndoReport) {
        let isStopping = state.withLock { state in
            state.running[call] = nil
            return state.isStopping
        }
        logger.info("undo reported", metadata: ["key": "\(call.key)", "report": "\(outcome)"])
        if !isStopping { report(call, outcome) }
    }

    private func rehearsed(_ call: UndoCall) async -> UndoReport {
        guard let operation = manifests.current.operations[call.operation] else {
            return .failed("the manifest no longer has the operation \(call.operation)")
        }
        switch operation.executor {
        case nil: return .failed(operation.drillObstacle ?? "it names no executor")
        case .run: return await RunExecutor().drill(call, operation: operation)
        case .agent:
            // Looked at first: what is done for show must not be left standing.
            guard switchboard.offers(operation.name) else {
                return .unreachable(UndoRunner.nobody(operation.name))
            }
            switch await RunExecutor().rehearse(call, operation: operation) {
            case .done(let call): return await hand(call, to: nil, within: operation.executorWait)
            // Told to stop: the next start takes it back.
            case .inDoubt(let error) where Task.isCancelled: return .failed(error)
            case .inDoubt(let error):
                var doubtful = call
                doubtful.isInDoubt = true
                let taken = await hand(doubtful, to: nil, within: operation.executorWait)
                return .failed("\(error); its undo: \(taken.sentence)")
            case .notDone(let report): return report
            }
        }
    }

    private func outcome(of call: UndoCall, owner: UInt32?) async -> UndoReport {
        let operation = manifests.current.operations[call.operation]
        switch operation?.executor {
        case nil:
            return .terminal(
                "the manifest names no executor for the operation \(call.operation): add one"
                    + " under operations, then retry, or undo it by hand and resolve it"
            )
        case .run:
            guard let operation else { return .failed("it names no command") }
            return await RunExecutor().run(call, operation: operation)
        case .agent:
            let wait = operation?.executorWait ?? Span(seconds: 30)
            return await hand(call, to: owner, within: wait)
        }
    }

    /// Hands the call to a connection that offers it, waiting so long for one to come.
    func hand(
        _ call: UndoCall,
        to owner: UInt32?,
        within wait: Span
    ) async -> UndoReport {
        await withCheckedContinuation { continuation in
            switchboard.run(call, uid: owner) { continuation.resume(returning: $0) }
            loop.scheduleTask(in: .milliseconds(wait.milliseconds)) { [self] in giveUp(call) }
            // A stop may have looked before this one waited.
            if state.withLock({ $0.isStopping }) { switchboard.giveUpAll() }
        }
    }

    /// Ends the wait for a connection that offers this call.
    func giveUp(_ call: UndoCall) {
        switchboard.giveUp(call, .unreachable(UndoRunner.nobody(call.operation)))
    }

    private static func nobody(_ operation: String) -> String {
        "no connection offers the operation \(operation) (undo.serve)"
    }
}
