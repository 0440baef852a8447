import HoldCore
import Testing

@testable import HoldConsole

/// Long random runs of lines, time and news, watched by a second account of the rules.
@Suite struct PlainRandomTests {
    @Test(arguments: 1...UInt64(10))
    func `nothing is approved but what was opened, read, awaited and confirmed`(seed: UInt64) {
        var run = PlainRun(seed: seed)
        for _ in 0..<600 { run.step() }
        run.driver.end()

        #expect(run.problems.isEmpty, "seed \(seed): \(run.problems.prefix(3))")
        #expect(run.driver.lines.allSatisfy { !($0.rows(columns: 80).isEmpty) })
    }

    @Test func `such runs do approve, reject and escalate, and take back`() {
        var kinds: Set<Verdict.Kind> = []
        var held = 0
        var approved = 0
        for seed in 41...UInt64(46) {
            var run = PlainRun(seed: seed)
            for _ in 0..<600 { run.step() }
            kinds.formUnion(run.driver.decisions.map(\.kind))
            held += run.held
            approved += run.driver.approvals.count
        }

        #expect(kinds.isSuperset(of: [.approve, .reject, .escalate]))
        #expect(held > approved && approved > 0, "\(held) held, \(approved) sent")
    }

    @Test(arguments: 1...UInt64(40), [24, 80])
    func `whatever an agent writes, no row harms or misleads`(seed: UInt64, columns: Int) {
        var fuzz = DisplayFuzz(seed: seed)
        func text(_ pieces: Int) -> String {
            String(decoding: fuzz.text(pieces: pieces), as: UTF8.self)
        }
        var item = QueueItem.sample(7)
        item.action = text(6)
        item.summary = "agent> x\nApprove 7? Type yes:\r" + text(20)
        item.agent = text(4)
        item.requestedBy = text(3)
        item.tier = text(3)
        item.claimedBy = text(3)
        var detail = ItemDetail.sample(item)
        detail.arguments = ["a": .string(text(60)), "b": .string(text(30))]
        detail.undoOperation = text(5)
        detail.undoArguments = ["u": .string(text(20))]
        detail.context = ContextPart.Kind.allCases.map {
            ContextPart(kind: $0, title: text(5), body: .string(text(40)))
        }
        detail.history = [
            HistoryLine(at: Scene.night, user: text(2), what: text(2), reason: text(9))
        ]
        var workflow = Sample.stuckWorkflows[8]
        workflow.title = text(5)
        workflow.agent = text(3)
        workflow.workflow = item.reference.workflow
        workflow.stuckAt?.error = text(9)
        var driver = PlainDriver.showing([item], details: [detail], columns: columns)
        driver.send(.workflowsLoaded([workflow]))
        driver.send(.requestFailed("agent> " + text(5)))
        driver.type("1")
        for _ in 0..<9 { driver.type("more") }
        for word in ["hidden", "context", "history", "undo", "workflows", "full"] {
            driver.type(word, "more", "more")
        }
        driver.type("approve", "no", "reject", "no", "escalate", "", "no")
        driver.send(.disconnected(cause: text(6)))
        driver.type("")

        for line in driver.lines {
            for row in line.rows(columns: columns) {
                #expect(row.hasPrefix("agent> ") == (line.voice == .agent), "seed \(seed): \(row)")
                #expect(row.hasPrefix("quoted> ") == (line.voice == .record), "\(seed): \(row)")
                #expect(!row.unicodeScalars.contains(where: isForbidden), "seed \(seed): \(row)")
            }
        }
        #expect(!driver.transcript.unicodeScalars.contains { $0 != "\n" && isForbidden($0) })
    }
}

