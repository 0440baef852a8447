public import HoldCore

/// Why a request was turned away, as JSON-RPC 2.0 says it.
public struct RPCError: Error, Hashable, Sendable, Codable {
    /// The faults that JSON-RPC itself numbers.
    public enum Fault: Int, Sendable, CaseIterable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
    }

    /// The number of everything that is ours; `data.code` says more.
    public static let refusal = -32000

    /// The number that JSON-RPC wants.
    public var code: Int
    /// What is wrong, in plain words.
    public var message: String
    /// What the caller needs to go on.
    public var data: JSONValue?

    /// Puts the parts together.
    public init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// A fault of the protocol.
    public init(_ fault: Fault, _ message: String) {
        self.init(code: fault.rawValue, message: message)
    }

    /// A refusal of ours, with what the caller needs to go on.
    public init(_ code: ErrorCode, _ message: String, data: [String: JSONValue] = [:]) {
        var data = data
        data["code"] = .string(code.rawValue)
        self.init(code: Self.refusal, message: message, data: .object(data))
    }

    /// The fault of the protocol that this is, if it is one.
    public var fault: Fault? { Fault(rawValue: code) }

    /// The refusal of ours that this is, if it is one that we know.
    public var refusalCode: ErrorCode? {
        guard code == Self.refusal else { return nil }
        return data?["code"]?.text.flatMap(ErrorCode.init(rawValue:))
    }

    /// No such method on this socket.
    public static func methodNotFound(_ method: String) -> RPCError {
        RPCError(
            .methodNotFound,
            "\(JSONValue.string(String(method.prefix(200))).asciiText) is no method of this socket"
        )
    }

    /// Members in the order of canonical JSON are made directly: an error always has a form.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "code": .integer(Int64(code)), "message": .string(message),
        ]
        members["data"] = data
        return .object(members)
    }
}

extension RPCError: CustomStringConvertible {
    /// The message, with our code before it.
    public var description: String {
        refusalCode.map { "\($0.rawValue): \(message)" } ?? message
    }
}

/// What stands in the way, as programs branch on it: `data.code` of an error.
public enum ErrorCode: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first request was not `session.open`.
    case notOpen = "not_open"
    /// `data.supported` lists what is spoken.
    case unsupportedProtocol = "unsupported_protocol"
    /// A line beyond `data.limit` bytes; the connection closes.
    case frameTooLarge = "frame_too_large"
    /// No such workflow.
    case unknownWorkflow = "unknown_workflow"
    /// No such step.
    case unknownStep = "unknown_step"
    /// No such item.
    case unknownItem = "unknown_item"
    /// The item has its final state; `data.decision` is the standing decision.
    case alreadyDecided = "already_decided"
    /// Another digest than the item's current one, which is `data.digest`.
    case stale
    /// The same id with other content.
    case conflict
    /// This account may not.
    case forbidden
    /// The workflow is being undone.
    case unwinding
    /// `data.wait_for` lists the items that come first.
    case mustWait = "must_wait"
    /// The manifest refuses what it does not list.
    case unlistedAction = "unlisted_action"
    /// The approval has to be confirmed as `data.confirm` says.
    case confirmRequired = "confirm_required"
    /// A reason has to be given.
    case reasonRequired = "reason_required"
    /// There is no tier after this one.
    case lastTier = "last_tier"
    /// Too many open items or proposals; `data.retry_after_seconds` says when to come back.
    case tooMany = "too_many"
    /// A person pressed the stop button.
    case halted
    /// Nothing can be written at present.
    case readOnly = "read_only"
    /// The journal cannot be reached.
    case storeUnavailable = "store_unavailable"
    /// The name could mean one of several; `data.numbers` or `data.accounts` tells them apart.
    case ambiguous
    /// `session.open` was said before: a connection is opened once.
    case alreadyOpen = "already_open"
}
