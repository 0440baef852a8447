import HoldBroker
import HoldCore
import HoldWire
import Logging
import NIOCore
import Synchronization

/// Carries undos out: by a command on this host, or by the connection that offered it.
///
/// The same undo asked for twice while it runs is run once; its key makes a repeat after a crash
/// harmless (I10).
final class UndoRunner: Sendable {
    private let running = Mutex<Set<UndoCall>>([])
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
        guard running.withLock({ $0.insert(call).inserted }) else { return }
        logger.info(
            "undo",
            metadata: [
                "key": "\(call.key)", "operation": "\(call.operation)",
                "attempt": "\(call.attempt)",
            ]
        )
        let operation = manifests.current.operations[call.operation]
        switch operation?.executor {
        case nil:
            end(
                call,
                .terminal(
                    "the manifest names no executor for the operation \(call.operation): add one"
                        + " under operations, then retry, or undo it by hand and resolve it"
                )
            )
        case .run:
            guard let operation else { return }
            Task { [self] in end(call, await RunExecutor().run(call, operation: operation)) }
        case .agent:
            let wait = operation?.executorWait ?? Span(seconds: 30)
            switchboard.run(call, uid: owner) { [self] in end(call, $0) }
            loop.scheduleTask(in: .milliseconds(wait.milliseconds)) { [self] in
                guard switchboard.giveUp(call) else { return }
                end(
                    call,
                    .unreachable(
                        "no connection offers the operation \(call.operation) (undo.serve)"
                    )
                )
            }
        }
    }

    private func end(_ call: UndoCall, _ outcome: UndoReport) {
        running.withLock { _ = $0.remove(call) }
        logger.info("undo reported", metadata: ["key": "\(call.key)", "report": "\(outcome)"])
        report(call, outcome)
    }
}
