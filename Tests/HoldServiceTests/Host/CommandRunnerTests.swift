import Glibc
import HoldCore
import HoldService
import Testing

@Suite struct CommandRunnerTests {
    let runner = CommandRunner()

    private func shell(
        _ lines: String,
        input: String = "",
        variables: [String: String] = [:],
        timeout: Span = Span(seconds: 300)
    ) async -> CommandResult {
        await runner.run(
            ["/bin/sh", "-c", lines],
            input: Array(input.utf8),
            variables: variables,
            timeout: timeout
        )
    }

    private func text(_ result: CommandResult) -> String {
        String(decoding: result.output, as: UTF8.self)
    }

    /// Whether a process runs, be it stopped; one that waits to be reaped does not.
    private func lives(_ pid: Int) -> Bool {
        guard kill(pid_t(pid), 0) == 0 else { return false }
        guard let stat = HostText.read("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")")
        else { return false }
        return !stat[end...].hasPrefix(") Z")
    }

    /// Waits until a process that was killed is gone.
    private func isGone(_ pid: Int) async -> Bool {
        let limit = ContinuousClock.now + .seconds(120)
        while lives(pid), ContinuousClock.now < limit { await Task.yield() }
        return !lives(pid)
    }

    // MARK: - In and out

    @Test func `a command reads its input and answers on standard output`() async {
        let result = await runner.run(
            ["/bin/cat"],
            input: Array("{\"a\":1}\n".utf8),
            timeout: Span(seconds: 300)
        )

        #expect(result == CommandResult(.exited(0), output: Array("{\"a\":1}\n".utf8)))
        #expect(result.isSuccess)
    }

    @Test func `arguments are never read by a shell`() async {
        let words = ["$(id)", "; exit 7", "*", "a b", "`id`", "\"", "'", "|", ">/tmp/x", ""]

        let result = await runner.run(
            ["/usr/bin/printf", "%s\\n"] + words,
            input: [],
            timeout: Span(seconds: 300)
        )

        #expect(text(result) == words.map { $0 + "\n" }.joined())
    }

    @Test func `a name is looked up in PATH`() async {
        let result = await runner.run(["true"], input: [], timeout: Span(seconds: 300))

        #expect(result.ending == .exited(0))
    }

    @Test func `exit statuses and signals are told apart`() async {
        #expect(await shell("exit 3").ending == .exited(3))
        #expect(await shell("kill -9 $$").ending == .signalled(9))
    }

    @Test func `a command that reads nothing of a large input ends well`() async {
        let result = await runner.run(
            ["/bin/true"],
            input: [UInt8](repeating: 0x20, count: 4 << 20),
            timeout: Span(seconds: 300)
        )

        #expect(result.ending == .exited(0))
    }

    @Test func `a large input and a large output pass each other`() async {
        let input = [UInt8](repeating: 0x61, count: CommandRunner.outputLimit)

        let result = await runner.run(["/bin/cat"], input: input, timeout: Span(seconds: 300))

        #expect(result.output == input)
        #expect(!result.outputIsCut)
    }

    @Test func `the first mebibyte of the output is kept, and a cut is told`() async {
        let result = await shell("head -c 3000000 /dev/zero; exit 0")

        #expect(result.ending == .exited(0))
        #expect(result.output.count == CommandRunner.outputLimit)
        #expect(result.outputIsCut)
    }

    @Test func `the end of standard error is kept`() async {
        let result = await shell("head -c 300000 /dev/zero >&2; echo the end >&2; exit 1")

        #expect(result.errors.count == CommandRunner.errorsLimit)
        #expect(result.errors.suffix(8) == Array("the end\n".utf8)[...])
        #expect(result.sentence.hasSuffix("the end"))
    }

    @Test func `the sentence names the status and what was said last`() async {
        let result = await shell("echo no such environment >&2; exit 4")

        #expect(result.sentence == "exit status 4: no such environment")
    }

    @Test func `words that were cut within a character start with the next`() {
        let errors = Array("é".utf8).suffix(1) + Array(String(repeating: "é", count: 1024).utf8)

        let result = CommandResult(.exited(1), errors: [0x20] + errors.dropLast(2) + [0x61])

        #expect(result.lastWords.first == "é")
        #expect(result.lastWords.last == "a")
    }

