public import HoldCore

/// The id of a request, chosen by who sends it.
public enum RPCID: Hashable, Sendable {
    case string(String)
    case integer(Int64)

    init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .integer(let whole): self = .integer(whole)
        case .null, .bool, .number, .array, .object: return nil
        }
    }

    var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .integer(let whole): .integer(whole)
        }
    }
}

extension RPCID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// Makes a whole-numbered id.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Makes an id of text.
    public init(stringLiteral value: String) { self = .string(value) }
}

/// One JSON-RPC 2.0 message: what one line of the wire says.
public enum RPCMessage: Hashable, Sendable {
    /// Asks for an answer with the same id.
    case request(id: RPCID, method: String, params: JSONValue?)
    /// Tells, and expects no answer.
    case notification(method: String, params: JSONValue?)
    /// Answers a request.
    case response(id: RPCID, result: JSONValue)
    /// Turns a request away; without an id, a line that no request could be made out of.
    case error(id: RPCID?, RPCError)
}

/// Why a line is no message, with the id of what it may have been meant to be.
public struct MalformedMessage: Error, Hashable, Sendable {
    /// The request's id, if one could be made out.
    public let id: RPCID?
    /// What to answer.
    public let error: RPCError
    /// The answer as a message.
    public var answer: RPCMessage { .error(id: id, error) }
}

extension JSONLimits {
    /// The limits for reading what our own service wrote: an answer wraps what an agent sent, itself
    /// nested to the wire's limit, in some levels more.
    public static let answers = JSONLimits(depth: 128)
}

extension RPCMessage {
    /// Reads one line.
    ///
    /// - Throws: ``MalformedMessage`` with the answer that JSON-RPC asks for.
    public init(
        line: [UInt8],
        limits: JSONLimits = .standard
    ) throws(MalformedMessage) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line, limits: limits)
        } catch {
            throw MalformedMessage(
                id: nil,
                error: RPCError(.parseError, "this line is not JSON: \(error)")
            )
        }
        try self.init(value)
    }

    private init(_ value: JSONValue) throws(MalformedMessage) {
        guard case .object(let members) = value else {
            let isBatch = if case .array = value { true } else { false }
            throw .invalid(nil, isBatch ? "batches are not served" : "a message is an object")
        }
        let id = members["id"].flatMap { RPCID($0) }
        guard members["jsonrpc"] == "2.0" else {
            throw .invalid(id, "jsonrpc: is not \"2.0\"")
        }
        // An error without any id answers a line that had none to be found.
        guard id != nil || members["id"] == nil || members["error"] != nil else {
            throw .invalid(nil, "id: is neither a string nor a whole number")
        }
        if let method = members["method"] {
            self = try Self.call(method, id: id, members)
        } else {
            self = try Self.answer(id: id, members)
        }
    }

    private static func call(
        _ method: JSONValue,
        id: RPCID?,
        _ members: [String: JSONValue]
    ) throws(MalformedMessage) -> RPCMessage {
        guard let name = method.text else { throw .invalid(id, "method: is not a string") }
        guard members["result"] == nil, members["error"] == nil else {
            throw .invalid(id, "a message is either a request or an answer")
        }
        let params = members["params"]
        switch params {
        case nil, .object, .array: break
        case .null, .bool, .integer, .number, .string:
            throw .invalid(id, "params: is neither an object nor an array")
        }
        guard let id else { return .notification(method: name, params: params) }
        return .request(id: id, method: name, params: params)
    }

    private static func answer(
        id: RPCID?,
        _ members: [String: JSONValue]
    ) throws(MalformedMessage) -> RPCMessage {
        switch (members["result"], members["error"]) {
        case (let result?, nil):
            guard let id else { throw .invalid(nil, "id: is missing") }
            return .response(id: id, result: result)
        case (nil, let value?):
            do {
                return .error(id: id, try value.decode(RPCError.self, at: "error"))
            } catch {
                throw .invalid(id, error.description)
            }
        case (nil, nil): throw .invalid(id, "method: is missing")
        case (_?, _?): throw .invalid(id, "an answer is either a result or an error")
        }
    }

    /// The message as one line, its end included.
    public var line: [UInt8] {
        var bytes: [UInt8] = []
        json.append(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private var json: JSONValue {
        var members: [String: JSONValue] = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            members["id"] = id.json
            members["method"] = .string(method)
            members["params"] = params
        case .notification(let method, let params):
            members["method"] = .string(method)
            members["params"] = params
        case .response(let id, let result):
            members["id"] = id.json
            members["result"] = result
        case .error(let id, let error):
            members["id"] = id?.json ?? .null
            members["error"] = error.json
        }
        return .object(members)
    }
}

extension MalformedMessage {
    fileprivate static func invalid(_ id: RPCID?, _ reason: String) -> MalformedMessage {
        MalformedMessage(id: id, error: RPCError(.invalidRequest, reason))
    }
}
