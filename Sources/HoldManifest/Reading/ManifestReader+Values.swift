import HoldCore

/// The kinds of value that keys take. Each answers nil after it has told what is wrong.
extension ManifestReader {
    /// The keys of a mapping, unknown ones told of.
    mutating func fields(_ value: YAMLValue, at path: String, known: [String]) -> Fields? {
        guard let entries = entries(value, at: path) else { return nil }
        for entry in entries where !known.contains(entry.key) {
            let place = path.isEmpty ? "" : " in \(path.forPeople)"
            log.error(
                "unknown key ‘\(entry.key.forPeople)’\(place)",
                at: entry.place,
                hint: NearestName.hint(for: entry.key, among: known)
            )
        }
        return Fields(path: path, place: value.place, entries: entries)
    }

    /// The entries of a mapping whose keys are names that the file chooses.
    mutating func entries(_ value: YAMLValue, at path: String) -> [YAMLEntry]? {
        guard case .mapping(let entries) = value.content else {
            expected("a mapping", value, at: path.isEmpty ? "the manifest" : path)
            return nil
        }
        return entries
    }

    /// The entries of a section, with the unusable names told of and left out.
    mutating func named(_ entry: YAMLEntry, at path: String) -> [YAMLEntry] {
        (entries(entry.value, at: path) ?? []).filter { entry in
            isName(entry.key, at: entry.place, in: path)
        }
    }

    /// Reads a key's value, if the key is there, and keeps the key's place.
    mutating func sourced<Value>(
        _ fields: Fields,
        _ key: String,
        _ read: (inout ManifestReader, YAMLValue, String) -> Value?
    ) -> Sourced<Value>? {
        guard let entry = fields[key] else { return nil }
        guard let value = read(&self, entry.value, fields.path(of: key)) else { return nil }
        return Sourced(value, line: entry.place.line, column: entry.place.column)
    }

    /// Tells that a value is of the wrong kind.
    mutating func expected(
        _ what: String,
        _ value: YAMLValue,
        at path: String,
        hint: String? = nil
    ) {
        log.error(
            "\(path.forPeople): expected \(what), found \(value.kind)",
            at: value.place,
            hint: hint
        )
    }

    mutating func bool(_ value: YAMLValue, at path: String) -> Bool? {
        if case .scalar(let scalar) = value.content {
            if case .bool(let bool) = scalar.meaning { return bool }
            let meant = ["yes": "true", "on": "true", "no": "false", "off": "false"]
            if let word = meant[scalar.text.lowercased()] {
                expected("true or false", value, at: path, hint: "did you mean ‘\(word)’?")
                return nil
            }
        }
        expected("true or false", value, at: path)
        return nil
    }

    /// A text for people; it may have several lines.
    mutating func text(_ value: YAMLValue, at path: String) -> String? {
        guard case .scalar(let scalar) = value.content else {
            expected("a text", value, at: path)
            return nil
        }
        guard case .text(let text) = scalar.meaning else {
            expected("a text", value, at: path, hint: value.isNull ? nil : "put it in quotes")
            return nil
        }
        return text
    }

    /// A name: one line of printable characters.
    mutating func name(_ value: YAMLValue, at path: String, of what: String) -> String? {
        guard case .scalar(let scalar) = value.content, case .text(let name) = scalar.meaning
        else {
            expected(what, value, at: path)
            return nil
        }
        return isName(name, at: value.place, in: path) ? name : nil
    }

    /// Whether a text can be a name; tells when not.
    mutating func isName(_ name: String, at place: Place, in path: String) -> Bool {
        guard !name.isEmpty, name.unicodeScalars.count <= 200 else {
            log.error("\(path.forPeople): a name has 1 to 200 characters", at: place)
            return false
        }
        guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            log.error("\(path.forPeople): a name has no control characters", at: place)
            return false
        }
        return true
    }

    mutating func number(
        _ value: YAMLValue,
        at path: String,
        within range: ClosedRange<Double>
    ) -> Double? {
        guard case .scalar(let scalar) = value.content, case .number(let number) = scalar.meaning
        else {
            expected("a number", value, at: path, hint: Self.quotedNumberHint(value))
            return nil
        }
        guard range.contains(number) else {
            let bounds = "\(Self.plain(range.lowerBound))…\(Self.plain(range.upperBound))"
            log.error(
                "\(path.forPeople): \(scalar.text.forPeople) is not within \(bounds)",
                at: value.place
            )
            return nil
        }
        return number
    }

    mutating func integer(
        _ value: YAMLValue,
        at path: String,
        within range: ClosedRange<Int>
    ) -> Int? {
        let bounds = Double(range.lowerBound)...min(Double(range.upperBound), 9_007_199_254_740_991)
        guard let number = number(value, at: path, within: bounds) else { return nil }
        guard let integer = Int(exactly: number) else {
            expected("a whole number", value, at: path)
            return nil
        }
        return integer
    }

    /// A length of time, above zero and at most a year.
    mutating func span(
        _ value: YAMLValue,
        at path: String,
        secondsEach unit: Double
    ) -> Span? {
        let most = 525_600 * 60 / unit
        guard let number = number(value, at: path, within: 0...most) else { return nil }
        let span = Span(seconds: number * unit)
        guard span > .zero else {
            log.error("\(path.forPeople): must be above 0", at: value.place)
            return nil
        }
        return span
    }

    mutating func minutes(_ value: YAMLValue, at path: String) -> Span? {
        span(value, at: path, secondsEach: 60)
    }

    /// One of the words of a type.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: YAMLValue,
        at path: String,
        _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        let list =
            words.count > 1
            ? words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
            : words.joined()
        guard case .scalar(let scalar) = value.content, case .text(let text) = scalar.meaning else {
            expected(list, value, at: path)
            return nil
        }
        guard let choice = Choice(rawValue: text) else {
            expected(list, value, at: path, hint: NearestName.hint(for: text, among: words))
            return nil
        }
        return choice
    }

    /// The elements of a list, each read; those that cannot be are left out.
    mutating func list<Element>(
        _ value: YAMLValue,
        at path: String,
        of what: String,
        _ read: (inout ManifestReader, YAMLValue, String) -> Element?
    ) -> [Element]? {
        guard case .list(let elements) = value.content else {
            expected(what, value, at: path)
            return nil
        }
        return elements.enumerated().compactMap { index, element in
            read(&self, element, "\(path)[\(index)]")
        }
    }

    /// A list of names.
    mutating func names(_ value: YAMLValue, at path: String) -> [String]? {
        list(value, at: path, of: "a list of names") { $0.name($1, at: $2, of: "a name") }
    }

    /// A command with its arguments: no shell, so at least the command, each part a text.
    mutating func command(_ value: YAMLValue, at path: String) -> [String]? {
        let parts = list(value, at: path, of: "a command as a list of words") {
            reader,
            part,
            path in
            guard case .scalar(let scalar) = part.content, !part.isNull else {
                reader.expected("a word", part, at: path)
                return String?.none
            }
            return scalar.text
        }
        guard let parts else { return nil }
        guard let first = parts.first, !first.isEmpty else {
            log.error("\(path.forPeople): a command needs at least its program", at: value.place)
            return nil
        }
        return parts
    }

    static func plain(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    private static func quotedNumberHint(_ value: YAMLValue) -> String? {
        guard case .scalar(let scalar) = value.content, !scalar.isPlain,
            case .number = YAMLScalar(text: scalar.text, isPlain: true).meaning
        else { return nil }
        return "leave the quotes out"
    }
}
