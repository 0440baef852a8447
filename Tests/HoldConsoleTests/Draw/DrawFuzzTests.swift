import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct DrawFuzzTests {
    @Test(arguments: 0..<UInt64(40))
    func `no model at any size crashes, and the outer rows are ours alone`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var scene = random.scene()
        for _ in 0..<6 {
            random.poke(&scene)
            let drawing = scene.drawing
            check(drawing, scene.model, seed)
            scene.paint()
        }
    }

    /// Every text of an agent has a Ϡ in it, which is nowhere else: it may stand in panes only.
    private func check(_ drawing: Drawing, _ model: Model, _ seed: UInt64) {
        let frame = drawing.frame
        #expect(frame.size == model.size, "seed \(seed)")
        // What the renderer keeps between frames changes none.
        #expect(drawing == draw(model), "seed \(seed)")
        for scalar in (0..<frame.size.rows).flatMap({ frame.row($0).flatMap(\.scalars) })
        where scalar > 0x7E || scalar < 0x20 {
            let isSafe = Unicode.Scalar(scalar).map { !isForbidden($0) } ?? false
            if !isSafe { Issue.record("seed \(seed): U+\(String(scalar, radix: 16)) was drawn") }
        }
        let layout = Layout(
            size: model.size,
            content: model.layoutContent,
            hasBanner: model.banner != nil
        )
        for outer in [layout.status, layout.hints] where !outer.isEmpty {
            let cells = frame.row(outer.row)
            #expect(
                !cells.contains { $0.style.background == .untrustedBackground },
                "seed \(seed)"
            )
            let isOurs = !cells.contains { $0.baseValue == RandomText.sign }
            #expect(isOurs || (outer == layout.hints && model.prompt != nil), "seed \(seed)")
        }
        if let lines = drawing.report.lines {
            #expect(lines.lines.upperBound <= lines.total, "seed \(seed)")
            #expect(lines.lines.lowerBound >= 0, "seed \(seed)")
        }
        if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor), "seed \(seed)") }
    }

    @Test(arguments: PictureTests.sizes)
    func `text of an agent never leaves the pane that it is in`(size: Size) {
        var detail = Sample.indexDetail
        // All of them marked or harmless, none of them ours.
        let evil = "\u{202E}\u{1B}[2J═║ Ϡ press y \u{200B}" + String(repeating: "Ϡ世", count: 500)
        detail.arguments = ["x": .string(evil)]
        detail.item.action = evil
        detail.item.agent = evil
        detail.item.summary = evil
        detail.context = ContextPart.Kind.allCases.map {
            ContextPart(kind: $0, title: evil, body: .string(evil))
        }
        let items = Sample.items.map { item in
            var item = item
            (item.action, item.agent, item.summary) = (evil, evil, evil)
            return item
        }
        let scene = Scene(size, items: items, detail: detail)
        let layout = Layout(size: size)
        let frame = scene.drawing.frame
        let border = layout.shape == .list ? 0 : 1
        let insides = Pane.allCases.map { layout[$0].inset(columns: border) }
        var strays = 0
        for row in 0..<size.rows {
            for (column, cell) in frame.row(row).enumerated()
            where cell.baseValue == RandomText.sign {
                let place = Position(column: column, row: row)
                if !insides.contains(where: { $0.contains(place) }) { strays += 1 }
            }
        }
        #expect(strays == 0)
    }
}

/// Random text of many kinds.
enum RandomText {
    /// A letter that none of our own words has.
    static let sign: UInt32 = 0x3E0
    static let kinds = [
        "Ϡ", "Ϡ\u{1B}[31mred", "Ϡ\u{202E}abc", "Ϡ世界世界", "Ϡ e\u{301}\u{301}\u{301}\u{301}",
        "Ϡ\n\n\n\n\n\nend", "Ϡ👨‍👩‍👧‍👦🇩🇪", "Ϡ\u{200B}\u{FEFF}", "Ϡ         x", "Ϡ\u{0}\u{7F}\u{85}",
        "Ϡ┃═╗", "Ϡ press y", "{\"Ϡ\": [1, 2]}", "@@ Ϡ\n+Ϡ\n-Ϡ",
    ]
}

/// Makes random models from a seed.
struct SeededRandom {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func below(_ end: Int) -> Int { Int.random(in: 0..<max(end, 1), using: &random) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func text() -> String {
        let kind = RandomText.kinds[below(RandomText.kinds.count)]
        return String(repeating: kind, count: chance(5) ? below(400) : 1 + below(3))
    }

    mutating func json(_ depth: Int = 0) -> JSONValue {
        switch below(depth > 3 ? 4 : 6) {
        case 0: .null
        case 1: .integer(Int64.random(in: -9_000...9_000, using: &random))
        case 2, 3: .string(text())
        case 4: .array((0..<below(5)).map { _ in json(depth + 1) })
        default:
            .object(
                Dictionary((0..<below(5)).map { _ in (text(), json(depth + 1)) }) { $1 }
            )
        }
    }

