public import ArgumentParser
import HoldClient
import HoldConsole
public import HoldCore
import HoldWire

extension Digest: ExpressibleByArgument {
    /// Reads the written form.
    public init?(argument: String) { self.init(argument) }
}

/// Says something about several items, one after the other, and prints what came of each.
struct Reviewing {
    let out: Output
    private(set) var worst = ExitStatus.done

    init(_ out: Output) { self.out = out }

    /// Runs one item's part, and prints a line for it.
    mutating func item(
        _ name: ItemName,
        _ review: () async throws -> ItemDecideReply
    ) async throws {
        do {
            let reply = try await review()
            guard out.isJSON else {
                return out.line(Reviewing.line(name, reply).plain)
            }
            out.line(Reviewing.json(name, try JSONValue(encoding: reply)).asciiText)
        } catch let failure as CommandFailure where failure.status == .usage {
            throw failure
        } catch {
            let failure = CommandFailure(error)
            worst = worst.worse(failure.status)
            if out.isJSON {
                out.line(Reviewing.json(name, ["error": failure.json]).asciiText)
            } else {
                out.note(
                    "\(SafeText.foreign(name.text))  \(SafeText.foreign(failure.message))"
                )
            }
        }
    }

    /// Ends with the worst of the exit codes.
    func end() throws {
        if worst != .done { throw ExitCode(worst.rawValue) }
    }

    /// How an item stands after a review, for people.
    static func line(_ name: ItemName, _ reply: ItemDecideReply) -> SafeText {
        var text: SafeText = "\(SafeText.foreign(name.text))  \(SafeText(reply.state))"
        if reply.decision == nil, let approvals = reply.approvals {
            text += ", \(approvals.given) of \(approvals.needed) approvals"
        }
        return text
    }

    /// How an item stands after a review: the answer, and which item it is about.
    static func json(_ name: ItemName, _ reply: JSONValue) -> JSONValue {
        guard case .object(var members) = reply else { return reply }
        members["item"] = .string(name.text)
        return .object(members)
    }
}
