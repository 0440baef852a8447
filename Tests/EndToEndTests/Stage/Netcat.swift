import Foundation
import HoldCore
import Testing

/// An agent that is nothing but `nc -U`.
final class Netcat {
    let player: Player
    private var lastID = 0

    init(_ player: Player) { self.player = player }

    /// Sends a request without waiting for its answer.
    func send(_ method: String, _ params: JSONValue) -> Int {
        lastID += 1
        let request: JSONValue = [
            "jsonrpc": "2.0", "id": .integer(Int64(lastID)), "method": .string(method),
            "params": params,
        ]
        player.write(request.asciiText + "\n")
        return lastID
    }

    /// Waits for the answer to a request.
    func answer(to id: Int) throws -> JSONValue {
        var found: JSONValue?
        _ = player.output.wait { text in
            for line in text.split(separator: "\n") where found == nil {
                let value = try? JSONValue(parsing: String(line))
                if value?["id"]?.int == id, value?["method"] == nil { found = value }
            }
            return found != nil
        }
        return try #require(
            found,
            "no answer to request \(id); came: \(player.output.text)\(player.errors.text)"
        )
    }

    /// Asks, and gives back the result.
    func ask(_ method: String, _ params: JSONValue) throws -> JSONValue {
        let answer = try answer(to: send(method, params))
        return try #require(answer["result"], "\(method): \(answer)")
    }

    /// Asks for something that is refused; the error.
    func refusal(_ method: String, _ params: JSONValue) throws -> JSONValue {
        let answer = try answer(to: send(method, params))
        return try #require(answer["error"], "\(method): \(answer)")
    }

    /// Proposes the first step of a workflow, or another.
    func propose(
        _ workflow: String,
        _ action: String,
        step: Int = 1,
        arguments: JSONValue = [:],
        undo: JSONValue? = nil
    ) throws -> JSONValue {
        var params: [String: JSONValue] = [
            "workflow": .string(workflow), "step": .string("\(workflow)/\(step)"),
            "action": .string(action), "arguments": arguments,
        ]
        params["undo"] = undo.map { ["arguments": $0] }
        return try ask("step.propose", .object(params))
    }

    /// Reports that a step ran.
    func finish(_ workflow: String, _ answer: JSONValue, step: Int = 1) throws {
        _ = try ask(
            "step.finish",
            [
                "workflow": .string(workflow), "step": .string("\(workflow)/\(step)"),
                "permit": answer["permit"]?["id"] ?? .null, "outcome": "succeeded",
            ]
        )
    }

    static func name(_ workflow: String, _ step: Int = 1) -> JSONValue {
        ["workflow": .string(workflow), "step": .string("\(workflow)/\(step)")]
    }
}
