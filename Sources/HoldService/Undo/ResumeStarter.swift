package import HoldCore
package import Logging
import Synchronization

/// Starts an agent again when a decision lands and the agent is gone.
///
/// Only for the workflow of an agent whose name the manifest gives to its account (I19); what the agent
/// chose, ids included, reaches the command as data on its standard input and in no other way.
/// Each decision starts it at most once, one workflow has at most one such process at a time, and all
/// together start at a bounded pace. A started agent is on its own: it outlives the service.
package final class ResumeStarter: Sendable {
    /// The most workflows that wait for their start.
    package static let waitingLimit = 1000
    /// The most decisions remembered as answered.
    static let memoryLimit = 10_000
    /// The pause between two starts.
    static let pace = Duration.milliseconds(200)

    /// Runs a command that reads this on its standard input, to its end.
    typealias Start = @Sendable ([String], [UInt8]) async -> CommandResult

    private struct Errand: Sendable {
        var agent: AgentIdentity
        var item: ItemReference
        var input: [UInt8]
    }

    private struct State {
        var answered: Set<ItemReference> = []
        var order: [ItemReference] = []
        var waiting: [Errand] = []
        /// Workflows whose process runs, with the decision that came meanwhile.
        var running: [WorkflowKey: Errand?] = [:]
        var worker: Task<Void, Never>?
        var isStopping = false
    }

    private let state = Mutex(State())
    private let command: @Sendable (AgentIdentity) -> [String]?
    private let isAttended: @Sendable (WorkflowKey) -> Bool
    private let start: Start
    private let pause: @Sendable (Duration) async -> Void
    private let logger: Logger

    /// A starter of the agents that the manifest in force names.
    ///
    /// - Parameters:
    ///   - logger: Where starts and ends are noted.
    ///   - runner: What runs the commands.
    ///   - isAttended: Whether an agent of this workflow is connected.
    ///   - command: What the manifest in force starts for an agent; nil for one that it does not know.
    package convenience init(
        logger: Logger,
        runner: CommandRunner = CommandRunner(),
        isAttended: @escaping @Sendable (WorkflowKey) -> Bool,
        command: @escaping @Sendable (AgentIdentity) -> [String]?
    ) {
        self.init(
            logger: logger,
            isAttended: isAttended,
            command: command,
            start: { await runner.detach($0, input: $1) },
            pause: { try? await Task.sleep(for: $0) }
        )
    }

    init(
        logger: Logger,
        isAttended: @escaping @Sendable (WorkflowKey) -> Bool,
        command: @escaping @Sendable (AgentIdentity) -> [String]?,
        start: @escaping Start,
        pause: @escaping @Sendable (Duration) async -> Void
    ) {
        self.logger = logger
        self.isAttended = isAttended
        self.command = command
        self.start = start
        self.pause = pause
    }

    /// A decision landed on an item of this agent; returns at once.
    ///
    /// - Parameters:
    ///   - item: The item.
    ///   - agent: The agent that the item's workflow belongs to.
    ///   - decision: What the agent is told of it: one JSON object; put together only for an agent
    ///     that is started again, since every decision passes here. nil: it has no JSON form.
    package func decided(
        _ item: ItemReference,
        agent: AgentIdentity,
        decision: @autoclosure () -> JSONValue?
    ) {
        guard command(agent) != nil, let decision = decision() else { return }
        let isDropped = state.withLock { state in
            guard !state.isStopping, state.answered.insert(item).inserted else { return false }
            state.order.append(item)
            if state.order.count > ResumeStarter.memoryLimit {
                state.answered.remove(state.order.removeFirst())
            }
            let errand = Errand(agent: agent, item: item, input: decision.canonical + [0x0A])
            if state.running[item.workflow] != nil {
                state.running[item.workflow] = .some(errand)
                return false
            }
            guard !state.waiting.contains(where: { $0.item.workflow == item.workflow }) else {
                return false
            }
            guard state.waiting.count < ResumeStarter.waitingLimit else { return true }
            state.waiting.append(errand)
            wake(&state)
            return false
        }
        if isDropped {
            logger.error(
                "too many agents wait to be started again: one is left out",
                metadata: ["agent": "\(agent.name)", "workflow": "\(item.workflow.text)"]
            )
        }
    }

    /// Starts nothing more; what was started goes on.
    package func stop() {
        state.withLock { state in
            state.isStopping = true
            state.waiting = []
        }
    }

    /// Waits until nothing waits for its start.
    func settle() async {
        while let worker = state.withLock({ $0.worker }) { await worker.value }
    }

    /// Waits until nothing waits and nothing that was started runs.
    func idle() async {
        while state.withLock({ $0.worker != nil || !$0.running.isEmpty }) { await Task.yield() }
    }

    // MARK: - One after the other

    private func wake(_ state: inout State) {
        guard state.worker == nil else { return }
        state.worker = Task { [self] in
            while let errand = next() {
                launch(errand)
                await pause(ResumeStarter.pace)
            }
        }
    }

    private func next() -> Errand? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.worker = nil
                return nil
            }
            let errand = state.waiting.removeFirst()
            // Counted as running from here on: a decision that lands now waits for its end.
            state.running[errand.item.workflow] = .some(nil)
            return errand
        }
    }

    private func launch(_ errand: Errand) {
        let workflow = errand.item.workflow
        // It may have come back by itself, and the manifest may have changed.
        guard !isAttended(workflow), let command = command(errand.agent) else {
            return finish(workflow)
        }
        logger.notice(
            "an agent is started again",
            metadata: ["agent": "\(errand.agent.name)", "workflow": "\(workflow.text)"]
        )
        Task { [self] in
            let result = await start(command, errand.input)
            ended(errand, result)
        }
    }

    private func ended(_ errand: Errand, _ result: CommandResult) {
        let workflow = errand.item.workflow
        logger.log(
            level: result.isSuccess ? .info : .error,
            "an agent that was started again ended",
            metadata: [
                "agent": "\(errand.agent.name)", "workflow": "\(workflow.text)",
                "result": "\(result.sentence)",
            ]
        )
        finish(workflow)
    }

    /// What ran for a workflow runs no more: a decision that came meanwhile has its turn.
    private func finish(_ workflow: WorkflowKey) {
        state.withLock { state in
            // A decision that came while it ran may have come too late for it.
            guard let meanwhile = state.running.removeValue(forKey: workflow) ?? nil,
                !state.isStopping
            else { return }
            state.waiting.append(meanwhile)
            wake(&state)
        }
    }
}
