package import HoldCore
package import Logging
import Synchronization

/// Starts an agent again when a decision lands and the agent is gone.
///
/// Each decision starts it at most once, one workflow has at most one such process at a time, and all
/// together start at a bounded pace. A started agent is on its own: it outlives the service.
package final class ResumeStarter: Sendable {
    /// The place of the workflow's id in an argument.
    package static let placeholder = "{workflow}"
    /// The most workflows that wait for their start.
    package static let waitingLimit = 1000
    /// The most decisions remembered as answered.
    static let memoryLimit = 10_000
    /// The pause between two starts.
    static let pace = Duration.milliseconds(200)

    /// Runs a command with these variables, to its end.
    typealias Start = @Sendable ([String], [String: String]) async -> CommandResult

    private struct Errand: Sendable {
        var agent: String
        var item: ItemReference
    }

    private struct State {
        var answered: Set<ItemReference> = []
        var order: [ItemReference] = []
        var waiting: [Errand] = []
        /// Workflows whose process runs, with the decision that came meanwhile.
        var running: [WorkflowID: Errand?] = [:]
        var worker: Task<Void, Never>?
        var isStopping = false
    }

    private let state = Mutex(State())
    private let commands: @Sendable () -> [String: [String]]
    private let isAttended: @Sendable (WorkflowID) -> Bool
    private let start: Start
    private let pause: @Sendable (Duration) async -> Void
    private let logger: Logger

    /// A starter of the agents that the manifest in force names.
    ///
    /// - Parameters:
    ///   - logger: Where starts and ends are noted.
    ///   - runner: What runs the commands.
    ///   - isAttended: Whether an agent of this workflow is connected.
    ///   - commands: The manifest's `resume`: what to run, by the agent's name.
    package convenience init(
        logger: Logger,
        runner: CommandRunner = CommandRunner(),
        isAttended: @escaping @Sendable (WorkflowID) -> Bool,
        commands: @escaping @Sendable () -> [String: [String]]
    ) {
        self.init(
            logger: logger,
            isAttended: isAttended,
            commands: commands,
            start: { await runner.detach($0, variables: $1) },
            pause: { try? await Task.sleep(for: $0) }
        )
    }

    init(
        logger: Logger,
        isAttended: @escaping @Sendable (WorkflowID) -> Bool,
        commands: @escaping @Sendable () -> [String: [String]],
        start: @escaping Start,
        pause: @escaping @Sendable (Duration) async -> Void
    ) {
        self.logger = logger
        self.isAttended = isAttended
        self.commands = commands
        self.start = start
        self.pause = pause
    }

    /// A decision landed on this item of this agent; returns at once.
    package func decided(_ item: ItemReference, agent: String) {
        guard commands()[agent] != nil else { return }
        let isDropped = state.withLock { state in
            guard !state.isStopping, state.answered.insert(item).inserted else { return false }
            state.order.append(item)
            if state.order.count > ResumeStarter.memoryLimit {
                state.answered.remove(state.order.removeFirst())
            }
            let errand = Errand(agent: agent, item: item)
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
                metadata: ["agent": "\(agent)", "workflow": "\(item.workflow.text)"]
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

    /// What a command becomes for one workflow.
    ///
    /// The id is the agent's own words: it stays within the one argument that names it, and where an
    /// option could stand it must not look like one.
    ///
    /// - Returns: nil when the id would be read as an option.
    static func filled(_ command: [String], workflow: WorkflowID) -> [String]? {
        var filled: [String] = []
        for argument in command {
            let parts = argument.split(placeholder)
            if parts.count > 1, parts[0].isEmpty, workflow.text.hasPrefix("-") { return nil }
            filled.append(parts.joined(separator: workflow.text))
        }
        return filled
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
            return state.waiting.removeFirst()
        }
    }

    private func launch(_ errand: Errand) {
        let workflow = errand.item.workflow
        // It may have come back by itself, and the manifest may have changed.
        guard !isAttended(workflow), let command = commands()[errand.agent] else { return }
        guard let filled = ResumeStarter.filled(command, workflow: workflow) else {
            logger.error(
                "an agent is not started again: its workflow's id looks like an option",
                metadata: ["agent": "\(errand.agent)", "workflow": "\(workflow.text)"]
            )
            return
        }
        state.withLock { $0.running[workflow] = .some(nil) }
        logger.notice(
            "an agent is started again",
            metadata: ["agent": "\(errand.agent)", "workflow": "\(workflow.text)"]
        )
        Task { [self] in
            let result = await start(
                filled,
                [
                    "HOLDSHORT_WORKFLOW": workflow.text, "HOLDSHORT_STEP": errand.item.step.text,
                    "HOLDSHORT_AGENT": errand.agent,
                ]
            )
            ended(errand, result)
        }
    }

    private func ended(_ errand: Errand, _ result: CommandResult) {
        let workflow = errand.item.workflow
        logger.log(
            level: result.isSuccess ? .info : .error,
            "an agent that was started again ended",
            metadata: [
                "agent": "\(errand.agent)", "workflow": "\(workflow.text)",
                "result": "\(result.sentence)",
            ]
        )
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

extension String {
    /// The parts around every occurrence of a text, at least one.
    fileprivate func split(_ separator: String) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var rest = Array(utf8)[...]
        let mark = Array(separator.utf8)
        while !rest.isEmpty {
            if rest.starts(with: mark) {
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
                rest = rest.dropFirst(mark.count)
            } else {
                part.append(rest.removeFirst())
            }
        }
        return parts + [String(decoding: part, as: UTF8.self)]
    }
}
