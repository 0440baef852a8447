public import HoldCore

/// Lines of bytes for requests whose method is only known by name.
public enum WireCodec {
    /// The line of a request.
    public static func encodeRequest(
        id: RPCID,
        method: String,
        params: some Encodable
    ) throws(JSONEncodingError) -> [UInt8] {
        RPCMessage.request(id: id, method: method, params: try JSONValue(encoding: params)).line
    }

    /// The line of a notification.
    public static func encodeNotification(
        method: String,
        params: some Encodable
    ) throws(JSONEncodingError) -> [UInt8] {
        RPCMessage.notification(method: method, params: try JSONValue(encoding: params)).line
    }

    /// Reads a result; errors name the field from `result` on.
    public static func decodeResult<T: Decodable>(
        _ type: T.Type = T.self,
        from result: JSONValue
    ) throws(JSONDecodingError) -> T {
        try result.decode(type, at: "result")
    }
}
