import Foundation
import HoldCore
import Testing

@testable import HoldConsole

/// Long random runs of keys, time, frames and news, watched by a second account of the rules.
@Suite struct RandomKeysTests {
    private static let isLong = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"

    @Test(arguments: 1...UInt64(isLong ? 400 : 16))
    func `nothing is approved but what was painted, armed, read and confirmed`(seed: UInt64) async {
        var run = RandomRun(seed: seed)
        for step in 0..<1_500 {
            if step.isMultiple(of: 50) { await Task.yield() }
            run.step()
        }

        #expect(run.problems.isEmpty, "seed \(seed): \(run.problems.prefix(3))")
    }

    @Test func `such runs do approve, reject and escalate`() async {
        var kinds: Set<Verdict.Kind> = []
        var takenBack = 0
        var holds = 0
        var inBatches = 0
        for seed in 401...UInt64(408) {
            var run = RandomRun(seed: seed)
            for step in 0..<1_500 {
                if step.isMultiple(of: 50) { await Task.yield() }
                run.step()
            }
            kinds.formUnion(run.driver.decisions.map(\.kind))
            takenBack += run.takenBack
            holds += run.held
            inBatches += run.heldInBatches
        }

        #expect(inBatches > 0)
        #expect(kinds.isSuperset(of: [.approve, .reject, .escalate]))
        #expect(takenBack > 0)
        #expect(holds > takenBack)
    }
}

