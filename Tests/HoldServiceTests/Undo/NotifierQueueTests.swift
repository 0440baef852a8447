import HoldCore
import Logging
import Synchronization
import Testing

@testable import HoldService

@Suite struct NotifierQueueTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func notifier(
        _ occasions: [Notifier.Occasion],
        role: String? = nil,
        command: [String] = ["/opt/page"]
    ) -> Notifier {
        Notifier(occasions: occasions, role: role, command: command)
    }

    /// What was run, and what each run comes to.
    private final class Runs: Sendable {
        private let state = Mutex<(inputs: [String], results: [CommandResult], pauses: [Duration])>(
            ([], [], [])
        )

        init(_ results: [CommandResult] = []) { state.withLock { $0.results = results } }

        var inputs: [String] { state.withLock { $0.inputs } }
        var pauses: [Duration] { state.withLock { $0.pauses } }

        func run(_ command: [String], _ input: [UInt8]) -> CommandResult {
            state.withLock { state in
                state.inputs.append(
                    command[0] + " " + String(decoding: input.dropLast(), as: UTF8.self)
                )
                return state.results.isEmpty
                    ? CommandResult(.exited(0)) : state.results.removeFirst()
            }
        }

        func pause(_ duration: Duration) { state.withLock { $0.pauses.append(duration) } }
    }

    private func queue(_ notifiers: [Notifier], _ runs: Runs) -> NotifierQueue {
        NotifierQueue(
            logger: quiet,
            notifiers: { notifiers },
            run: { command, input, _ in runs.run(command, input) },
            pause: { runs.pause($0) }
        )
    }

    @Test func `a notifier is told of its occasions and no other`() async {
        let runs = Runs()
        let queue = queue([notifier([.itemOpened, .escalated])], runs)

        queue.tell(.itemOpened, .item(["number": 1], role: "primary"))
        queue.tell(.decided, .item(["number": 1], role: "primary"))
        queue.tell(.escalated, .item(["number": 1], role: "secondary"))
        await queue.settle()

        #expect(
            runs.inputs == [
                "/opt/page {\"event\":\"item_opened\",\"item\":{\"number\":1}}",
                "/opt/page {\"event\":\"escalated\",\"item\":{\"number\":1}}",
            ]
        )
    }

    @Test func `only what a notifier is told of is heard`() {
        let queue = queue([notifier([.itemOpened, .escalated])], Runs())

        #expect(queue.hears(.escalated))
        #expect(!queue.hears(.decided))
    }

    @Test func `a notifier with a role is told when that role is asked`() async {
        let runs = Runs()
        let queue = queue([notifier([.itemOpened], role: "dba")], runs)

        queue.tell(.itemOpened, .item(["number": 1], role: "primary"))
        queue.tell(.itemOpened, .item(["number": 2], role: "dba"))
        await queue.settle()

        #expect(runs.inputs == ["/opt/page {\"event\":\"item_opened\",\"item\":{\"number\":2}}"])
    }

    @Test func `a stuck undo is told to every notifier of it, whatever its role`() async {
        let runs = Runs()
        let queue = queue([notifier([.undoStuck], role: "dba")], runs)

        queue.tell(.undoStuck, .workflow(["workflow": "wf-1"]))
        await queue.settle()

        #expect(
            runs.inputs == [
                "/opt/page {\"event\":\"undo_stuck\",\"workflow\":{\"workflow\":\"wf-1\"}}"
            ]
        )
    }

    @Test func `a notifier that fails is tried again with growing pauses`() async {
        let runs = Runs([CommandResult(.exited(1)), CommandResult(.couldNotStart("gone"))])
        let queue = queue([notifier([.decided])], runs)

        queue.tell(.decided, .item(["number": 1], role: "primary"))
        await queue.settle()

        #expect(runs.inputs.count == 3)
        #expect(runs.pauses == [.seconds(1), .seconds(2)])
    }

    @Test func `a notifier that keeps failing is given up, and the next thing is told`() async {
        let runs = Runs(
            (0..<NotifierQueue.attemptsLimit).map { _ in CommandResult(.exited(1)) }
        )
        let queue = queue([notifier([.decided])], runs)

        queue.tell(.decided, .item(["number": 1], role: "primary"))
        queue.tell(.decided, .item(["number": 2], role: "primary"))
        await queue.settle()

        #expect(runs.inputs.count == NotifierQueue.attemptsLimit + 1)
        #expect(runs.inputs.last?.contains("\"number\":2") == true)
    }

    @Test func `a notifier that hangs holds up no other, and its line is bounded`() async {
        let gate = Gate()
        let told = Runs()
        let slow = notifier([.decided, .undoStuck], command: ["/opt/slow"])
        let quick = notifier([.decided], command: ["/opt/quick"])
        let queue = NotifierQueue(
            logger: quiet,
            notifiers: { [slow, quick] },
            run: { command, input, _ in
                if command == ["/opt/slow"] { await gate.pass() }
                return told.run(command, input)
            },
            pause: { _ in }
        )

        queue.tell(.decided, .item(["number": 0], role: "r"))
        await gate.someoneWaits()
        queue.tell(.undoStuck, .workflow("stuck"))
        let numbers = 1...NotifierQueue.lineLimit
        for number in numbers {
            queue.tell(.decided, .item(["number": .integer(Int64(number))], role: "r"))
            // The quick one keeps up, as it does when things do not come all at once.
            while told.inputs.count <= number { await Task.yield() }
        }
        #expect(told.inputs.allSatisfy { $0.hasPrefix("/opt/quick") })

        gate.open()
        await queue.settle()

        let slowly = told.inputs.filter { $0.hasPrefix("/opt/slow") }
        // The first one was under way; of the rest the oldest was dropped, but not the stuck undo.
        #expect(slowly.count == NotifierQueue.lineLimit + 1)
        #expect(slowly[1].contains("undo_stuck"))
        #expect(!slowly.contains { $0.contains("\"number\":1}") })
        #expect(slowly.last?.contains("\"number\":\(NotifierQueue.lineLimit)}") == true)
    }

    @Test func `a stop waits for what runs and drops what waits`() async {
        let gate = Gate()
        let runs = Runs()
        let notifiers = [notifier([.decided])]
        let queue = NotifierQueue(
            logger: quiet,
            notifiers: { notifiers },
            run: { command, input, _ in
                await gate.pass()
                return runs.run(command, input)
            },
            pause: { _ in }
        )
        queue.tell(.decided, .item(["number": 1], role: "r"))
        await gate.someoneWaits()
        queue.tell(.decided, .item(["number": 2], role: "r"))

        async let stopped: Void = queue.stop()
        while queue.isTaking { await Task.yield() }
        gate.open()
        await stopped
        queue.tell(.decided, .item(["number": 3], role: "r"))
        await queue.settle()

        #expect(runs.inputs == ["/opt/page {\"event\":\"decided\",\"item\":{\"number\":1}}"])
    }

    @Test func `a real notifier reads one line`() async throws {
        let home = try TemporaryDirectory()
        let command = home.script("page", "cat >> \(home.at("told")); echo $HOLDSHORT_EVENT")
        let notifiers = [notifier([.itemOpened], command: [command])]
        let queue = NotifierQueue(logger: quiet, notifiers: { notifiers })

        queue.tell(.itemOpened, .item(["number": 1], role: "primary"))
        queue.tell(.itemOpened, .item(["number": 2], role: "primary"))
        await queue.settle()

        #expect(
            home.read("told") == """
                {"event":"item_opened","item":{"number":1}}
                {"event":"item_opened","item":{"number":2}}

                """
        )
    }
}

/// A door that is shut until a test opens it.
final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>(
        (false, [])
    )

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func someoneWaits() async {
        while state.withLock({ $0.waiting.isEmpty }) { await Task.yield() }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
