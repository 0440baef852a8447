import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Every kind of commit, and every way in which its outcome can stay unknown: the answers are true, and
/// the state is what the journal says (I1, I17).
struct AmbiguityTests {
    /// What the store persists, as reliability's P0–P8 have it.
    enum Point: String, CaseIterable {
        case submit, begin, result, decision, timeout, undoStart, undoResult, unwindEnd, resolve
        case consume, halt
    }

    /// What the store does at that commit.
    enum Trouble: String, CaseIterable {
        case refused, unknownApplied, unknownLost, appliedThenAway, lostThenAway, awayForLong

        var turn: ScriptedJournal.Turn {
            switch self {
            case .refused: .refused
            case .unknownApplied: .unknownApplied
            case .unknownLost: .unknownLost
            case .appliedThenAway, .awayForLong: .appliedThenAway
            case .lostThenAway: .lostThenAway
            }
        }

        /// Whether the events are there after all.
        var isApplied: Bool {
            switch self {
            case .refused, .unknownLost, .lostThenAway: false
            case .unknownApplied, .appliedThenAway, .awayForLong: true
            }
        }

        var roundsAway: Int {
            switch self {
            case .refused, .unknownApplied, .unknownLost: 0
            case .appliedThenAway, .lostThenAway: 1
            case .awayForLong: 5
            }
        }
    }

    private static let cases = Point.allCases.flatMap { point in
        Trouble.allCases.map { (point, $0) }
    }

    private struct Scene {
        var house: House
        /// What is committed at the point; nil: time does it.
        var asked: Submission?
        /// Whether the point's event is in a workflow.
        var isReached: (Workflow) -> Bool
        /// The workflow it is in.
        var workflow: WorkflowKey = "wf"
    }

    /// A house just before the point.
    private func scene(_ point: Point) throws -> Scene {
        var house = try House()
        func report(_ step: String) -> Submission.Request {
            .command(
                .finish(
                    StepReport(step: StepID(step), permit: house.permit(step), outcome: .succeeded)
                )
            )
        }
        switch point {
        case .submit:
            let asked = house.submission(proposal("1", "change"))
            return Scene(house: house, asked: asked) { $0.step("1")?.item != nil }
        case .begin:
            let asked = house.submission(proposal("1", "note"))
            return Scene(house: house, asked: asked) { $0.step("1")?.permit != nil }
        case .result:
            _ = house.ask(proposal("1", "note"))
            let asked = house.submission(report("1"))
            return Scene(house: house, asked: asked) { $0.step("1")?.outcome == .succeeded }
        case .decision:
            _ = house.ask(proposal("1", "change"))
            let asked = house.submission(house.approval("1"), by: .ann)
            return Scene(house: house, asked: asked) { $0.step("1")?.item?.state == .approved }
        case .timeout:
            _ = house.ask(proposal("1", "change"))
            house.now = house.now + Span(minutes: 24 * 60)
            return Scene(house: house, asked: nil) { $0.step("1")?.item?.state == .timeout }
        case .consume:
            _ = house.ask(proposal("1", "change"))
            _ = house.ask(house.approval("1"), by: .ann)
            let asked = house.submission(.command(.collect("1")))
            return Scene(house: house, asked: asked) { $0.step("1")?.permit != nil }
        case .halt:
            let halt = Submission.Request.command(.halt(.everything, reason: "stop"))
            let asked = house.submission(halt, in: Workflow.control, by: .ann)
            return Scene(
                house: house,
                asked: asked,
                isReached: { $0.halts.everything != nil },
                workflow: Workflow.control
            )
        case .undoStart, .undoResult, .unwindEnd, .resolve:
            _ = house.ask(proposal("1", "deploy"))
            _ = house.ask(report("1"))
            if point == .unwindEnd {
                // A rejection with nothing to undo begins and ends its unwinding in one commit.
                _ = house.ask(proposal("2", "change"))
                let rejection = Submission.Request.command(.review(house.draft("2", .reject)))
                let asked = house.submission(rejection, by: .ann)
                return Scene(house: house, asked: asked) {
                    $0.step("2")?.item?.state == .rejected && !$0.phase.isUnwinding
                }
            }
            let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
            let asked = house.submission(rejection, by: .ann)
            if point == .undoStart {
                return Scene(house: house, asked: asked) {
                    $0.step("1")?.link.state == .undoStarted
                }
            }
            _ = house.process([asked])
            let word: UndoReport =
                point == .resolve ? .terminal("gone") : .done(.undone, detail: nil)
            let told = Submission(
                ticket: nil,
                workflow: "wf",
                party: .service,
                request: .command(.reportUndo("1", attempt: 1, word))
            )
            guard point == .resolve else {
                return Scene(house: house, asked: told) { $0.step("1")?.link.state == .undone }
            }
            _ = house.process([told])
            let resolve = Submission.Request.command(.resolveUndo("1", reason: "by hand"))
            let resolving = house.submission(resolve, by: .ann)
            return Scene(house: house, asked: resolving) {
                $0.step("1")?.link.state == .resolved
            }
        }
    }

