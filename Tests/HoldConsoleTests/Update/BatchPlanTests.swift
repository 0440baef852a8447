import HoldCore
import Testing

@testable import HoldConsole

@Suite struct BatchPlanTests {
    private static let now = Instant(milliseconds: 1_790_000_000_000)
    private typealias Change = @Sendable (inout BatchPlan.Candidate) -> Void

    private static func candidate(_ number: Int64, _ change: (inout BatchPlan.Candidate) -> Void)
        -> BatchPlan.Candidate
    {
        let item = QueueItem.sample(number, risk: .low)
        var candidate = BatchPlan.Candidate(item, reading: reading(of: item))
        change(&candidate)
        return candidate
    }

    private static func reading(
        of item: QueueItem,
        hidden: Int = 0,
        _ arguments: JSONValue = ["index": "x"]
    ) -> ReadItems.Reading {
        ReadItems.Reading(digest: item.digest, hidden: hidden, arguments: arguments)
    }

    /// What is different about an item, whether it may still be approved with others, and rejected.
    private static let table: [(name: String, approve: BatchRule?, reject: BatchRule?, Change)] = [
        ("LOW, read, free", nil, nil, { _ in }),
        ("claimed by oneself", nil, nil, { $0.item.claimedBy = "alice" }),
        ("irreversible", .irreversible, nil, { $0.item.riskClass = .irreversible }),
        ("HIGH", .risk(.high), nil, { $0.item.riskClass = .high }),
        ("MED", .risk(.medium), nil, { $0.item.riskClass = .medium }),
        ("not read", .notRead, nil, { $0.reading = nil }),
        (
            "read when it was another", .notRead, nil,
            { $0.reading = reading(of: .sample(99, risk: .low)) }
        ),
        ("hidden characters", .hidden(2), nil, { $0.reading = reading(of: $0.item, hidden: 2) }),
        ("claimed by a colleague", .claimed("bob"), nil, { $0.item.claimedBy = "bob" }),
        ("one's own", .ownRequest, nil, { $0.item.requestedBy = "alice" }),
        (
            "one's own without separation", nil, nil,
            {
                $0.item.requestedBy = "alice"
                $0.item.separation = .none
            }
        ),
        ("to be typed", .typed, nil, { $0.item.confirm = .type }),
        ("about to run out", .expiring, nil, { $0.item.deadline = now + Span(seconds: 3) }),
        (
            "another action", .otherAction("drop_index"), nil, { $0.item.action = "git.push" }
        ),
        (
            "aimed at something else", .otherTarget, nil,
            { $0.reading = reading(of: $0.item, ["host": "db-1"]) }
        ),
        ("changed", .changed, .changed, { $0.marked = QueueItem.sample(99).digest }),
        (
            "decided", .decided(.rejected), .decided(.rejected), { $0.item.state = .rejected }
        ),
        ("not in the list", .notListed, .notListed, { $0.isListed = false }),
        ("on hold", .onHold, .onHold, { $0.isOnHold = true }),
        ("not answered", .unanswered, .unanswered, { $0.isUnanswered = true }),
    ]

    @Test(arguments: table.indices)
    func `each rule leaves out what it is for, in words`(index: Int) {
        let row = Self.table[index]
        let candidates = [Self.candidate(1) { _ in }, Self.candidate(2, row.3)]
        for (verb, rule) in [(BatchPlan.Verb.approve, row.approve), (.reject, row.reject)] {
            let plan = BatchPlan(verb, of: candidates, by: "alice", at: Self.now)

            #expect(plan.leftOut.map(\.rule) == [rule].compactMap { $0 }, "\(row.name), \(verb)")
            let numbers = plan.entries.map(\.target.number).sorted()
            #expect(numbers == (rule == nil ? [1, 2] : [1]), "\(row.name), \(verb)")
            for left in plan.leftOut { #expect(!left.rule.words.isEmpty) }
        }
    }

    @Test func `the first that may be approved says which action it is`() {
        let plan = BatchPlan(
            .approve,
            of: [
                Self.candidate(1) { $0.item.riskClass = .high },
                Self.candidate(2) { $0.item.action = "git.push" }, Self.candidate(3) { _ in },
            ],
            by: "alice",
            at: Self.now
        )

        #expect(plan.entries.map(\.target.number) == [2])
        #expect(plan.leftOut.map(\.rule) == [.risk(.high), .otherAction("git.push")])
    }

    @Test func `what is the same but for its number stands in one group`() {
        let plan = BatchPlan(
            .approve,
            of: [
                Self.candidate(1) { _ in },
                Self.candidate(2) {
                    $0.reading = Self.reading(of: $0.item, ["index": "y"])
                },
                Self.candidate(3) { _ in }, Self.candidate(4) { $0.item.summary = "Another" },
            ],
            by: "alice",
            at: Self.now
        )

        #expect(plan.groups.map { $0.entries.map(\.target.number) } == [[1, 3], [2], [4]])
        #expect(plan.count == 4)
    }

    @Test func `what changes later is taken out, and told`() {
        var plan = BatchPlan(
            .approve,
            of: [Self.candidate(1) { _ in }, Self.candidate(2) { _ in }],
            by: "alice",
            at: Self.now
        )

        plan.drop(QueueItem.sample(2).reference, because: .changed)

        #expect(plan.entries.map(\.target.number) == [1])
        #expect(plan.leftOut.map(\.number) == [2])
        plan.drop(QueueItem.sample(1).reference, because: .decided(.approved))
        #expect(plan.groups.isEmpty)
        #expect(plan.leftOut.map(\.rule.words) == ["changed, look again", "already approved"])
    }

    @Test func `the shape of arguments is their names and kinds`() {
        let one: JSONValue = ["a": 1, "b": ["x", "y"], "c": ["d": true]]
        let same: JSONValue = ["c": ["d": false], "b": ["z"], "a": 2.5]
        let other: JSONValue = ["a": "1", "b": ["x"], "c": ["d": true]]

        #expect(one.shape == same.shape)
        #expect(one.shape != other.shape)
    }
}
