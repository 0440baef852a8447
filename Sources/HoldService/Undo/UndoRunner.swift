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
    private let report: @Sendable (UndoCall, UndoWord) -> Void

    init(
        switchboard: Switchboard,
        manifests: ManifestKeeper,
        loop: any EventLoop,
        logger: Logger,
        report: @escaping @Sendable (UndoCall, UndoWord) -> Void
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
    func run(_ call: UndoCall, owner: Account) {
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
        _ body: @escaping @Sendable () async -> UndoWord
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

    private func end(_ call: UndoCall, _ word: UndoWord) {
        let isStopping = state.withLock { state in
            state.running[call] = nil
            return state.isStopping
        }
        logger.info("undo reported", metadata: ["key": "\(call.key)", "report": "\(word.report)"])
        if !isStopping { report(call, word) }
    }

    private func rehearsed(_ call: UndoCall) async -> UndoWord {
        guard let operation = manifests.current.operations[call.operation] else {
            return UndoWord(
                .failed("the manifest no longer has the operation \(call.operation)")
            )
        }
        switch operation.executor {
        case nil: return UndoWord(.failed(operation.drillObstacle ?? "it names no executor"))
        case .run: return UndoWord(await RunExecutor().drill(call, operation: operation))
        case .agent:
            // Looked at first: what is done for show must not be left standing.
            guard switchboard.offersDrill(of: operation) else {
                return UndoWord(.unreachable(UndoRunner.nobody(operation.name)))
            }
            switch await RunExecutor().rehearse(call, operation: operation) {
            case .done(let call): return await hand(call, of: operation, owner: nil)
            // Told to stop: the next start takes it back.
            case .inDoubt(let error) where Task.isCancelled: return UndoWord(.failed(error))
            case .inDoubt(let error):
                var doubtful = call
                doubtful.isInDoubt = true
                let taken = await hand(doubtful, of: operation, owner: nil)
                return UndoWord(.failed("\(error); its undo: \(taken.report.sentence)"))
            case .notDone(let report): return UndoWord(report)
            }
        }
    }

    private func outcome(of call: UndoCall, owner: Account?) async -> UndoWord {
        guard let operation = manifests.current.operations[call.operation],
            let executor = operation.executor
        else {
            return UndoWord(
                .terminal(
                    "the manifest names no executor for the operation \(call.operation): add one"
                        + " under operations, then retry, or undo it by hand and resolve it"
                )
            )
        }
        switch executor {
        case .run: return UndoWord(await RunExecutor().run(call, operation: operation))
        case .agent: return await hand(call, of: operation, owner: owner)
        }
    }

    /// Hands the call to a connection that offers it and may have it, waiting for one to come.
    private func hand(
        _ call: UndoCall,
        of operation: Operation,
        owner: Account?
    ) async -> UndoWord {
        await hand(call, within: operation.executorWait) { account, user in
            operation.admits(account, user: user, owner: owner)
        }
    }

    /// Hands the call to a connection that offers it and that is admitted, waiting so long for one.
    func hand(
        _ call: UndoCall,
        within wait: Span,
        admits: @escaping @Sendable (Account, String) -> Bool
    ) async -> UndoWord {
        await withCheckedContinuation { continuation in
            switchboard.run(
                HandedUndo(call: call, admits: admits) { continuation.resume(returning: $0) }
            )
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
        "no connection that may run it offers the operation \(operation) (undo.serve)"
    }
}

/// What came of an undo, and which account says so; nil: a command of the operator, or nobody.
struct UndoWord: Sendable {
    var report: UndoReport
    var executor: Account?

    init(_ report: UndoReport, by executor: Account? = nil) {
        self.report = report
        self.executor = executor
    }
}
