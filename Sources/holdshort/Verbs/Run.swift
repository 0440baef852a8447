import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort run`.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Gate any command: propose it, wait, run it, report its outcome.",
        discussion: """
            The reviewer sees the command and its directory among the arguments, and may change \
            them: what runs is what was approved. Input, output, errors and signals are the \
            command's; the exit code is too. It is 10 when rejected, 11 when timed out, 12 when \
            withdrawn, 69 without a service, 75 when --timeout ran out.

            Example:
              holdshort run --action delete_production_data --argument table=orders -- echo dropped
            """
    )

    @Option(
        help: "What the command does, as the manifest calls it.",
        completion: LiveCompletion.actions
    )
    var action: String
    @Option(help: "The workflow that it is a step of; a new one when left out.")
    var workflow: String?
    @Option(help: "The step's id; the same id with the same content is the same step.")
    var step: String?
    @Option(
        help: ArgumentHelp(
            "An argument for the manifest and the reviewer; may be repeated.",
            valueName: "key=text|key:=json"
        )
    )
    var argument: [String] = []
    @Option(
        help: ArgumentHelp(
            "An argument for the action's undo; may be repeated.",
            valueName: "key=text|key:=json"
        )
    )
    var undoArgument: [String] = []
    @Option(help: "One line for the queue.")
    var summary: String?
    @Option(help: "How risky it is, 0 to 1.")
    var risk: Double?
    @Option(help: "The agent's name.")
    var agent = "holdshort-run"
    @Option(help: "How many seconds to wait for leave; as long as it takes when left out.")
    var timeout: Double?
    @OptionGroup var service: ServiceOptions
    @Argument(parsing: .postTerminator, help: "The command and its arguments.")
    var command: [String]

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("There is no COMMAND after --.") }
        guard risk.map({ (0...1).contains($0) }) ?? true else {
            throw ValidationError("--risk is not within 0…1.")
        }
        guard timeout.map({ (0...31_536_000).contains($0) }) ?? true else {
            throw ValidationError("--timeout is not within 0…31536000.")
        }
    }

    func run() async throws {
        let out = Output(isJSON: false)
        do {
            let code = try await gate(out)
            throw ExitCode(code)
        } catch let code as ExitCode {
            throw code
        } catch {
            let failure = CommandFailure(error)
            out.fail(failure)
            throw ExitCode(failure.status.rawValue)
        }
    }

    private func gate(_ out: Output) async throws -> Int32 {
        let directory = FileManager.default.currentDirectoryPath
        let proposal = try proposal(directory: directory, name: Run.newName())
        let client = try await service.agent(named: agent)
        let relay = SignalRelay()
        let asking = Task {
            let first = try await client.propose(proposal)
            guard !first.proceed, first.isOpen else { return first }
            out.note("holdshort: \(Run.waiting(first))")
            return try await client.wait(
                workflow: proposal.workflow,
                step: proposal.step,
                timeout: timeout.map { .seconds($0) }
            )
        }
        relay.onInterrupt { asking.cancel() }
        let answer: StepAnswer
        do {
            answer = try await asking.value
        } catch ClientError.cancelled {
            return try await withdraw(proposal, client, out, after: relay.interruption)
        }
        guard answer.proceed else {
            try await client.giveBack(answer)
            return refuse(answer, out)
        }
        let granted = try answer.granted(for: proposal)
        return await run(proposal, granted, client, relay, out)
    }

    /// What is proposed; the command is part of it, so that it is part of the digest.
    func proposal(
        directory: String,
        name: String
    ) throws(CommandFailure) -> StepPropose.Params {
        var arguments = try ArgumentValue.object(pairs: argument)
        for key in ["command", "directory"] where arguments[key] != nil {
            throw .usage("The argument \(key) is told by the command itself.")
        }
        arguments["command"] = .array(command.map { .string($0) })
        arguments["directory"] = .string(directory)
        let undo = try ArgumentValue.object(pairs: undoArgument)
        let workflow = workflow ?? name
        return StepPropose.Params(
            workflow: workflow,
            step: step ?? (self.workflow == nil ? "\(workflow)/1" : "\(workflow)/\(name)"),
            action: action,
            arguments: .object(arguments),
            summary: summary ?? command.joined(separator: " "),
            risk: risk,
            undo: undo.isEmpty ? nil : WireUndoSpec(arguments: .object(undo))
        )
    }

    /// A name that no other run has.
    private static func newName() -> String {
        "run-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The command as it was approved.
    static func approved(
        _ arguments: JSONValue
    ) throws(CommandFailure) -> (command: [String], directory: String) {
        guard case .array(let words)? = arguments["command"], !words.isEmpty,
            let directory = arguments["directory"]?.text
        else { throw CommandFailure("bad_command", "what was approved is no command") }
        let command = words.compactMap(\.text)
        // A command cannot hold a NUL; a shorter one than approved would run.
        guard command.count == words.count,
            (command + [directory]).allSatisfy({ !$0.utf8.contains(0) })
        else { throw CommandFailure("bad_command", "what was approved is no command") }
        return (command, directory)
    }

    private func run(
        _ proposal: StepPropose.Params,
        _ granted: (permit: WirePermit, arguments: JSONValue),
        _ client: AgentClient,
        _ relay: SignalRelay,
        _ out: Output
    ) async -> Int32 {
        var report = StepFinish.Params(
            workflow: proposal.workflow,
            step: proposal.step,
            permit: granted.permit.id,
            outcome: .notStarted
        )
        let code: Int32
        do {
            let (command, directory) = try Run.approved(granted.arguments)
            guard FileManager.default.changeCurrentDirectoryPath(directory) else {
                throw CommandFailure("bad_command", "there is no directory \(directory)")
            }
            let child = try ChildProcess(arguments: command).start().get()
            let end = await relay.forward(to: child)
            code = end.code
            report.outcome = code == 0 ? .succeeded : .failed
            report.result = ["exit_code": .integer(Int64(code))]
        } catch let failure as ChildProcess.StartFailure {
            out.note("holdshort: \(SafeText.foreign(command[0])): \(.foreign(failure.sentence))")
            report.result = ["error": .string(failure.sentence)]
            code = failure.code
        } catch {
            let failure = CommandFailure(error)
            out.fail(failure)
            report.result = ["error": .string(failure.message)]
            code = failure.status.rawValue
        }
        do {
            _ = try await client.finish(report)
            if workflow == nil { try await finishWorkflow(report, client) }
        } catch {
            out.note("holdshort: the outcome was not recorded: \(SafeText.foreign("\(error)"))")
        }
        return code
    }

    /// Ends the workflow that this run began, unless its item is still pending.
    private func finishWorkflow(
        _ report: StepFinish.Params,
        _ client: AgentClient
    ) async throws(ClientError) {
        do {
            let outcome = report.outcome.rawValue
            _ = try await client.finishWorkflow(report.workflow, outcome: outcome)
        } catch .refused(let error) where error.refusalCode != nil {
            // A reviewer may still reject it, so the workflow goes on without us.
        }
    }

    /// Says why the command does not run.
    private func refuse(_ answer: StepAnswer, _ out: Output) -> Int32 {
        let (status, text) = Run.refusal(answer)
        out.note("holdshort: \(text)")
        return status.rawValue
    }

    /// What a command waits for.
    static func waiting(_ answer: StepAnswer) -> SafeText {
        if answer.state == .pendingReview || answer.state == .modified, let number = answer.number {
            return "item \(number) waits for a reviewer"
        }
        return "waits for \(SafeText.list((answer.waitFor ?? []).map(\.step)))"
    }

    /// Why a command does not run, and the exit code.
    static func refusal(_ answer: StepAnswer) -> (ExitStatus, SafeText) {
        if answer.isOpen {
            let text: SafeText = answer.number.map { "item \($0) is still pending" } ?? "must wait"
            return (.stillPending, text)
        }
        if let status = ExitStatus(answer.state), status != .done {
            let text = answer.decision?.text ?? answer.state.map { SafeText($0) } ?? "not to run"
            return (status, text)
        }
        return (.failed, "this step's permit is over: propose it anew, under a new id")
    }

    private func withdraw(
        _ proposal: StepPropose.Params,
        _ client: AgentClient,
        _ out: Output,
        after signal: Int32?
    ) async throws -> Int32 {
        try await client.withdraw(
            workflow: proposal.workflow,
            step: proposal.step,
            reason: "the command was interrupted while it waited"
        )
        out.note("holdshort: withdrawn")
        return signal.map { 128 + $0 } ?? ExitStatus.withdrawn.rawValue
    }
}
