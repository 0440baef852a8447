import HoldCore

/// What `when` says.
extension ManifestReader {
    private static let operators = [
        "eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "matches", "exists", "contains",
    ]

    /// A condition: a mapping of paths and combinations, all of which must hold.
    mutating func condition(_ value: YAMLValue, at path: String) -> Condition? {
        guard let entries = entries(value, at: path) else { return nil }
        let parts = entries.compactMap { entry in
            part(entry, at: path.isEmpty ? entry.key : "\(path).\(entry.key)")
        }
        guard parts.count == entries.count else { return nil }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func part(_ entry: YAMLEntry, at path: String) -> Condition? {
        switch entry.key {
        case "all": return conditions(entry.value, at: path).map { .all($0) }
        case "any": return conditions(entry.value, at: path).map { .any($0) }
        case "not": return condition(entry.value, at: path).map { .not($0) }
        default:
            guard let target = target(entry) else { return nil }
            let tests = tests(entry.value, at: path)
            guard let tests else { return nil }
            let parts = tests.map { Condition.test(path: target, $0) }
            return parts.count == 1 ? parts[0] : .all(parts)
        }
    }

    private mutating func conditions(_ value: YAMLValue, at path: String) -> [Condition]? {
        guard
            let parts = list(
                value,
                at: path,
                of: "a list of conditions",
                { $0.condition($1, at: $2) }
            )
        else { return nil }
        guard case .list(let written) = value.content, !written.isEmpty else {
            log.error("\(path.forPeople): lists no condition", at: value.place)
            return nil
        }
        return parts.count == written.count ? parts : nil
    }

    /// Where a key of a condition looks.
    private mutating func target(_ entry: YAMLEntry) -> ConditionPath? {
        switch entry.key {
        case "$risk": return .risk
        case "$agent": return .agent
        case let key where key.hasPrefix("$"):
            log.error(
                "‘\(key.forPeople)’ is not known; beside arguments there are $risk and $agent",
                at: entry.place,
                hint: NearestName.hint(for: key, among: ["$risk", "$agent"])
            )
            return nil
        default:
            let keys = entry.key.split(separator: ".", omittingEmptySubsequences: false)
            guard !keys.contains("") else {
                log.error(
                    "the path ‘\(entry.key.forPeople)’ has an empty part",
                    at: entry.place
                )
                return nil
            }
            return .arguments(keys.map(String.init))
        }
    }

    /// The tests of one path: a plain value is equality, a mapping is operators.
    private mutating func tests(_ value: YAMLValue, at path: String) -> [Condition.Test]? {
        guard case .mapping(let entries) = value.content else {
            return [.equal(json(value))]
        }
        guard !entries.isEmpty else {
            log.error("\(path.forPeople): names no operator", at: value.place)
            return nil
        }
        let tests = entries.compactMap { test($0, at: "\(path).\($0.key)") }
        return tests.count == entries.count ? tests : nil
    }

    private mutating func test(_ entry: YAMLEntry, at path: String) -> Condition.Test? {
        let value = entry.value
        switch entry.key {
        case "eq": return .equal(json(value))
        case "ne": return .notEqual(json(value))
        case "lt": return bound(value, at: path).map { .less($0) }
        case "le": return bound(value, at: path).map { .lessOrEqual($0) }
        case "gt": return bound(value, at: path).map { .greater($0) }
        case "ge": return bound(value, at: path).map { .greaterOrEqual($0) }
        case "in": return choices(value, at: path).map { .oneOf($0) }
        case "not_in": return choices(value, at: path).map { .noneOf($0) }
        case "matches": return pattern(value, at: path).map { .matches($0) }
        case "exists": return bool(value, at: path).map { .exists($0) }
        case "contains": return .contains(json(value))
        default:
            log.error(
                "unknown operator ‘\(entry.key.forPeople)’; there are "
                    + Self.operators.joined(separator: " "),
                at: entry.place,
                hint: NearestName.hint(for: entry.key, among: Self.operators)
            )
            return nil
        }
    }

    private mutating func bound(_ value: YAMLValue, at path: String) -> Double? {
        let most = Double.greatestFiniteMagnitude
        return number(value, at: path, within: -most...most)
    }

    private mutating func choices(_ value: YAMLValue, at path: String) -> [JSONValue]? {
        guard case .list(let elements) = value.content else {
            expected("a list of values", value, at: path)
            return nil
        }
        guard !elements.isEmpty else {
            log.error("\(path.forPeople): lists no value", at: value.place)
            return nil
        }
        return elements.map { json($0) }
    }

    private mutating func pattern(_ value: YAMLValue, at path: String) -> Pattern? {
        guard let text = text(value, at: path) else { return nil }
        do {
            return try Pattern(text)
        } catch {
            log.error("\(path.forPeople): \(error)", at: value.place)
            return nil
        }
    }

    /// A value as arguments have it.
    private func json(_ value: YAMLValue) -> JSONValue {
        switch value.content {
        case .list(let elements): return .array(elements.map { json($0) })
        case .mapping(let entries):
            return .object(
                Dictionary(entries.map { ($0.key, json($0.value)) }) { first, _ in first }
            )
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: return .null
            case .bool(let bool): return .bool(bool)
            case .number(let number): return JSONValue(double: number)
            case .text(let text): return .string(text)
            }
        }
    }
}
