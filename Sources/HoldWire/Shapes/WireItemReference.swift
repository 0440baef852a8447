/// Names an item in a request: by the pair everywhere, or by the number that people say aloud.
public enum WireItemReference: Hashable, Sendable {
    /// `{"workflow":"wf-918","step":"wf-918/3"}`.
    case step(WireStepReference)
    /// `{"number":4826}`.
    case number(Int)

    /// Names an item by the pair.
    public init(account: String? = nil, workflow: String, step: String) {
        self = .step(WireStepReference(account: account, workflow: workflow, step: step))
    }
}

extension WireItemReference: Codable {
    private enum CodingKeys: String, CodingKey {
        case number, account, workflow, step
    }

    /// Reads either form; both at once name two items perhaps, and are refused.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        guard let number = try fields.decodeIfPresent(Int.self, forKey: .number) else {
            self = .step(try WireStepReference(from: decoder))
            return
        }
        guard !fields.contains(.account), !fields.contains(.workflow), !fields.contains(.step)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .number,
                in: fields,
                debugDescription:
                    "stands beside account, workflow or step; one of the two names an item"
            )
        }
        self = .number(number)
    }

    /// Writes the form that it has.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .step(let pair): try pair.encode(to: encoder)
        case .number(let number):
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(number, forKey: .number)
        }
    }
}

extension WireItemReference {
    func check(_ field: String) throws(FieldProblem) {
        switch self {
        case .step(let pair): try pair.check(field)
        case .number(let number):
            guard number >= 1 else {
                throw FieldProblem("\(field).number", "\(number) is less than 1")
            }
        }
    }
}
