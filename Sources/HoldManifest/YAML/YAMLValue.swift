/// A place in a file, both counted from 1; columns in Unicode scalars.
struct Place: Sendable, Hashable {
    var line: Int
    var column: Int

    /// Where a file begins.
    static let start = Place(line: 1, column: 1)
}

/// A value of a YAML file with the place where it begins.
struct YAMLValue {
    /// What a value is made of.
    enum Content {
        case scalar(YAMLScalar)
        case list([YAMLValue])
        case mapping([YAMLEntry])
    }

    var place: Place
    var content: Content
}

/// One key of a mapping with its value.
struct YAMLEntry {
    var key: String
    var place: Place
    var value: YAMLValue
}

extension YAMLValue {
    /// What the value is, for `expected …, found …`.
    var kind: String {
        switch content {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: "nothing"
            case .bool(let value): "\(value)"
            case .number: "the number \(scalar.text.forPeople)"
            case .text(let text): "the text ‘\(text.forPeople)’"
            }
        }
    }

    /// Whether the value is `null`, `~` or missing.
    var isNull: Bool {
        guard case .scalar(let scalar) = content, case .null = scalar.meaning else { return false }
        return true
    }
}

extension String {
    /// The text in one short line of printable characters.
    var forPeople: String {
        let scalars = unicodeScalars.prefix(60).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
                .unassigned:
                "\u{FFFD}"
            default: scalar
            }
        }
        var text = String(String.UnicodeScalarView(scalars))
        if unicodeScalars.count > 60 { text += "…" }
        return text
    }
}
