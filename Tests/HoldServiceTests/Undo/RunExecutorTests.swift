import HoldCore
import HoldService
import TestAccounts
import Testing

@testable import HoldBroker

@Suite struct RunExecutorTests {
    private let call = UndoCall(
        workflow: WorkflowKey("wf-918"),
        step: StepID("wf-918/3"),
        operation: "destroy_environment",
        key: "wf-918/3#undo",
        arguments: ["env": "staging-42; rm -rf $HOME"],
        result: ["id": "i-0abc"],
        attempt: 2,
        isInDoubt: true
    )

    private func operation(
        _ command: [String],
        timeout: Span = Span(seconds: 300),
        drill: [String]? = nil
    ) -> Operation {
        Operation(
            name: "destroy_environment",
            executor: .run(command),
            timeout: timeout,
            backoff: Span(seconds: 2),
            drill: drill
        )
    }

    private func report(_ lines: String, timeout: Span = Span(seconds: 300)) async -> UndoReport {
        await RunExecutor().run(
            call,
            operation: operation(["/bin/sh", "-c", lines], timeout: timeout)
        )
    }

    // MARK: - What it is told

    @Test func `the command reads what undo run carries`() async throws {
        let home = try TemporaryDirectory()

        let report = await report("cat > \(home.at("in"))")

        #expect(report == .done(.undone, detail: nil))
        let params = try JSONValue(parsing: home.read("in"))
        #expect(
            params == [
                "key": "wf-918/3#undo", "workflow": "wf-918", "step": "wf-918/3",
                "operation": "destroy_environment",
                "arguments": ["env": "staging-42; rm -rf $HOME"], "result": ["id": "i-0abc"],
                "attempt": 2, "in_doubt": true, "drill": false,
            ]
        )
    }

    @Test func `the command finds the key in its environment too`() async throws {
        let home = try TemporaryDirectory()

        _ = await report("echo $HOLDSHORT_UNDO_KEY $HOLDSHORT_ATTEMPT > \(home.at("env"))")

        #expect(home.read("env") == "wf-918/3#undo 2\n")
    }

    // MARK: - What it answers

    @Test(arguments: zip(["undone", "already_undone", "not_applied"], UndoOutcome.allCases))
    func `each outcome is understood, with its detail`(
        _ word: String,
        _ outcome: UndoOutcome
    ) async {
        let report = await report("echo '{\"outcome\":\"\(word)\",\"detail\":\"gone\"}'")

        #expect(report == .done(outcome, detail: "gone"))
    }

    @Test func `nothing said and a good end means undone`() async {
        #expect(await report("true") == .done(.undone, detail: nil))
        #expect(await report("echo") == .done(.undone, detail: nil))
    }

    @Test(arguments: ["done", "{\"outcome\":\"maybe\"}", "{}", "[]", "{\"outcome\":1}", "{", "0"])
    func `an answer that is none of these is a failure, not an undo`(_ answer: String) async {
        guard case .failed(let error) = await report("echo '\(answer)'") else {
            Issue.record("not failed")
            return
        }
        #expect(error.contains(answer))
    }

    @Test func `an answer longer than a mebibyte is a failure`() async {
        let report = await report(
            "echo '{\"outcome\":\"undone\",\"detail\":\"'; head -c 2000000 /dev/zero; echo '\"}'"
        )

        #expect(report == .failed("its answer is longer than 1024 KiB"))
    }

    @Test func `a bad end is a failure with the last of what was said`() async {
        #expect(
            await report("echo 'no such region' >&2; exit 3")
                == .failed("exit status 3: no such region")
        )
        #expect(await report("kill -9 $$") == .failed("ended by signal 9"))
    }

    @Test func `a bad end is a failure even when the answer says undone`() async {
        #expect(
            await report("echo '{\"outcome\":\"undone\"}'; exit 1") == .failed("exit status 1")
        )
    }

    @Test func `a command may ask for time`() async {
        #expect(
            await report("echo '{\"retry_after_seconds\":7.5,\"reason\":\"locked\"}'")
                == .retry(after: Span(seconds: 7.5), "locked")
        )
        #expect(
            await report("echo busy >&2; exit 75") == .retry(after: Span(seconds: 2), "busy")
        )
        #expect(
            await report("echo '{\"retry_after_seconds\":9}'; exit 75")
                == .retry(after: Span(seconds: 9), "it asks for time")
        )
    }

    @Test func `time cannot be asked for backwards`() async {
        guard case .failed = await report("echo '{\"retry_after_seconds\":-1}'") else {
            Issue.record("not failed")
            return
        }
    }

    @Test(arguments: ["", "; exit 1"])
    func `a command may say that trying again is pointless`(_ end: String) async {
        #expect(
            await report("echo '{\"terminal\":true,\"reason\":\"the region is gone\"}'\(end)")
                == .terminal("the region is gone")
        )
    }

    @Test func `a command that is late is a failure`() async {
        #expect(
            await report("exec sleep 60", timeout: Span(milliseconds: 200))
                == .failed("ran longer than 200 ms")
        )
    }

    @Test func `a command that cannot start is unreachable`() async throws {
        let home = try TemporaryDirectory()
        let plain = home.write("no program", to: "undo", mode: 0o600)

        for command in [["/no/such/undo"], [plain], ["bin/undo"], []] {
            let report = await RunExecutor().run(call, operation: operation(command))
            guard case .unreachable = report else {
                Issue.record("\(command): \(report)")
                continue
            }
        }
    }

    // MARK: - Drills

    @Test func `a drill runs its command, then the undo`() async throws {
        let home = try TemporaryDirectory()
        let log = home.at("log")

        let report = await RunExecutor().drill(
            call,
            operation: operation(
                ["/bin/sh", "-c", "echo undo $HOLDSHORT_DRILL >> \(log)"],
                drill: ["/bin/sh", "-c", "echo do $HOLDSHORT_DRILL >> \(log)"]
            )
        )

        #expect(report == .done(.undone, detail: nil))
        #expect(home.read("log") == "do 1\nundo 1\n")
    }

    @Test func `a drill that fails at the start undoes nothing and proves nothing`() async throws {
        let home = try TemporaryDirectory()

        let report = await RunExecutor().drill(
            call,
            operation: operation(
                ["/bin/sh", "-c", "echo undo >> \(home.at("log"))"],
                drill: ["/bin/sh", "-c", "echo no quota >&2; exit 2"]
            )
        )

        #expect(report == .failed("the drill's command: exit status 2: no quota"))
        #expect(home.read("log") == "")
    }
}
