import Glibc
package import HoldCore
import Subprocess
import SystemPackage

/// Runs commands that the manifest names: without a shell, each in a process group of its own.
///
/// A command starts in `/` with all descriptors but the standard three closed, every signal at its
/// default, and of the service's environment only ``inherited`` beside what the caller adds.
package struct CommandRunner: Sendable {
    /// The most of standard output that is kept.
    package static let outputLimit = 1024 * 1024
    /// The most of the end of standard error that is kept.
    package static let errorsLimit = 64 * 1024
    /// The variables of the service's environment that a command gets, where they are set.
    ///
    /// Not `HOLDSHORT_STORE`: it may hold a password.
    package static let inherited = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR",
        "XDG_RUNTIME_DIR", "HOLDSHORT_RUNTIME_DIR",
    ]
    /// How long a command that is told to stop may take before it is killed, unless said otherwise.
    package static let usualGrace = Duration.seconds(2)

    private static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    private let environment: [String: String]
    private let grace: Duration
    private let directory: String
    private let isOwnSession: Bool

    /// A runner whose commands get what is set now of ``inherited``.
    ///
    /// - Parameters:
    ///   - grace: How long a command that is told to stop may take before it is killed.
    ///   - directory: Where commands start.
    ///   - isOwnSession: Whether each leads a session of its own, with no terminal in it.
    package init(
        grace: Duration = CommandRunner.usualGrace,
        directory: String = "/",
        isOwnSession: Bool = false
    ) {
        self.grace = grace
        self.directory = directory
        self.isOwnSession = isOwnSession
        // A command that ends without reading its input must not end the service.
        CommandRunner.ignoreBrokenPipes
        var environment = ["PATH": CommandRunner.usualPath]
        for name in CommandRunner.inherited {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        self.environment = environment
    }

    private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Runs a command to its end, or kills it and its process group at the timeout.
    ///
    /// At the timeout the group gets SIGTERM, and two seconds later SIGKILL. The same happens when
    /// the task is cancelled. What a command left running in the background when it ended by itself
    /// is left alone.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments: a full path, or a name to look up in `PATH`.
    ///   - input: What it reads on standard input.
    ///   - variables: More of its environment.
    ///   - timeout: How long it may run.
    /// - Returns: How it ended and what it said.
    package func run(
        _ command: [String],
        input: [UInt8],
        variables: [String: String] = [:],
        timeout: Span
    ) async -> CommandResult {
        await start(
            command,
            variables: variables,
            isOwnSession: isOwnSession,
            teardown: [stop],
            input: .inputWriter,
            output: .sequence,
            error: .sequence
        ) { execution in
            await attend(execution, input: input, timeout: timeout)
        }
    }

    /// Starts a command in a session of its own and waits for its end, however late that is.
    ///
    /// It reads `input` on standard input, and what it writes is dropped. It outlives the service:
    /// nothing is killed here.
    package func detach(_ command: [String], input: [UInt8]) async -> CommandResult {
        await start(
            command,
            variables: [:],
            isOwnSession: true,
            teardown: [],
            input: .array(input),
            output: .discarded,
            error: .discarded
        ) { _ in Attendance() }
    }

    // MARK: - Starting

    private func start<Input: InputProtocol, Output: OutputProtocol, Errors: ErrorOutputProtocol>(
        _ command: [String],
        variables: [String: String],
        isOwnSession: Bool,
        teardown: [TeardownStep],
        input: Input,
        output: Output,
        error: Errors,
        body: (Execution<Input, Output, Errors>) async -> Attendance
    ) async -> CommandResult {
        guard let program = command.first, !program.isEmpty else {
            return CommandResult(.couldNotStart("the command is empty"))
        }
        guard program.hasPrefix("/") || !program.contains("/") else {
            return CommandResult(
                .couldNotStart("\(program) is a relative path: name the command by its full path")
            )
        }
        var options = PlatformOptions()
        if isOwnSession {
            // Its leader leads a process group too.
            options.createSession = true
        } else {
            options.processGroupID = 0
        }
        options.teardownSequence = teardown
        do {
            let ended = try await Subprocess.run(
                program.hasPrefix("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(command.dropFirst())),
                environment: custom(variables),
                workingDirectory: FilePath(directory),
                platformOptions: options,
                input: input,
                output: output,
                error: error,
                body: body
            )
            return ended.closureResult.result(ended.terminationStatus)
        } catch let error as SubprocessError {
            return CommandResult(CommandRunner.ending(of: program, error))
        } catch {
            return CommandResult(.lost("\(program) was lost sight of: \(error)"))
        }
    }

    private func custom(_ variables: [String: String]) -> Environment {
        let merged = environment.merging(variables) { _, added in added }
        return .custom(
            Dictionary(
                merged.compactMap { name, value in
                    Environment.Key(rawValue: name).map { ($0, value) }
                },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    private static func ending(of program: String, _ error: SubprocessError) -> CommandResult.Ending
    {
        let reason = error.underlyingError.map { "\($0)" }
        switch error.code {
        case .executableNotFound:
            return .couldNotStart(whyNotFound(program))
        case .spawnFailed, .failedToChangeWorkingDirectory:
            return .couldNotStart(
                "\(program) could not be started: \(reason ?? error.description)"
            )
        default: return .lost("\(program) was lost sight of: \(error.description)")
        }
    }

    /// What "not found" means, which the system says of more than one thing.
    private static func whyNotFound(_ program: String) -> String {
        guard program.hasPrefix("/") else {
            return "\(program) could not be started: there is no such command in PATH"
        }
        var status = stat()
        guard stat(program, &status) == 0 else {
            return "\(program) could not be started: \(StartProblem.reason(errno))"
        }
        guard access(program, X_OK) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return "\(program) may not be run: it lacks the permission to execute"
        }
        return "\(program) could not be started: its interpreter or loader is missing"
    }

    // MARK: - While it runs

    private var stop: TeardownStep {
        .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
    }

    private func attend(
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
        input: [UInt8],
        timeout: Span
    ) async -> Attendance {
        let started = ContinuousClock.now
        let limit = Duration.milliseconds(max(timeout.milliseconds, 1))
        return await withTaskGroup(of: Attendance.self) { group in
            group.addTask {
                // A command need not read what it is given.
                _ = try? await execution.standardInputWriter.write(input)
                try? await execution.standardInputWriter.finish()
                return Attendance()
            }
            group.addTask { await .output(CommandRunner.head(of: execution.standardOutput)) }
            group.addTask { await .errors(CommandRunner.tail(of: execution.standardError)) }
            group.addTask {
                // Signal 0 does nothing: it stands for waiting out the time that the command has.
                await execution.teardown(using: [
                    .send(
                        signal: Signal(rawValue: 0),
                        toProcessGroup: true,
                        allowedDurationToNextStep: limit
                    ),
                    stop,
                ])
                let isLate = ContinuousClock.now - started >= limit
                guard isLate || Task.isCancelled else { return Attendance() }
                // Its children may have outlived it. It is not reaped yet, so the number of its
                // group is still its own.
                try? execution.send(signal: .kill, toProcessGroup: true)
                return isLate ? Attendance(timedOut: timeout) : Attendance()
            }
            var whole = Attendance()
            for await part in group { whole.merge(part) }
            return whole
        }
    }

    private static func head(
        of stream: SubprocessOutputSequence
    ) async -> (bytes: [UInt8], isCut: Bool) {
        var bytes: [UInt8] = []
        var isCut = false
        do {
            for try await buffer in stream {
                let room = outputLimit - bytes.count
                isCut = isCut || buffer.count > room
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(room)) }
            }
        } catch {
            // What was read until the pipe broke is what there is.
        }
        return (bytes, isCut)
    }

    private static func tail(of stream: SubprocessOutputSequence) async -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in stream {
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
                if bytes.count > 2 * errorsLimit { bytes.removeFirst(bytes.count - errorsLimit) }
            }
        } catch {
            // What was read until the pipe broke is what there is.
        }
        return Array(bytes.suffix(errorsLimit))
    }
}

/// What was seen of a command while it ran.
private struct Attendance: Sendable {
    var output: [UInt8] = []
    var outputIsCut = false
    var errors: [UInt8] = []
    var timedOut: Span?

    static func output(_ head: (bytes: [UInt8], isCut: Bool)) -> Attendance {
        Attendance(output: head.bytes, outputIsCut: head.isCut)
    }

    static func errors(_ tail: [UInt8]) -> Attendance { Attendance(errors: tail) }

    mutating func merge(_ part: Attendance) {
        output += part.output
        outputIsCut = outputIsCut || part.outputIsCut
        errors += part.errors
        timedOut = timedOut ?? part.timedOut
    }

    func result(_ status: TerminationStatus) -> CommandResult {
        let ending: CommandResult.Ending =
            switch (timedOut, status) {
            case (let span?, _): .timedOut(span)
            case (nil, .exited(let code)): .exited(code)
            case (nil, .signaled(let signal)): .signalled(signal)
            }
        return CommandResult(
            ending,
            output: output,
            outputIsCut: outputIsCut,
            errors: errors
        )
    }
}
