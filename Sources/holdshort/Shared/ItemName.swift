import ArgumentParser
import HoldClient
import HoldCore
import HoldWire

/// How a person names an item: by number, or as `WORKFLOW:STEP`.
struct ItemName: ExpressibleByArgument, Hashable {
    /// As it was typed.
    let text: String
    static let defaultCompletionKind = LiveCompletion.items
    /// What it may mean, the likeliest first: ids may themselves contain a colon.
    let meanings: [WireItemReference]

    init?(argument: String) {
        text = argument
        if let number = Int(argument), number >= 1 {
            meanings = [.number(number)]
            return
        }
        let colons = argument.indices.filter { argument[$0] == ":" }.reversed()
        meanings = colons.compactMap { colon in
            let workflow = argument[..<colon]
            let step = argument[argument.index(after: colon)...]
            guard !workflow.isEmpty, !step.isEmpty else { return nil }
            return WireItemReference(workflow: String(workflow), step: String(step))
        }
        guard !meanings.isEmpty else { return nil }
    }
}

extension ReviewClient {
    /// The item that a person named.
    func item(_ name: ItemName) async throws(ClientError) -> WireItemDetail {
        var first: ClientError?
        for meaning in name.meanings {
            do {
                return try await item(meaning)
            } catch .refused(let error) where error.isUnknown {
                first = first ?? .refused(error)
            }
        }
        throw first ?? .refused(RPCError(.unknownItem, "There is no item \(name.text)."))
    }
}

extension RPCError {
    /// Whether the thing asked for does not exist.
    fileprivate var isUnknown: Bool {
        switch refusalCode {
        case .unknownWorkflow, .unknownStep, .unknownItem: true
        default: false
        }
    }
}

extension WireItem {
    /// The item as requests name it.
    var reference: WireItemReference {
        WireItemReference(account: account.text, workflow: workflow, step: step)
    }
}
