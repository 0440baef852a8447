/// The answer to one of many reviews: how the item stands, or why the review was turned away.
public enum ItemsDecideResult: Hashable, Sendable {
    case result(ItemDecideReply)
    case error(RPCError)
}

extension ItemsDecideResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case result, error
    }

    /// Reads `{"result":…}` or `{"error":…}`.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let error = try fields.decodeIfPresent(RPCError.self, forKey: .error) {
            self = .error(error)
        } else {
            self = .result(try fields.decode(ItemDecideReply.self, forKey: .result))
        }
    }

    /// Writes `{"result":…}` or `{"error":…}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .result(let reply): try fields.encode(reply, forKey: .result)
        case .error(let error): try fields.encode(error, forKey: .error)
        }
    }
}
