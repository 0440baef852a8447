import ArgumentParser
import Glibc
import HoldConsole
import HoldCore

/// Where a verb prints: data on standard output, everything else on standard error.
///
/// There is no colour in it at all, so `NO_COLOR` has nothing to turn off.
struct Output {
    /// Whether programs read it.
    var isJSON: Bool

    /// Whether a person sees it, who is helped by the names of columns.
    var isForPeople: Bool { !isJSON && isatty(STDOUT_FILENO) == 1 }

    /// Prints a value in the form that was asked for.
    func data(_ value: some Encodable, plain: @autoclosure () -> String) throws {
        if isJSON {
            line(try JSONValue(encoding: value).asciiText)
        } else {
            let text = plain()
            if !text.isEmpty { line(text) }
        }
    }

    /// Prints one line of data, or several.
    func line(_ text: String) { Output.write(text + "\n", to: STDOUT_FILENO) }

    /// Tells the person something that is no data.
    func note(_ text: SafeText) { Output.write(text.plain + "\n", to: STDERR_FILENO) }

    /// Prints why the verb failed.
    func fail(_ failure: CommandFailure) {
        if isJSON {
            line(JSONValue.object(["error": failure.json]).asciiText)
        } else {
            note("holdshort: \(SafeText(untrusted: failure.message, pane: .prose))")
        }
    }

    /// Whether a command line that could not be read asked for JSON.
    static func isJSONAsked(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    /// Writes all of it; a reader that went away ends the process as it ends any other tool.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                // The sockets' library ignores this signal for the whole process.
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
                return
            } else if errno != EINTR {
                return
            }
        }
    }
}

/// What every verb that prints data takes.
struct OutputOptions: ParsableArguments {
    @ArgumentParser.Flag(help: "Print JSON; errors too, as {\"error\":…} on standard output.")
    var json = false
}

/// A command that prints data, and fails in the form that was asked for.
protocol Verb: AsyncParsableCommand {
    var output: OutputOptions { get }

    /// Does it.
    func perform(_ out: Output) async throws
}

extension Verb {
    func run() async throws {
        let out = Output(isJSON: output.json)
        do {
            try await perform(out)
        } catch let code as ExitCode {
            throw code
        } catch {
            let failure = CommandFailure(error)
            out.fail(failure)
            throw ExitCode(failure.status.rawValue)
        }
    }
}
