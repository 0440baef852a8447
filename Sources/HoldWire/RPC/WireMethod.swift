public import HoldCore

/// Parameters that can say which of their fields makes no sense.
public protocol WireParams: Codable, Hashable, Sendable {
    /// Refuses values that make no sense, naming the field.
    func validate() throws(FieldProblem)
}

extension WireParams {
    /// Parameters of which every value makes sense.
    public func validate() throws(FieldProblem) {}
}

/// One method of the protocol: its name, what it asks for and what it answers.
public protocol WireMethod {
    /// What it asks for.
    associatedtype Params: WireParams
    /// What it answers.
    associatedtype Reply: Codable, Hashable, Sendable
    /// The name on the wire.
    static var method: String { get }
}

/// One notification of the protocol: its name and what it tells.
public protocol WireNotification {
    /// What it tells.
    associatedtype Params: Codable, Hashable, Sendable
    /// The name on the wire.
    static var method: String { get }
}

extension WireMethod {
    /// A request for this method.
    public static func request(
        id: RPCID,
        _ params: Params
    ) throws(JSONEncodingError) -> RPCMessage {
        .request(id: id, method: method, params: try JSONValue(encoding: params))
    }

    /// Reads and checks what a request asks for; missing parameters are read as an empty object.
    ///
    /// - Throws: The error to answer with, which names the field.
    public static func params(from value: JSONValue?) throws(RPCError) -> Params {
        let params: Params
        do {
            params = try (value ?? [:]).decode(Params.self, at: "params")
        } catch {
            throw RPCError(.invalidParams, error.description)
        }
        do {
            try params.validate()
        } catch {
            throw RPCError(.invalidParams, "params.\(error)")
        }
        return params
    }

    /// The response to a request for this method.
    ///
    /// A reply that JSON cannot carry would be a bug of ours; the caller is told so, and no more.
    public static func response(id: RPCID, _ reply: Reply) -> RPCMessage {
        do {
            return .response(id: id, result: try JSONValue(encoding: reply))
        } catch {
            return .error(id: id, RPCError(.internalError, "the answer has no JSON form: \(error)"))
        }
    }

    /// Reads what a response answers.
    public static func reply(from result: JSONValue) throws(JSONDecodingError) -> Reply {
        try result.decode(Reply.self, at: "result")
    }
}

extension WireNotification {
    /// A notification of this kind.
    public static func notification(_ params: Params) throws(JSONEncodingError) -> RPCMessage {
        .notification(method: method, params: try JSONValue(encoding: params))
    }

    /// Reads what a notification tells.
    public static func params(from value: JSONValue?) throws(JSONDecodingError) -> Params {
        try (value ?? [:]).decode(Params.self, at: "params")
    }
}
