/// What a line behind `:` or a row of the palette asks for.
///
/// None of them decides anything: what could is a command that opens its sheet.
package enum Order: Hashable, Sendable {
    case run(Keymap.Command)
    case sort(QueueSort)
    /// Filter by this text; nil: by nothing.
    case filter(String?)
    case set(Setting, String)
    /// Tell what a setting is.
    case tell(Setting)
    /// Go to the item of this number.
    case go(Int64)
    case quit
}

/// Why an order was not carried out, in a sentence.
package struct OrderProblem: Error, Hashable, Sendable {
    package let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// The words that a command line can begin with beside the names of commands.
package enum Verb: String, Hashable, Sendable, CaseIterable {
    case sort, filter, theme, set, goto, q, quit

    /// What it does, in few words.
    package var words: StaticString {
        switch self {
        case .sort: "order the queue: urgency, age, risk\u{2026}"
        case .filter: "filter the queue, as behind /"
        case .theme: "another theme, shown while it is typed"
        case .set: "change a setting"
        case .goto: "go to an item by its number"
        case .q, .quit: "quit; asks when something would be lost"
        }
    }

    /// Whether something follows it.
    var takesMore: Bool {
        switch self {
        case .sort, .filter, .theme, .set, .goto: true
        case .q, .quit: false
        }
    }
}

extension Order {
    /// Reads a command line.
    ///
    /// - Throws: What is wrong with it.
    package init(_ line: String) throws(OrderProblem) {
        let line = line.trimmed
        let name = line.prefix { $0 != " " }
        let rest = String(line.dropFirst(name.count)).trimmed
        if let number = Self.number(name), rest.isEmpty {
            self = .go(number)
            return
        }
        if let verb = Verb(rawValue: String(name)) {
            self = try Self.reading(verb, rest)
            return
        }
        guard let command = Keymap.Command(rawValue: String(name)) else {
            throw OrderProblem("There is no command \(name.prefix(40)): Tab lists them.")
        }
        guard rest.isEmpty else { throw OrderProblem("\(name) takes nothing behind it.") }
        self = .run(command)
    }

    private static func reading(_ verb: Verb, _ rest: String) throws(OrderProblem) -> Order {
        switch verb {
        case .q, .quit:
            guard rest.isEmpty else {
                throw OrderProblem("\(verb.rawValue) takes nothing behind it.")
            }
            return .quit
        case .sort:
            guard !rest.isEmpty else { return .run(.sortMenu) }
            guard let sort = QueueSort(rawValue: rest) else {
                throw OrderProblem("Sort by what? There are: \(Setting.sort.choices).")
            }
            return .sort(sort)
        case .filter:
            guard !rest.isEmpty else { return .run(.filter) }
            if let problem = FilterText.problem(of: rest) { throw OrderProblem(problem) }
            return .filter(rest)
        case .theme:
            guard !rest.isEmpty else { return .tell(.theme) }
            return .set(.theme, rest)
        case .goto:
            guard let number = number(rest[...]) else {
                throw OrderProblem("Go where? Say the number of an item, such as goto 4826.")
            }
            return .go(number)
        case .set: return try setting(rest)
        }
    }

    private static func setting(_ rest: String) throws(OrderProblem) -> Order {
        let key = rest.prefix { $0 != " " && $0 != "=" }
        let value = String(rest.dropFirst(key.count).drop { $0 == " " || $0 == "=" }).trimmed
        guard let setting = Setting(rawValue: String(key)) else {
            let names = Setting.allCases.map(\.rawValue).joined(separator: ", ")
            throw OrderProblem(
                key.isEmpty
                    ? "Set what? There are: \(names)."
                    : "There is no setting \(key.prefix(40)). There are: \(names)."
            )
        }
        return value.isEmpty ? .tell(setting) : .set(setting, value)
    }

    /// The number of an item, as `4826` or `#4826`.
    private static func number(_ word: Substring) -> Int64? {
        let digits = word.hasPrefix("#") ? word.dropFirst() : word
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int64(digits)
    }
}