    // MARK: - What it starts with

    @Test func `a command starts in the root directory`() async {
        #expect(text(await shell("pwd")) == "/\n")
    }

    @Test func `a command leads a process group of its own`() async throws {
        let result = await shell("echo $$; cat /proc/$$/stat")

        let lines = text(result).split(separator: "\n")
        let fields = try #require(lines.last).split(separator: " ")
        #expect(fields[4] == lines[0])
        #expect(fields[4] != "\(getpgrp())")
    }

    @Test func `a command gets the standard descriptors and no other`() async {
        // One without the flag that closes it at a start.
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }

        let result = await shell("echo /proc/$$/fd/*")

        let names = text(result).split(whereSeparator: \.isWhitespace).compactMap {
            $0.split(separator: "/").last
        }
        // The last may be the shell's own, while it looks.
        #expect(names.prefix(3) == ["0", "1", "2"])
        #expect(!names.contains("\(leak)") || leak < 4)
        #expect(names.count <= 4)
    }

    @Test func `a command gets the stated variables and no other`() async {
        let result = await runner.run(
            ["/usr/bin/env"],
            input: [],
            variables: ["HOLDSHORT_UNDO_KEY": "wf/1#undo"],
            timeout: Span(seconds: 300)
        )

        let names = text(result).split(separator: "\n").compactMap {
            $0.split(separator: "=").first
        }
        let allowed = Set(CommandRunner.inherited + ["HOLDSHORT_UNDO_KEY"])
        #expect(names.allSatisfy { allowed.contains(String($0)) })
        #expect(names.contains("PATH"))
        #expect(text(result).contains("HOLDSHORT_UNDO_KEY=wf/1#undo\n"))
        #expect(!allowed.contains("HOLDSHORT_STORE"))
    }

    // MARK: - What does not start

    @Test func `a missing command could not start, and the sentence names it`() async {
        let result = await runner.run(
            ["/no/such/command"],
            input: [],
            timeout: Span(seconds: 300)
        )

        guard case .couldNotStart(let reason) = result.ending else {
            Issue.record("\(result.ending)")
            return
        }
        #expect(reason.contains("/no/such/command"))
        #expect(reason.contains("No such file or directory"))
    }

    @Test func `a file that may not be run could not start`() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.write("#!/bin/sh\n", to: "undo")

        let result = await runner.run([file], input: [], timeout: Span(seconds: 300))

        guard case .couldNotStart(let reason) = result.ending else {
            Issue.record("\(result.ending)")
            return
        }
        #expect(reason == "\(file) may not be run: it lacks the permission to execute")
    }

    @Test func `a script whose interpreter is missing could not start`() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.write("#!/no/such/shell\n", to: "undo", mode: 0o755)

        let result = await runner.run([file], input: [], timeout: Span(seconds: 300))

        guard case .couldNotStart(let reason) = result.ending else {
            Issue.record("\(result.ending)")
            return
        }
        #expect(reason.contains("interpreter"))
    }

    @Test(arguments: [[], [""], ["bin/undo"], ["./undo"], ["../undo"], ["no-such-name-anywhere"]])
    func `nothing, a relative path and an unknown name could not start`(_ command: [String]) async {
        let result = await runner.run(command, input: [], timeout: Span(seconds: 300))

        guard case .couldNotStart = result.ending else {
            Issue.record("\(result.ending)")
            return
        }
    }

    @Test func `an argument that no program can get could not start`() async {
        let result = await runner.run(
            ["/bin/echo", "a\0b"],
            input: [],
            timeout: Span(seconds: 300)
        )

        #expect(!result.isSuccess || text(result) != "ab\n")
    }

    // MARK: - Time

    @Test func `a command is killed at its timeout with what it started`() async throws {
        let result = await shell("sleep 100 & echo $!; wait", timeout: Span(milliseconds: 300))

        #expect(result.ending == .timedOut(Span(milliseconds: 300)))
        let child = try #require(Int(text(result).split(separator: "\n").first ?? ""))
        #expect(await isGone(child))
    }

    @Test func `a child that ignores being told to stop is killed after its parent is gone`()
        async throws
    {
        let result = await shell(
            "(trap '' TERM; echo ready; exec sleep 100) & echo $!; exec sleep 100",
            timeout: Span(milliseconds: 500)
        )

        #expect(result.ending == .timedOut(Span(milliseconds: 500)))
        let child = try #require(
            text(result).split(separator: "\n").compactMap { Int($0) }.first
        )
        #expect(await isGone(child))
    }

    @Test func `a command that ignores being told to stop is killed two seconds later`() async {
        let start = ContinuousClock.now

        let result = await shell(
            "trap '' TERM; while :; do sleep 0.1; done",
            timeout: Span(milliseconds: 200)
        )

        #expect(result.ending == .timedOut(Span(milliseconds: 200)))
        #expect(ContinuousClock.now - start >= .milliseconds(2200))
        #expect(result.sentence == "ran longer than 200 ms")
    }

    @Test func `a command that closes its outputs is still waited for`() async {
        let result = await shell("exec >&- 2>&-; sleep 0.2; exit 5")

        #expect(result.ending == .exited(5))
    }

    @Test func `a command that ends leaves its background work alone and is not held up by it`()
        async throws
    {
        let result = await shell("sleep 1000 & echo $!")

        #expect(result.ending == .exited(0))
        let child = try #require(Int(text(result).split(separator: "\n").first ?? ""))
        #expect(lives(child))
        kill(pid_t(child), SIGKILL)
    }

    @Test func `a cancelled run kills the group`() async throws {
        let directory = try TemporaryDirectory()
        let pipe = directory.at("pipe")
        mkfifo(pipe, 0o600)
        let runner = runner
        let task = Task {
            await runner.run(
                ["/bin/sh", "-c", "echo $$ > \(pipe); exec sleep 100"],
                input: [],
                timeout: Span(seconds: 60)
            )
        }
        // Reading the pipe waits for the command, on a thread that may wait.
        let pid = await Task.detached { Int(HostText.read(pipe) ?? "") }.value

        task.cancel()

        #expect(await task.value.ending != .exited(0))
        #expect(await isGone(try #require(pid)))
    }

    @Test func `a cancelled run kills what ignores being told to stop, when its leader is gone`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let pipe = directory.at("pipe")
        mkfifo(pipe, 0o600)
        let runner = runner
        let stubborn = "trap '' TERM; echo $$ > \(pipe); while :; do sleep 0.1; done"
        let task = Task {
            await runner.run(
                ["/bin/sh", "-c", "sh -c \"$1\" & wait", "sh", stubborn],
                input: [],
                timeout: Span(seconds: 60)
            )
        }
        let pid = await Task.detached { Int(HostText.read(pipe) ?? "") }.value

        task.cancel()

        #expect(await task.value.ending != .exited(0))
        #expect(await isGone(try #require(pid)))
    }

    // MARK: - Nothing is left

    @Test func `many runs leave no descriptor and no zombie`() async {
        await #expect(processExitsWith: .success) {
            let runner = CommandRunner()
            // The first run starts threads that stay, with descriptors of their own.
            for _ in 0..<3 { _ = await Probe.runAll(runner) }
            let before = Probe.descriptors()
            for _ in 0..<10 { _ = await Probe.runAll(runner) }
            var status: Int32 = 0
            let reaped = waitpid(-1, &status, WNOHANG)
            // A sanitizer names the functions of its reports with the help of a child, which lives on.
            let isSanitized = getenv("TSAN_OPTIONS") != nil || getenv("ASAN_OPTIONS") != nil
            guard reaped == -1 && errno == ECHILD || reaped == 0 && isSanitized else { exit(2) }
            // A leak would be one or more for each of the sixty; a timer of the runtime may be one.
            guard Probe.descriptors() <= before + 2 else { exit(3) }
        }
    }

    @Test func `a detached command leads a session of its own and reads what it is given`()
        async throws
    {
        let directory = try TemporaryDirectory()

        let result = await runner.detach(
            [
                "/bin/sh", "-c",
                "cat /proc/$$/stat > \(directory.at("stat")); cat > \(directory.at("read"));"
                    + " echo dropped; exit 6",
            ],
            input: Array("given".utf8)
        )

        #expect(result == CommandResult(.exited(6)))
        #expect(directory.read("read") == "given")
        let fields = directory.read("stat").split(separator: " ")
        #expect(fields[5] == fields[0])
    }
}