    @Test(arguments: cases)
    func `whatever becomes of a commit, answers are true and the state is the journal's`(
        _ point: Point,
        _ trouble: Trouble
    ) throws {
        var scene = try scene(point)
        let before = try scene.house.folded(scene.workflow)
        let published = scene.house.publishedCount
        #expect(!scene.isReached(before), "\(point)")

        // The commit in trouble.
        scene.house.journal.next(trouble.turn)
        var effects =
            scene.asked.map { scene.house.process([$0]) }
            ?? scene.house.broker.passTime(at: scene.house.now)
        let after = try scene.house.folded(scene.workflow)
        #expect(scene.isReached(after) == trouble.isApplied, "\(point) \(trouble)")
        if let ticket = scene.asked?.ticket {
            let isToldDone = effects.answers[ticket.number]?.workflow.map(scene.isReached) == true
            // Told as done only what the journal shows, and shown only when it can be read.
            #expect(isToldDone == (trouble == .unknownApplied))
            if !isToldDone { #expect(effects.answers[ticket.number]?.isUnavailable == true) }
        }
        if trouble != .unknownApplied {
            #expect(effects.publications.isEmpty && effects.undos.isEmpty)
        }
        #expect(
            scene.house.broker.obstacle != nil || trouble == .unknownApplied || scene.asked == nil
        )

        // As long as it is away, nobody is told anything but that.
        for _ in 0..<trouble.roundsAway {
            scene.house.now = scene.house.now + Span(seconds: 1)
            let asked = scene.house.submission(proposal("9", "note"), in: "other")
            let silent = scene.house.process([asked])
            #expect(silent.answers[asked.ticket?.number ?? 0]?.isUnavailable == true)
            let passed = scene.house.broker.passTime(at: scene.house.now)
            #expect((silent + passed).publications.isEmpty && (silent + passed).undos.isEmpty)
            #expect(passed.wake == scene.house.now + Span(seconds: 1))
            #expect(scene.house.broker.obstacle == ScriptedJournal.fault)
        }

        // It is back: time alone settles the doubt, and says what nobody was told.
        scene.house.journal.isAway(false)
        scene.house.now = scene.house.now + Span(seconds: 1)
        effects += scene.house.broker.passTime(at: scene.house.now)
        #expect(scene.house.broker.obstacle == nil)

        // Who was turned away asks again with the same ids.
        if let asked = scene.asked, asked.ticket != nil {
            let again = scene.house.submission(
                asked.request,
                in: scene.workflow,
                by: asked.party
            )
            let answered = scene.house.process([again])
            effects += answered
            let answer = answered.answers[again.ticket?.number ?? 0]
            let isTrue = answer?.workflow.map(scene.isReached) ?? (answer?.refusal != nil)
            #expect(isTrue, "\(point) \(trouble): \(String(describing: answer?.refusal))")
        }
        let end = try scene.house.folded(scene.workflow)
        #expect(scene.isReached(end), "\(point) \(trouble)")
        let state = scene.house.ask(.peek, in: scene.workflow, by: .ann)?.workflow
        #expect(state == end)
        // Once and only once: every event after the point was published, in order, without a gap.
        let seqs = effects.publications.flatMap(\.entries).map(\.seq)
        let head = try scene.house.journal.memory.head().seq
        #expect(seqs == Array((published + 1)...head), "\(point) \(trouble)")
        if point == .undoStart {
            #expect(effects.undos.map(\.step) == ["1"], "\(trouble)")
        }
    }

    @Test func `what was settled is told even if the store fails again at once`() throws {
        var house = try House()
        _ = house.ask(proposal("1", "deploy"))
        _ = house.ask(
            .command(.finish(StepReport(step: "1", permit: house.permit("1"), outcome: .succeeded)))
        )
        let rejection = Submission.Request.command(.review(house.draft("1", .reject)))
        house.journal.next(.appliedThenAway)
        _ = house.process([house.submission(rejection, by: .ann)])
        house.journal.isAway(false)
        house.journal.isDueAway(true)

        let effects = house.broker.passTime(at: house.now)

        #expect(effects.undos.map(\.step) == ["1"])
        #expect(effects.publications.count == 1)
        #expect(effects.wake == house.now + Span(seconds: 1))
    }

    @Test func `nobody is refused for what did not become durable`() throws {
        var house = try House()
        let halt = Submission.Request.command(.halt(.everything, reason: "stop"))
        let halting = house.submission(halt, in: Workflow.control, by: .ann)
        let proposing = house.submission(proposal("1", "note"))
        house.journal.next(.refused)

        let effects = house.process([halting, proposing])

        // It would have been refused as halted; but nothing is.
        #expect(effects.answers[proposing.ticket?.number ?? 0]?.isUnavailable == true)
        #expect(house.ask(proposal("1", "note"))?.workflow?.step("1")?.permit != nil)
    }

    @Test func `a store that heals while nobody asks is found out`() throws {
        var house = try House()
        house.journal.next(.refused)
        #expect(house.ask(proposal("1", "note"))?.isUnavailable == true)
        #expect(house.broker.obstacle == ScriptedJournal.fault)

        house.journal.isAway(true)
        house.now = house.now + Span(seconds: 1)
        #expect(house.broker.passTime(at: house.now).wake == house.now + Span(seconds: 1))
        #expect(house.broker.obstacle == ScriptedJournal.fault)

        house.journal.isAway(false)
        house.now = house.now + Span(seconds: 1)
        _ = house.broker.passTime(at: house.now)
        #expect(house.broker.obstacle == nil)
    }

    @Test func `a doubt over more events than one page is published whole`() throws {
        var house = try House()
        let batch = (0..<3400).map { number in
            // More than one account may propose in a second.
            let account = Account.test(100 + UInt32(number % 20))
            return house.submission(
                proposal("1", "note"),
                in: WorkflowKey(account: account, text: "wf-\(number)"),
                by: .agent(AgentIdentity(name: "bot", user: "bots", account: account))
            )
        }
        house.journal.next(.appliedThenAway)
        _ = house.process(batch)
        house.journal.isAway(false)

        let effects = house.broker.passTime(at: house.now)

        let head = try house.journal.memory.head().seq
        #expect(head > 10_000)
        #expect(effects.publications.flatMap(\.entries).map(\.seq) == Array(1...head))
    }
}

extension House {
    fileprivate var publishedCount: Int64 { (try? journal.memory.head().seq) ?? 0 }
}
