import HoldCore
import Testing

@testable import HoldConsole

/// Names and notes of others in every view of a shift.
@Suite struct ShiftFuzzTests {
    @Test(arguments: 0..<UInt64(30))
    func `no figures, notes or claims crash a view or leave it`(seed: UInt64) {
        var random = SeededRandom(seed: seed &+ 9_000)
        var scene = random.scene()
        for _ in 0..<8 {
            random.disturb(&scene)
            let drawing = scene.drawing
            let model = scene.model
            #expect(drawing.frame.size == model.size, "seed \(seed)")
            let layout = Layout(
                size: model.size,
                content: model.layoutContent,
                hasBanner: model.banner != nil
            )
            for outer in [layout.status, layout.hints] where !outer.isEmpty {
                let isOurs = !drawing.frame.row(outer.row).contains {
                    $0.baseValue == RandomText.sign
                }
                #expect(isOurs || model.prompt != nil, "seed \(seed)")
            }
            scene.paint()
        }
    }
}

extension SeededRandom {
    fileprivate mutating func figure() -> FigureLine {
        var row = FigureLine(name: text())
        row.items = below(1_000_000) - 10
        row.approved = below(2_000)
        row.rejected = below(20)
        row.undoFailed = below(3)
        if chance(70) {
            let long = Span(seconds: Double(below(1_000_000)) - 5)
            row.latency = LatencyFigures(
                p50: long,
                p90: long,
                p95: Span(seconds: Double(below(2_000_000))),
                p99: long,
                longest: long
            )
        }
        return row
    }

    fileprivate mutating func figures() -> Figures {
        var figures = Figures(
            since: chance(50) ? nil : Scene.night,
            until: Scene.night + Span(seconds: Double(below(900_000)) - 450_000),
            total: figure()
        )
        for table in FigureTable.allCases where chance(80) {
            figures.tables[table] = (0..<below(40)).map { _ in figure() }
        }
        figures.waits = (0..<below(60)).map { index in
            WaitFigure(
                at: Scene.night + Span(minutes: Double(index) * 10),
                opened: below(900) - 2,
                decided: below(9),
                p95: chance(60) ? Span(seconds: Double(below(200_000)) - 100) : nil
            )
        }
        if chance(70) {
            figures.signs = ReviewSigns(
                decided: below(90),
                quick: below(90),
                quickHigh: below(9),
                longestRun: below(90),
                shares: RiskClass.allCases.map {
                    ReviewSigns.Share(riskClass: $0, decided: below(30), approved: below(30))
                },
                most: ReviewSigns.Most(
                    action: text(),
                    riskClass: .low,
                    approved: below(90),
                    of: below(90)
                )
            )
        }
        return figures
    }

    fileprivate mutating func shift() -> Handoff {
        Handoff(
            notes: (0..<below(6)).map { _ in
                Handoff.Note(by: text(), text: text(), at: Scene.night)
            },
            pending: below(9_000),
            urgent: below(9),
            oldest: chance(50) ? Scene.night : nil,
            claimed: (0..<below(9)).map { item(Int64($0)) },
            snoozed: (0..<below(9)).map {
                Handoff.Snoozed(by: text(), until: Scene.night, item: item(Int64($0)))
            },
            stuck: (0..<below(4)).map { _ in workflow(of: nil) },
            unwinding: (0..<below(4)).map { _ in workflow(of: nil) },
            counts: ["claimed": below(300), "stuck": below(3)]
        )
    }

    fileprivate mutating func disturb(_ scene: inout Scene) {
        let keys: [Key] =
            "SH!1234jkGgisWFca?lvy".unicodeScalars.map { .character($0) }
            + [.tab, .escape, .enter, .control("s"), .pageDown]
        for _ in 0..<below(6) { scene.press(keys[below(keys.count)]) }
        if chance(60) { scene.answerFigures(figures()) }
        if chance(40) { scene.send(.shift(.handoff(shift()))) }
        if chance(20) { scene.send(.shift(.health(chance(50) ? .well : .readOnly(text())))) }
        if chance(20) { scene.send(.requestFailed(text())) }
        if chance(15) { scene.send(.resized(size())) }
        if chance(10) { scene.send(.disconnected(cause: text())) }
        if chance(30) { scene.pass(Span(seconds: Double(below(200)))) }
    }
}
