import TestAccounts
import Testing

@testable import HoldCore

/// The language of the filter line, read and applied.
struct ItemFilterTests {
    private static let noon = Instant(milliseconds: 1_763_719_200_000)

    static let row = ItemRow(
        number: 4826,
        workflow: WorkflowKey("wf-918:eu"),
        step: StepID("wf-918/3"),
        action: "sql.exec",
        summary: "DROP INDEX \u{3}orders, ÄRGER",
        state: .pendingReview,
        mode: .sync,
        queue: "Database",
        agent: "db-janitor",
        requestedBy: "agents",
        risk: 0.8,
        riskClass: .high,
        createdAt: noon - Span(minutes: 3),
        deadline: noon + Span(seconds: 90),
        tier: "primary",
        digest: Digest(of: [UInt8]()),
        revision: 1,
        approvalsGiven: 0,
        approvalsNeeded: 1,
        confirm: .key,
        separation: .enforced,
        undoSteps: 0,
        undoOperation: nil,
        isStuck: false,
        decidedAt: nil,
        decidedBy: nil
    )

    private func matches(
        _ text: String,
        _ row: ItemRow = ItemFilterTests.row,
        claimedBy claimer: String? = nil
    ) throws -> Bool {
        let now = ItemFilterTests.noon
        let circumstances = ItemFilter.Circumstances(now: now, asker: "alice")
        var row = row
        row.claim = claimer.map { Claim(by: $0, uid: 7, until: now + Span(minutes: 1)) }
        return try ItemFilter(text).matches(row, in: circumstances)
    }

    @Test(arguments: [
        "", "   ", "drop", "DROP index", "4826", "918", "ärger", "\"drop index\"", "action:SQL",
        "agent:janitor", "wf:918", "workflow:eu", "queue:data", "tier:prim", "-mail",
        "-action:mail",
        "risk:HIGH", "risk:low,high", "risk:>=0.8", "risk:=0.8", "risk:<=0.80", "risk:>.5",
        "-risk:>0.9", "state:pending", "state:approved,pending_review", "-state:stuck", "left:<2m",
        "left:>1m", "left:>=90s", "left:=1m30s", "claimed:none", "-claimed:me", "wf:\"918:eu\"",
        "wf-918:eu", "\"sql.exec\"", "risk:HIGH left:<2m drop -mail",
        "ACTION:sql",
    ])
    func `what holds of an item lets it through`(text: String) throws {
        #expect(try matches(text))
    }

    @Test(arguments: [
        "mail", "drop mail", "\"index drop\"", "action:drop", "agent:sql", "wf:janitor",
        "queue:primary", "tier:database", "-drop", "-action:sql", "risk:LOW", "risk:>0.8",
        "risk:<0.8", "-risk:HIGH", "state:approved", "state:stuck", "-state:pending", "left:<1m",
        "left:>2m", "claimed:me", "claimed:bob", "-claimed:none", "by:alice", "\"-mail\"",
        "\"eu\u{3}wf\"", "database", "primary",
    ])
    func `what does not hold of an item keeps it out`(text: String) throws {
        #expect(try !matches(text))
    }

    @Test func `claims are of nobody, of who asks, or of a name`() throws {
        #expect(try matches("claimed:me", claimedBy: "alice"))
        #expect(try !matches("claimed:me", claimedBy: "bob"))
        #expect(try matches("claimed:BO -claimed:none", claimedBy: "bob"))
        #expect(try !matches("claimed:none", claimedBy: "bob"))
    }

    @Test func `a risk not given compares with nothing, and a decided item has no time left`()
        throws
    {
        var row = ItemFilterTests.row
        row.risk = nil
        for text in ["risk:>0", "risk:<=1", "risk:=0"] {
            #expect(try !matches(text, row))
            #expect(try matches("-" + text, row))
        }
        row.state = .rejected
        row.decidedBy = "Bob"
        #expect(try !matches("left:<9d", row))
        #expect(try matches("by:bob state:rejected -left:<9d", row))
    }

    @Test(arguments: [
        ("agnet:x", "agnet:x"), ("risk:severe", "risk:severe"), ("risk:>1.5", "risk:>1.5"),
        ("risk:>", "risk:>"), ("risk:>1e-3", "risk:>1e-3"), ("state:done", "state:done"),
        ("drop left:2m", "left:2m"), ("left:<2x", "left:<2x"), ("left:<", "left:<"),
        ("action:", "action:"), ("-wf:", "-wf:"), ("say \"drop index", "\"drop index"),
        ("state:,", "state:,"), ("risk:nan", "risk:nan"),
    ])
    func `a word that means nothing is named, in a plain sentence`(text: String, word: String) {
        let problem = #expect(throws: ItemFilter.Problem.self) { try ItemFilter(text) }
        #expect(problem?.word == word)
        #expect(problem?.description.hasPrefix("\u{201C}\(word)\u{201D} ") == true)
        #expect(problem?.description.hasSuffix(".") == true)
    }

    @Test func `a text without end is refused`() {
        #expect(throws: ItemFilter.Problem.self) {
            try ItemFilter(String(repeating: "a ", count: 501))
        }
    }

    @Test func `only a state that is asked for opens the list to what is decided`() throws {
        #expect(try ItemFilter("state:rejected").asksForStanding)
        #expect(try !ItemFilter("-state:rejected risk:HIGH").asksForStanding)
        #expect(try ItemFilter(" ").isEmpty)
    }

    @Test func `every field that help names is read`() throws {
        let values = [
            "risk": "HIGH", "state": "stuck", "claimed": "me", "left": "<1h30m",
        ]
        for field in ItemFilter.fields {
            let filter = try ItemFilter("\(field.name):\(values[field.name] ?? "x")")
            #expect(filter.terms.count == 1)
            guard case .words = filter.terms.first?.condition else { continue }
            Issue.record("\(field.name) is read as a word")
        }
    }

    @Test func `any text is read or refused, and what is refused is in it`() {
        var random = SeededRandom(seed: 7)
        let pieces = [
            "risk:", "left:", "<", ">=", "1", ".", "h", "-", "\"", " ", "\n", "\u{0}", "\u{301}",
            "state:", "stuck", ",", "claimed:", "me", ":", "\u{1F469}\u{200D}", "wf:", "9999999999",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0..<9, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            do throws(ItemFilter.Problem) {
                let filter = try ItemFilter(text)
                _ = filter.matches(
                    ItemFilterTests.row,
                    in: ItemFilter.Circumstances(now: ItemFilterTests.noon)
                )
            } catch {
                #expect(text.holds(error.word), "\(error)")
            }
        }
    }
}
