import ArgumentParser
import Foundation
import HoldCore
import HoldWire

/// The demo's undo command, as an operator would write one: JSON on standard input, JSON out.
struct DemoUndo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-undo",
        abstract: "The demo's undo command.",
        shouldDisplay: false
    )

    @Argument(help: "Where the files are.")
    var files: String

    func run() throws {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        let call = try JSONValue(parsing: Array(input)).decode(UndoRun.Params.self)
        let isThere = try DemoWork.remove(
            call.arguments["path"]?.text ?? "",
            key: call.key,
            in: URL(filePath: files)
        )
        let reply = UndoRun.Reply(outcome: isThere ? .undone : .notApplied)
        print(try JSONValue(encoding: reply).asciiText)
    }
}
