internal import Foundation
internal import GRDB
internal import HoldCore
internal import HoldJournal

/// A filter as conditions on the columns of `items`, every value bound.
///
/// It lets through exactly what ``ItemFilter/matches(_:in:)`` does: the columns hold the same text, and
/// every condition is true or false, never NULL.
struct FilterSQL {
    /// Conditions, each with `AND` in front.
    private(set) var sql = ""
    private(set) var arguments: [DatabaseValue] = []

    /// Who is on an item now, by its number; read when the filter asks for it.
    private let claims: [Int64: String]

    init(
        _ filter: ItemFilter,
        in circumstances: ItemFilter.Circumstances,
        claims: [Int64: String]
    ) {
        self.claims = claims
        for term in filter.terms {
            sql += term.isNegated ? " AND NOT (" : " AND ("
            add(term.condition, in: circumstances)
            sql += ")"
        }
    }

    private mutating func add(
        _ condition: ItemFilter.Condition,
        in circumstances: ItemFilter.Circumstances
    ) {
        switch condition {
        // GLOB looks for the next place of the first letter in one go, where instr() compares at
        // each; but only ASCII is to it what it is to us (it takes U+FFFE and U+FFFF for U+FFFD).
        case .words(let words) where words.utf8.allSatisfy { $0 < 0x80 }:
            add("search GLOB ?", "*\(literally(words))*".databaseValue)
        case .words(let words): add("instr(search, ?) > 0", words.databaseValue)
        case .text(let field, let text): add(text, in: field)
        case .standing(let standings): add(standings)
        case .riskClass(let classes):
            add("risk_rank", isOneOf: classes.map { $0.rank.databaseValue })
        case .risk(let comparison, let limit):
            add("risk IS NOT NULL AND risk \(comparison.rawValue) ?", limit.databaseValue)
        case .left(let comparison, let span):
            let limit = (circumstances.now + span).milliseconds.databaseValue
            add(
                "state IN ('pending_review', 'modified') AND deadline \(comparison.rawValue) ?",
                limit
            )
        case .claimed(let claim):
            // Claims are few, and nobody's are all the rest.
            let isOfNobody = claim.holds(nil, asker: circumstances.asker)
            let numbers = claims.filter {
                claim.holds($0.value, asker: circumstances.asker) != isOfNobody
            }.keys.sorted()
            let list = "[\(numbers.map(String.init).joined(separator: ","))]"
            add(
                "number \(isOfNobody ? "NOT IN" : "IN") (SELECT value FROM json_each(?))",
                list.databaseValue
            )
        }
    }

    /// A field stands between its mark and the next: no folded text can hold either.
    private mutating func add(_ text: String, in field: ItemFilter.Field) {
        let (column, place): (String, UInt8) =
            switch field {
            case .action: ("search", SearchText.WordPlace.action.rawValue)
            case .agent: ("search", SearchText.WordPlace.agent.rawValue)
            case .workflow: ("search", SearchText.WordPlace.workflow.rawValue)
            case .queue: ("names", SearchText.NamePlace.queue.rawValue)
            case .tier: ("names", SearchText.NamePlace.tier.rawValue)
            case .decidedBy: ("names", SearchText.NamePlace.decidedBy.rawValue)
            }
        let (start, end) = (SearchText.mark(place), SearchText.mark(place + 1))
        add("\(column) GLOB ?", "*\(start)*\(literally(text))*\(end)*".databaseValue)
    }

    /// A text as a part of a GLOB pattern that only that text matches.
    private func literally(_ text: String) -> String {
        var pattern = ""
        for character in text.unicodeScalars {
            switch character {
            case "*", "?", "[": pattern += "[\(character)]"
            default: pattern.unicodeScalars.append(character)
            }
        }
        return pattern
    }

    private mutating func add(_ standings: [ItemFilter.Standing]) {
        let states = standings.compactMap { standing in
            if case .state(let state) = standing { state.rawValue } else { nil }
        }
        add("state", isOneOf: states.map(\.databaseValue))
        // The same as stuck, and in the index.
        if standings.contains(.stuck) { add(" OR urgency = 0") }
    }

    private mutating func add(_ sql: String, _ argument: DatabaseValue? = nil) {
        self.sql += sql
        if let argument { arguments.append(argument) }
    }

    private mutating func add(_ column: String, isOneOf values: [DatabaseValue]) {
        // An empty list on its own keeps SQLite from finding a way along the index.
        guard !values.isEmpty else { return add("FALSE") }
        let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
        add("\(column) IN (\(marks))")
        arguments += values
    }
}