/// One random run, and what it must keep.
private struct RandomRun {
    var driver: ConsoleDriver
    var random: SplitMix
    var problems: [String] = []
    var takenBack = 0
    var held = 0
    var heldInBatches = 0
    private var items: [QueueItem]
    private var sequence: Int64 = 2
    private var lastKey: Key?
    private var sentIDs: Set<DecisionID> = []

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        let risks: [RiskClass] = [.low, .low, .low, .medium, .high, .irreversible, .high]
        items = risks.enumerated().map { .sample(Int64($0.offset) + 1, risk: $0.element) }
        driver = ConsoleDriver.showing(items)
        driver.isStuck(items[0])
    }

    mutating func step() {
        let before = driver.model
        let asked = driver.requests.count
        lastKey = nil
        switch random.below(100) {
        case 0..<20: press(random.pick(Self.usefulKeys))
        case 20..<23: press(random.pick(Self.otherKeys))
        case 23..<55: driver.advance(ms: Int64(random.below(1_800)))
        case 55..<64: driver.paint()
        case 64..<70: driver.settle()
        case 70..<72: changeItems()
        case 72..<73: driver.send(.disconnected(cause: "gone"))
        case 73..<78:
            driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))
        case 78..<79: driver.send(.resized(Size(columns: 90 + random.below(9), rows: 30)))
        case 79..<81: driver.jump(ms: Int64(random.below(3_000)))
        case 81..<97: confirmWell()
        default: random.below(2) == 0 ? answer() : answerOrder()
        }
        check(before, new: Array(driver.requests.dropFirst(asked)))
    }

    private mutating func press(_ key: Key) {
        lastKey = key
        driver.press(key)
    }

    /// What a person does who means it.
    private mutating func confirmWell() {
        if let batch = driver.batchSheet {
            return press(.character(batch.stage == .overview ? "a" : "y"))
        }
        if driver.model.marks.count > 1, driver.model.sheet == nil, random.below(3) == 0 {
            return press(.character("B"))
        }
        if !driver.model.holds.isEmpty, random.below(4) == 0 { return press(.character("u")) }
        switch driver.model.sheet {
        case .reject(let sheet):
            return press(sheet.reason == nil ? .character("2") : .control("s"))
        case .escalate: return press(.control("s"))
        default: break
        }
        guard let sheet = driver.approveSheet else {
            return press(.character(random.pick(["a", "a", "a", "r", "e"])))
        }
        guard let typed = sheet.terms.typed else { return press(.character("y")) }
        if sheet.field.text == typed { return press(.enter) }
        if sheet.phase == .armed, let next = typed.dropFirst(sheet.field.text.count).first {
            press(.character(next.unicodeScalars.first ?? "?"))
        }
    }

    private mutating func changeItems() {
        let index = random.below(items.count)
        if random.below(2) == 0 {
            items[index] = driver.revise(items[index])
        } else {
            items.append(.sample(100 + sequence, risk: random.pick(RiskClass.allCases)))
            driver.details[items[items.count - 1].reference] = .sample(items[items.count - 1])
        }
        sequence += 1
        driver.show(items, sequence: sequence)
    }

    private mutating func answer() {
        guard let out = driver.model.outgoing.first else { return }
        switch random.below(3) {
        case 0: driver.send(.recorded(out.verdict.id, Recorded(state: .pendingReview)))
        case 1: driver.send(.refused(out.verdict.id, Turned(code: "stale", message: "no")))
        default: driver.send(.noAnswer(out.verdict.id))
        }
    }

    private mutating func answerOrder() {
        guard let order = driver.model.undoView.awaiting.first else { return }
        let refused = Turned(code: "forbidden", message: "not you")
        let answers: [Steering.Answer] = [.done(.skipped), .refused(refused), .unknown("gone")]
        driver.send(.steered(order.id, random.pick(answers)))
    }

    // MARK: - The second account

    private mutating func check(_ before: Model, new requests: [Request]) {
        for hold in driver.model.holds where !before.holds.contains(hold) {
            held += 1
            if hold.batch != nil { heldInBatches += 1 }
            hold.batch == nil ? checkHold(hold, before) : checkBatchHold(hold, before)
        }
        let holds = before.holds.map(\.verdict)
        for request in requests {
            switch request {
            case .decide, .escalate, .decideAll:
                check(request.verdicts, holds, before)
            case .steer(let order): checkOrder(order, before)
            default: continue
            }
        }
        takenBack +=
            lastKey == .character("u") && driver.model.holds.count < before.holds.count
            ? 1 : 0
    }

    private mutating func checkOrder(_ order: Steering, _ before: Model) {
        guard case .steer(let sheet) = before.sheet, sheet.id == order.id,
            lastKey == .control("s"), before.decisionsOff == nil,
            sheet.reason.text.contains(where: { $0 != " " }),
            sheet.expected == nil || sheet.expected == sheet.typed.text
        else { return problems.append("steered without sheet, reason and words") }
        if !sentIDs.insert(order.id).inserted { problems.append("ordered twice") }
    }

    private mutating func check(_ verdicts: [Verdict], _ holds: [Verdict], _ before: Model) {
        for verdict in verdicts {
            if !sentIDs.insert(verdict.id).inserted { problems.append("sent twice") }
            guard verdict.kind == .approve || verdict.kind == .modify else { continue }
            if !holds.contains(verdict), !wasAtOnce(verdict, before) {
                problems.append("sent without a hold: #\(verdict.target.number)")
            }
            if let hold = before.holds.first(where: { $0.verdict == verdict }),
                driver.model.now < hold.deadline
            {
                problems.append("sent before the hold was over")
            }
        }
    }

    private mutating func checkBatchHold(_ hold: Hold, _ before: Model) {
        guard case .batch(let sheet) = before.sheet, sheet.id == hold.batch,
            sheet.stage == .approving, sheet.seen.isAll
        else {
            problems.append("a hold without its batch")
            return
        }
        let shown = SheetShown(id: sheet.id, generation: sheet.generation)
        if let painted = driver.firstPaints[shown] {
            if hold.began.since(painted) < sheet.terms.arming { problems.append("too early") }
        } else {
            problems.append("never painted")
        }
        if lastKey != .character("y") { problems.append("batch confirmed with another key") }
        let target = hold.verdict.target
        let current = items.first { $0.reference == target.reference }
        if current?.digest != target.digest { problems.append("another digest") }
        if current?.riskClass != .low { problems.append("not LOW") }
        if !driver.shownWhole.contains(target.digest) { problems.append("not read") }
    }

    private func wasAtOnce(_ verdict: Verdict, _ before: Model) -> Bool {
        guard case .approve(let sheet) = before.sheet else { return false }
        return sheet.id == verdict.id && sheet.terms.goesAtOnce && sheet.phase == .armed
            && sheet.field.text == sheet.terms.typed && lastKey == .enter
    }

    private mutating func checkHold(_ hold: Hold, _ before: Model) {
        guard case .approve(let sheet) = before.sheet, sheet.id == hold.verdict.id else {
            problems.append("a hold without its sheet")
            return
        }
        let shown = SheetShown(id: sheet.id, generation: sheet.generation)
        if let painted = driver.firstPaints[shown] {
            if hold.began.since(painted) < sheet.terms.arming { problems.append("too early") }
        } else {
            problems.append("never painted")
        }
        if let typed = sheet.terms.typed {
            if lastKey != .enter || sheet.field.text != typed { problems.append("not typed") }
        } else if lastKey != .character("y") {
            problems.append("confirmed with \(lastKey?.name ?? "nothing")")
        }
        let current = items.first { $0.reference == sheet.target.reference }
        if current?.digest != hold.verdict.target.digest { problems.append("another digest") }
        if before.selected?.unread != nil { problems.append("not read") }
    }

    private static let usefulKeys: [Key] =
        "jkaaaayyuremqnN123s    vBB".unicodeScalars.map { .character($0) } + [
            .escape, .enter, .control("s"), .tab, .pageDown,
        ]
    private static let otherKeys: [Key] = [
        .paste(Array("y\n".utf8)), .focusIn, .focusOut, .character("x"), .character("/"),
        .mouse(Mouse(.press, at: Position(column: 9, row: 4))),
        .mouse(Mouse(.wheelUp, at: Position(column: 9, row: 9))),
        .character(":"), .character("?"), .control("z"), .character("R"), .character("v"),
        .character("w"), .character("h"), .character("U"), .character("P"), .character("R"),
        .character("M"), .character("K"), .character("U"), .character("T"), .character("p"),
        .character("z"), .character("c"), .character("i"), .character("F"), .character("S"),
        .character("!"), .character("V"), .character("f"), .character("O"), .control("p"),
        .backspace, .up, .home, .end,
    ]
}

extension Request {
    fileprivate var verdicts: [Verdict] {
        switch self {
        case .decide(let verdict), .escalate(let verdict): [verdict]
        case .decideAll(let verdicts): verdicts
        default: []
        }
    }
}

extension SplitMix {
    fileprivate mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    fileprivate mutating func pick<Value>(_ values: [Value]) -> Value {
        values[below(values.count)]
    }
}
