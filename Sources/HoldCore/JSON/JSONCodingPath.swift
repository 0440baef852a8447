/// Where a value stands in a JSON text; put into words only when somebody has to be told.
indirect enum JSONCodingPath {
    /// The value as a whole; its name is empty when it has none.
    case root(String)
    case field(String, in: JSONCodingPath)
    case element(Int, in: JSONCodingPath)

    /// The path as coders hand it around.
    var keys: [any CodingKey] {
        switch self {
        case .root(let name): name.isEmpty ? [] : [JSONWireKey(stringValue: name)]
        case .field(let name, let whole): whole.keys + [JSONWireKey(stringValue: name)]
        case .element(let index, let whole): whole.keys + [JSONWireKey(intValue: index)]
        }
    }

    /// The path as people read it: `params.context.0.kind`.
    var words: String { JSONWireKey.path(keys) }
}