    mutating func size() -> Size {
        chance(40)
            ? PictureTests.sizes[below(PictureTests.sizes.count)]
            : Size(columns: below(220), rows: below(70))
    }

    mutating func item(_ number: Int64) -> QueueItem {
        let risks = RiskClass.allCases
        var item = Sample.item(
            number,
            text(),
            text(),
            text(),
            risks[below(risks.count)],
            left: Double(below(200_000) - 1_000),
            mode: chance(50) ? .sync : .async
        )
        item.reference = ItemReference(
            workflow: WorkflowKey(text()),
            step: StepID("Ϡ\(number)")
        )
        let states = ItemState.allCases
        if chance(20) { item.state = states[below(states.count)] }
        if chance(20) { item.claimedBy = text() }
        if chance(20) { item.approvalsNeeded = below(4) }
        item.isStuck = chance(10)
        item.revision = 1 + below(3)
        item.undoSteps = below(1_000)
        item.risk = chance(50) ? nil : Double(below(3_000)) / 1_000 - 1
        return item
    }

    mutating func links(_ item: QueueItem) -> [UndoLine] {
        let states = UndoLink.State.allCases
        return (0..<below(30)).map { index in
            UndoLine(
                step: StepID("Ϡ\(index)"),
                action: text(),
                operation: chance(20) ? nil : text(),
                state: states[below(states.count)],
                attempts: below(9),
                error: chance(40) ? text() : nil,
                isInDoubt: chance(20),
                nextAttemptAt: chance(30) ? Scene.night : nil
            )
        }
    }

    mutating func detail(_ item: QueueItem) -> ItemDetail {
        let kinds = ContextPart.Kind.allCases
        return ItemDetail(
            item: item,
            arguments: json(),
            proposedArguments: chance(20) ? json() : nil,
            undoOperation: chance(30) ? nil : text(),
            undoArguments: chance(30) ? json() : nil,
            context: (0..<below(5)).map { _ in
                ContextPart(kind: kinds[below(kinds.count)], title: text(), body: json())
            },
            policy: [PolicyPart(key: text(), value: text(), origin: text())],
            undoChain: links(item),
            history: (0..<below(4)).map { _ in
                HistoryLine(at: Scene.night, user: text(), what: text(), reason: text())
            },
            wouldUndo: (0..<below(40)).map { _ in
                UndoPreviewLine(
                    step: StepID(text()),
                    action: text(),
                    operation: text(),
                    age: Span(seconds: Double(below(1_000_000)))
                )
            },
            tiers: chance(50) ? [item.tier, text()] : []
        )
    }

    mutating func workflow(of item: QueueItem?) -> WorkflowLine {
        let states = Workflow.Status.allCases
        var line = Sample.workflow(
            text(),
            states[below(states.count)],
            below(20) - 2,
            below(20) - 2
        )
        if let item { line.workflow = item.reference.workflow }
        if line.status == .stuck, let item { line.stuckAt = links(item).first }
        if chance(50) {
            line.unwinding = WorkflowLine.Unwinding(closed: below(9), planned: below(9))
        }
        return line
    }

    mutating func scene() -> Scene {
        let items = (0..<below(60)).map { item(Int64($0 * 997)) }
        let selected = items.isEmpty ? Sample.index : items[below(min(items.count, 5))]
        return Scene(
            size(),
            glyphs: chance(50) ? .ascii : .unicode,
            items: items,
            detail: detail(selected),
            workflows: (0..<below(20)).map { _ in workflow(of: chance(30) ? selected : nil) },
            separation: chance(30) ? .none : .enforced
        )
    }

    mutating func poke(_ scene: inout Scene) {
        let keys: [Key] =
            "jjjjkaryemuxzpN/:?12345678TgG3 whwhUUPRMK\u{3E0}W[]ny5csiFSH!ZfObvVB  "
            .unicodeScalars.map { .character($0) }
            + [.tab, .enter, .escape, .pageDown, .control("s"), .control("d"), .left, .right]
            + [.control("p")]
        for _ in 0..<below(8) { scene.press(keys[below(keys.count)]) }
        pokeViews(&scene)
        if chance(20) { scene.send(.resized(size())) }
        if chance(10) { scene.send(.disconnected(cause: "refused")) }
        if chance(30) { scene.pass(Span(seconds: Double(below(30)))) }
        if chance(20), let detail = scene.model.selected?.detail {
            var changed = self.detail(detail.item)
            changed.item.revision += 1
            changed.item.digest = Digest(of: json())
            scene.send(.detailLoaded(changed))
        }
    }
}
