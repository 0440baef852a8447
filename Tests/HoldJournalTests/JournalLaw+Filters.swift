import HoldCore
import HoldJournal
import TestAccounts
import Testing

extension JournalLaw {
    static let filters: [JournalLaw] = [
        JournalLaw("a filter finds what the core says, whatever it asks for") { journal in
            let rows = Sample.items(600, seed: 21) + Sample.hostileItems
            var batch = Sample.batch("w")
            batch.items = rows
            try journal.appendDurably(batch)
            var random = SeededRandom(seed: 22)

            for _ in 0..<300 {
                var query = QueueQuery(
                    filter: RandomFilter.filter(using: &random),
                    sort: QueueQuery.Sort.allCases.randomElement(using: &random) ?? .age,
                    limit: 40,
                    now: Sample.noon
                        + Span(seconds: Double(Int.random(in: -200...200, using: &random))),
                    asker: "ada"
                )
                if Int.random(in: 0..<5, using: &random) == 0 { query.queue = "night" }
                if Int.random(in: 0..<8, using: &random) == 0 {
                    query.states = [.approved, .modified]
                }
                if Int.random(in: 0..<8, using: &random) == 0 { query.workflow = WorkflowKey("w7") }
                let expected = rows.filter { row in
                    if let states = query.states {
                        guard states.contains(row.state) else { return false }
                    } else if !query.filter.asksForStanding {
                        guard row.isOpen else { return false }
                    }
                    guard query.queue == nil || row.queue == query.queue,
                        query.workflow == nil || row.workflow == query.workflow
                    else { return false }
                    let circumstances = ItemFilter.Circumstances(
                        now: query.now,
                        asker: "ada"
                    )
                    return query.filter.matches(row, in: circumstances)
                }
                let all = PlainList(rows: expected).sorted(query)
                for offset in [0, max(all.count - 40, 0), all.count / 2] {
                    query.offset = offset
                    let window = try journal.queue(query)
                    #expect(window.total == all.count, "\(query)")
                    #expect(
                        window.entries.map(\.item.number)
                            == all.dropFirst(offset).prefix(40).map(\.number),
                        "\(query)"
                    )
                }
            }
        },
        JournalLaw("many finds in any order, from either end") { journal in
            let rows = Sample.items(6000, seed: 31)
            var batch = Sample.batch("w")
            batch.items = rows
            try journal.appendDurably(batch)
            let filter = try ItemFilter("-agent:gamma")
            let open = rows.filter(\.isOpen).filter { $0.agent != "gamma" }
            #expect(open.count > 2000)

            for sort in QueueQuery.Sort.allCases {
                let query = QueueQuery(filter: filter, sort: sort, limit: 30, now: Sample.noon)
                let all = PlainList(rows: open).sorted(query)
                for offset in [0, 1000, all.count - 30, all.count - 5, all.count, all.count + 7] {
                    var page = query
                    page.offset = offset
                    let window = try journal.queue(page)
                    #expect(window.total == all.count)
                    #expect(
                        window.entries.map(\.item.number)
                            == all.dropFirst(offset).prefix(30).map(\.number),
                        "\(page)"
                    )
                }
            }
        },
    ]
}

/// Filters of every kind of term, as people might type them, and as they would not.
enum RandomFilter {
    static let words = [
        "alpha", "beta", "gamma", "\u{3c9}mega", "strasse", "s", "1", "load", "w7", "*", "?", "[a]",
        "]", "%", "_", "nil", "\u{fffd}", "0", "team", "lead", "ada", "night", "e\u{301}", "\u{e9}",
        "a*b",
    ]

    static func filter(using random: inout SeededRandom) -> ItemFilter {
        ItemFilter(
            terms: (0..<Int.random(in: 1...3, using: &random)).map { _ in
                ItemFilter.Term(
                    condition(using: &random),
                    isNegated: Int.random(in: 0..<3, using: &random) == 0
                )
            }
        )
    }

    private static func condition(using random: inout SeededRandom) -> ItemFilter.Condition {
        let word = SearchText.folded(words.randomElement(using: &random) ?? "a")
        let comparison = ItemFilter.Comparison.allCases.randomElement(using: &random) ?? .equal
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return .words(word)
        case 2, 3:
            return .text(ItemFilter.Field.allCases.randomElement(using: &random) ?? .tier, word)
        case 4: return .risk(comparison, Double(Int.random(in: 0...4, using: &random)) / 4)
        case 5:
            let seconds = Double(Int.random(in: -60...600, using: &random))
            return .left(comparison, Span(seconds: seconds))
        case 6:
            let some = RiskClass.allCases.filter { _ in Bool.random(using: &random) }
            let states = ItemState.allCases.filter { _ in
                Int.random(in: 0..<3, using: &random) == 0
            }
            return Bool.random(using: &random)
                ? .riskClass(some)
                : .standing(states.map { .state($0) } + (some.isEmpty ? [.stuck] : []))
        default:
            let claims: [ItemFilter.Claim] = [.nobody, .asker, .name("b"), .name("zoe")]
            return .claimed(claims.randomElement(using: &random) ?? .nobody)
        }
    }
}

extension Sample {
    /// Open items whose texts try to look like more than one field, or like a pattern.
    static var hostileItems: [ItemRow] {
        let texts = [
            "*alpha?", "a*b?[a]", "[]", "caf\u{e9}", "cafe\u{301}", "]", "%_",
        ]
        let marks = ["\u{4}alpha\u{5}", "\u{0}\u{1A}0", "\u{7}", "\u{1}night\u{2}", "\u{8}"]
        return zip(Int64(601)..., texts).map { number, text in
            var row = item(number, workflow: "w7", action: text)
            row.agent = String(text.reversed())
            // Only a summary may hold what is not printable.
            row.summary = marks[Int(number) % marks.count] + text + "\n" + text
            return row
        }
    }
}

extension PlainList {
    func sorted(_ query: QueueQuery) -> [ItemRow] { rows.sorted { precedes($0, $1, in: query) } }
}