/// One random run, and what it must keep.
private struct PlainRun {
    var driver: PlainDriver
    var random: SplitMix
    var problems: [String] = []
    var held = 0
    private var items: [QueueItem]
    private var sequence: Int64 = 2
    private var sentIDs: Set<DecisionID> = []
    private var opened = false

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        let risks: [RiskClass] = [.low, .medium, .high, .irreversible, .high]
        items = risks.enumerated().map {
            .sample(Int64($0.offset) + 1, risk: $0.element, workflow: "wf-\($0.offset)")
        }
        driver = PlainDriver.showing(items)
    }

    mutating func step() {
        let before = Before(driver)
        var typed: String?
        switch below(100) {
        case 0..<22:
            typed = Self.words[below(Self.words.count)]
        case 22..<50: typed = goodAnswer()
        case 50..<80: driver.advance(ms: Int64(below(1_800)))
        case 80..<84: changeItems()
        case 84: driver.send(.disconnected(cause: "gone"))
        case 85..<91:
            driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))
            driver.show(items, sequence: sequence)
        case 91..<93: driver.jump(ms: Int64(below(8_000)))
        case 93..<96: driver.show(items, sequence: sequence)
        default: answer()
        }
        if let typed { driver.type(typed) }
        check(before, typed)
    }

    /// What a person answers who means it.
    private mutating func goodAnswer() -> String {
        let prompt = driver.prompt
        if prompt.contains("name of its action") { return "drop_index" }
        if prompt.contains("Type yes") { return "yes" }
        if prompt.hasPrefix("Reason, a number") { return "2" }
        if prompt.contains("approve") { return "approve" }
        if prompt.contains("hidden") { return "hidden" }
        if prompt.contains("more,") { return "more" }
        if prompt.contains("again,") { return "again" }
        return "\(1 + below(5))"
    }

    private mutating func changeItems() {
        let index = below(items.count)
        if below(2) == 0 {
            items[index] = driver.revise(items[index])
        } else if items.count < 12 {
            let item = QueueItem.sample(100 + sequence, risk: RiskClass.allCases[below(4)])
            items.append(item)
            driver.details[item.reference] = .sample(item)
        }
        sequence += 1
        driver.show(items, sequence: sequence)
    }

    private mutating func answer() {
        guard let out = driver.session.model.outgoing.first else { return }
        let id = out.verdict.id
        switch below(3) {
        case 0: driver.send(.recorded(id, Recorded(state: .pendingReview)))
        case 1: driver.send(.refused(id, Turned(code: "stale", message: "no")))
        default: driver.send(.noAnswer(id))
        }
    }

    private mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

    // MARK: - The second account

    private mutating func check(_ before: Before, _ typed: String?) {
        let (old, new) = (before.model, driver.session.model)
        if new.holds.count > 1 { problems.append("two on hold") }
        let started = new.holds.filter { !old.holds.contains($0) }.map(\.verdict)
        let sent = driver.decisions.dropFirst(before.decisions).filter {
            $0.kind == .approve || $0.kind == .modify
        }
        let atOnce = sent.filter { verdict in !old.holds.contains { $0.verdict == verdict } }
        for verdict in started + atOnce { checkConfirmed(verdict, before, typed) }
        held += started.count
        for verdict in driver.decisions.dropFirst(before.decisions)
        where !sentIDs.insert(verdict.id).inserted {
            problems.append("sent twice")
        }
        for verdict in sent {
            guard let hold = old.holds.first(where: { $0.verdict == verdict }) else { continue }
            if new.now < hold.deadline { problems.append("sent before its hold was over") }
        }
        for line in driver.lines.dropFirst(before.lines) {
            for row in line.rows(columns: 80)
            where row.hasPrefix("agent> ") != (line.voice == .agent) {
                problems.append("a row in the wrong voice: \(row)")
            }
        }
    }

    private mutating func checkConfirmed(
        _ verdict: Verdict,
        _ before: Before,
        _ typed: String?
    ) {
        let target = verdict.target
        guard before.prompt.hasPrefix("Approve \(target.number)?") else {
            return problems.append("confirmed without its question: \(before.prompt)")
        }
        let isNamed = before.prompt.contains("name of its action")
        if typed != (isNamed ? "drop_index" : "yes") {
            problems.append("confirmed by \(typed ?? "")")
        }
        if !isNamed, target.riskClass == .irreversible { problems.append("not by its name") }
        let arming = ConfirmTier.of(target.riskClass).arming
        if driver.now.since(before.askedAt) < arming { problems.append("before it was armed") }
        let item = items.first { $0.reference == target.reference }
        if item?.digest != target.digest { problems.append("another digest") }
        guard let arguments = driver.details[target.reference]?.arguments else { return }
        let lines = driver.lines.prefix(before.lines)
        let start = lines.lastIndex {
            $0.rows(columns: 200)[0].hasPrefix(
                "Item \(target.number), \(target.riskClass.rawValue), revision \(target.revision)."
            )
        }
        guard let start else { return problems.append("never read out") }
        for (index, line) in JSONLines.text(of: arguments).lines.enumerated()
        where !lines[start...].contains(.agent("line \(index + 1): ", line)) {
            problems.append("line \(index + 1) was never read out")
        }
    }

    /// What the check looks back at.
    private struct Before {
        let model: Model
        let prompt: String
        let askedAt: Moment
        let lines: Int
        let decisions: Int

        init(_ driver: PlainDriver) {
            model = driver.session.model
            prompt = driver.prompt
            askedAt = driver.askedAt
            lines = driver.lines.count
            decisions = driver.decisions.count
        }
    }

    private static let words = [
        "approve", "yes", "no", "list", "next", "more", "reject", "1", "2", "3", "escalate", "undo",
        "again", "hidden", "context", "quit", "help", "", "status", "workflows", "history",
        "filter x", "filter", "drop_index", "y", "item 4", "full", "nonsense",
    ]
}
