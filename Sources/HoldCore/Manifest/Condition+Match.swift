extension Condition {
    /// Whether the condition holds for this subject.
    public func matches(_ subject: ConditionSubject) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.matches(subject) }
        case .any(let parts): parts.contains { $0.matches(subject) }
        case .not(let part): part.canBeJudged(on: subject) && !part.matches(subject)
        case .test(let path, let test): test.holds(for: subject.value(at: path))
        }
    }

    /// Whether every path is there in the type its operator needs, so that "does not match" means it.
    private func canBeJudged(on subject: ConditionSubject) -> Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.allSatisfy { $0.canBeJudged(on: subject) }
        case .not(let part): part.canBeJudged(on: subject)
        case .test(let path, let test): test.applies(to: subject.value(at: path))
        }
    }
}

extension ConditionSubject {
    fileprivate func value(at path: ConditionPath) -> JSONValue? {
        switch path {
        case .risk: risk.map { JSONValue(double: $0) }
        case .agent: .string(agent)
        case .arguments(let keys):
            keys.reduce(Optional(arguments)) { value, key in
                guard case .array(let elements) = value else { return value?[key] }
                return Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            }
        }
    }
}

extension Condition.Test {
    fileprivate func applies(to value: JSONValue?) -> Bool {
        guard let value else {
            if case .exists = self { return true }
            return false
        }
        switch self {
        case .equal(let other), .notEqual(let other): return value.isSameKind(as: other)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return value.double != nil
        case .oneOf(let others), .noneOf(let others):
            return others.contains { value.isSameKind(as: $0) }
        case .matches: return value.text != nil
        case .exists: return true
        case .contains(let part):
            switch value {
            case .array: return true
            case .string: return part.text != nil
            case .null, .bool, .integer, .number, .object: return false
            }
        }
    }

    fileprivate func holds(for value: JSONValue?) -> Bool {
        if case .exists(let wanted) = self { return (value != nil) == wanted }
        guard let value, applies(to: value) else { return false }
        switch self {
        case .equal(let other): return value == other
        case .notEqual(let other): return value != other
        case .less(let bound): return value.double.map { $0 < bound } ?? false
        case .lessOrEqual(let bound): return value.double.map { $0 <= bound } ?? false
        case .greater(let bound): return value.double.map { $0 > bound } ?? false
        case .greaterOrEqual(let bound): return value.double.map { $0 >= bound } ?? false
        case .oneOf(let others): return others.contains(value)
        case .noneOf(let others): return !others.contains(value)
        case .matches(let pattern): return value.text.map { pattern.matches($0) } ?? false
        case .exists: return true
        case .contains(let part):
            if case .array(let elements) = value { return elements.contains(part) }
            return Condition.contains(value.text ?? "", part.text ?? "")
        }
    }
}

extension Condition {
    /// Whether a text holds another, byte by byte.
    fileprivate static func contains(_ text: String, _ part: String) -> Bool {
        let haystack = Array(text.utf8)
        let needle = Array(part.utf8)
        guard !needle.isEmpty else { return true }
        guard haystack.count >= needle.count else { return false }
        return (0...haystack.count - needle.count).contains { start in
            haystack[start..<start + needle.count].elementsEqual(needle)
        }
    }
}

extension JSONValue {
    fileprivate func isSameKind(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null), (.bool, .bool), (.string, .string), (.array, .array),
            (.object, .object), (.integer, .integer), (.integer, .number), (.number, .integer),
            (.number, .number):
            true
        case (.null, _), (.bool, _), (.string, _), (.array, _), (.object, _), (.integer, _),
            (.number, _):
            false
        }
    }
}
