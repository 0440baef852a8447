package import HoldCore
package import Logging
import Synchronization

/// Tells people outside of the console: runs the manifest's notifiers, each in its own line.
///
/// Nothing here ever delays a gate. A notifier that fails is tried again with growing pauses and then
/// given up; one that is slow holds up only its own line, which is bounded.
package final class NotifierQueue: Sendable {
    /// What is told of.
    package enum Subject: Sendable, Hashable {
        /// An item, and the role that is asked now.
        case item(JSONValue, role: String)
        /// A workflow: no role is asked, so every notifier of the occasion is told.
        case workflow(JSONValue)
    }

    /// The most that waits in one notifier's line; beyond, the oldest is dropped.
    package static let lineLimit = 1000
    /// How often one thing is tried.
    package static let attemptsLimit = 5
    /// How long one run of a notifier may take.
    package static let timeout = Span(seconds: 30)

    /// Runs a command with this input and these variables.
    typealias Run = @Sendable ([String], [UInt8], [String: String]) async -> CommandResult

    private struct Message: Sendable {
        var occasion: Notifier.Occasion
        var input: [UInt8]
    }

    private struct Line {
        var waiting: [Message] = []
        var dropped = 0
        var worker: Task<Void, Never>?
    }

    private struct State {
        var lines: [Notifier: Line] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())
    private let notifiers: @Sendable () -> [Notifier]
    private let run: Run
    private let pause: @Sendable (Duration) async -> Void
    private let logger: Logger

    /// A queue for the notifiers of the manifest in force.
    package convenience init(
        logger: Logger,
        runner: CommandRunner = CommandRunner(),
        notifiers: @escaping @Sendable () -> [Notifier]
    ) {
        self.init(
            logger: logger,
            notifiers: notifiers,
            run: { command, input, variables in
                await runner.run(
                    command,
                    input: input,
                    variables: variables,
                    timeout: NotifierQueue.timeout
                )
            },
            pause: { try? await Task.sleep(for: $0) }
        )
    }

    init(
        logger: Logger,
        notifiers: @escaping @Sendable () -> [Notifier],
        run: @escaping Run,
        pause: @escaping @Sendable (Duration) async -> Void
    ) {
        self.logger = logger
        self.notifiers = notifiers
        self.run = run
        self.pause = pause
    }

    /// Whether any notifier is told of this: if not, what it would read need not be made.
    package func hears(_ occasion: Notifier.Occasion) -> Bool {
        notifiers().contains { $0.occasions.contains(occasion) }
    }

    /// Tells every notifier that wants to hear of it; returns at once.
    ///
    /// A notifier reads `{"event":…,"item":…}` or `{"event":…,"workflow":…}` on standard input.
    package func tell(_ occasion: Notifier.Occasion, _ subject: Subject) {
        let event = JSONValue.string(occasion.rawValue)
        let (role, value): (String?, JSONValue) =
            switch subject {
            case .item(let item, let role): (role, ["event": event, "item": item])
            case .workflow(let workflow): (nil, ["event": event, "workflow": workflow])
            }
        let wanting = notifiers().filter { notifier in
            guard notifier.occasions.contains(occasion) else { return false }
            guard let wanted = notifier.role, let role else { return true }
            return wanted == role
        }
        guard !wanting.isEmpty else { return }
        let message = Message(occasion: occasion, input: value.canonical + [0x0A])
        for notifier in wanting { queue(message, for: notifier) }
    }

    /// Takes nothing more, drops what waits, and returns when what runs has ended.
    package func stop() async {
        let (workers, dropped) = state.withLock { state in
            state.isStopping = true
            let dropped = state.lines.values.reduce(0) { $0 + $1.waiting.count }
            for notifier in state.lines.keys { state.lines[notifier]?.waiting = [] }
            return (state.lines.values.compactMap(\.worker), dropped)
        }
        if dropped > 0 {
            logger.warning("notifications dropped at the stop", metadata: ["count": "\(dropped)"])
        }
        for worker in workers { await worker.value }
    }

    /// Waits until nothing waits and nothing runs.
    func settle() async {
        while let worker = state.withLock({ $0.lines.values.compactMap(\.worker).first }) {
            await worker.value
        }
    }

    /// Whether it still takes something to tell.
    var isTaking: Bool { state.withLock { !$0.isStopping } }

    // MARK: - One line

    private func queue(_ message: Message, for notifier: Notifier) {
        state.withLock { state in
            guard !state.isStopping else { return }
            var line = state.lines[notifier] ?? Line()
            if line.waiting.count >= NotifierQueue.lineLimit {
                // A stuck undo is told before anything else is.
                let oldest = line.waiting.firstIndex { $0.occasion != .undoStuck } ?? 0
                line.waiting.remove(at: oldest)
                line.dropped += 1
            }
            line.waiting.append(message)
            if line.worker == nil { line.worker = Task { [self] in await work(for: notifier) } }
            state.lines[notifier] = line
        }
    }

    private func work(for notifier: Notifier) async {
        while let (message, dropped) = next(for: notifier) {
            if dropped > 0 {
                logger.warning(
                    "a notifier is too slow: notifications dropped",
                    metadata: ["command": "\(notifier.command)", "count": "\(dropped)"]
                )
            }
            await deliver(message, by: notifier)
        }
    }

    private func next(for notifier: Notifier) -> (Message, dropped: Int)? {
        state.withLock { state in
            guard var line = state.lines[notifier], !line.waiting.isEmpty else {
                // The line ends with its worker: a manifest that changes leaves nothing behind.
                state.lines[notifier] = nil
                return nil
            }
            let message = line.waiting.removeFirst()
            let dropped = line.dropped
            line.dropped = 0
            state.lines[notifier] = line
            return (message, dropped)
        }
    }

    private func deliver(_ message: Message, by notifier: Notifier) async {
        let variables = ["HOLDSHORT_EVENT": message.occasion.rawValue]
        for attempt in 1...NotifierQueue.attemptsLimit {
            let result = await run(notifier.command, message.input, variables)
            if result.isSuccess { return }
            let isLast =
                attempt == NotifierQueue.attemptsLimit || state.withLock { $0.isStopping }
            logger.log(
                level: isLast ? .error : .warning,
                isLast ? "a notifier failed and is given up" : "a notifier failed; it runs again",
                metadata: [
                    "command": "\(notifier.command)", "event": "\(message.occasion.rawValue)",
                    "attempt": "\(attempt)", "result": "\(result.sentence)",
                ]
            )
            if isLast { return }
            await pause(.seconds(1 << (attempt - 1)))
        }
    }
}
