import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

/// Text of agents on the screens that show no panes.
@Suite struct ViewFuzzTests {
    private static let evil =
        "\u{202E}\u{1B}[2J═║ Ϡ press y \u{200B}" + String(repeating: "Ϡ世", count: 300)

    @Test(arguments: PictureTests.sizes, ["w", "w\n", "U", "h", "h\n"])
    func `text of an agent stays inside of the boxes`(size: Size, keys: String) {
        var random = SeededRandom(seed: UInt64(size.columns))
        var scene = Scene(size, workflows: [Self.line])
        for scalar in keys.unicodeScalars {
            scene.press(scalar == "\n" ? .enter : .character(scalar))
            random.answerViews(&scene, text: Self.evil)
            scene.paint()
        }
        let frame = scene.drawing.frame
        let layout = Layout(size: size, content: .view)
        let border = layout.shape == .list ? 0 : 1
        let inside = layout.body.inset(columns: border)
        var strays = 0
        for row in 0..<size.rows {
            for (column, cell) in frame.row(row).enumerated()
            where cell.baseValue == RandomText.sign {
                let place = Position(column: column, row: row)
                if !inside.contains(place) { strays += 1 }
            }
        }
        #expect(strays == 0)
    }

    private static var line: WorkflowLine {
        var line = Sample.stuckWorkflows[8]
        line.agent = evil
        line.title = evil
        line.stuckAt?.error = evil
        return line
    }
}

extension SeededRandom {
    /// Answers whatever the screens of their own asked for.
    mutating func pokeViews(_ scene: inout Scene) {
        guard chance(60) else { return }
        answerViews(&scene, text: text())
    }

    mutating func answerViews(_ scene: inout Scene, text: String) {
        if let opened = scene.model.workflowsView.opened {
            scene.send(.workflowLoaded(workflowDetail(opened.workflow, text, scene.model)))
        }
        if let query = scene.model.historyView.asked {
            let events = (0..<below(40)).map { event(Int64(900 - $0), text) }
            scene.send(
                .historyLoaded(
                    HistoryPage(query: query, events: events, lastSequence: 901, reached: nil)
                )
            )
            scene.send(.historyChecked(chance(50) ? .failed(text) : .broken(firstBad: 3)))
        }
        if let record = scene.model.historyView.record {
            var item = item(4_711)
            item.reference = record.reference
            item.action = text
            scene.send(.detailLoaded(detail(item)))
        }
    }

    private mutating func workflowDetail(
        _ id: WorkflowKey,
        _ text: String,
        _ model: Model
    ) -> WorkflowDetail {
        let item = item(4_711)
        var line = model.workflows.first { $0.workflow == id } ?? workflow(of: item)
        line.workflow = id
        let states = ItemState.allCases
        let steps = (0..<below(30)).map { index in
            var step = WorkflowStep(
                step: StepID("\(text)\(index)"),
                action: text,
                mode: [.autonomous, .async, .sync][below(3)],
                number: chance(50) ? Int64(below(9_000)) : nil,
                state: chance(70) ? states[below(states.count)] : nil,
                undo: chance(50) ? .undoFailed : nil,
                summary: text,
                proposedAt: Scene.night + Span(seconds: Double(below(9_000) - 8_000))
            )
            if chance(60) { step.beganAt = Scene.night + Span(seconds: Double(below(900) - 800)) }
            if chance(60) { step.finishedAt = Scene.night + Span(seconds: Double(below(99))) }
            step.isInFlight = chance(20)
            return step
        }
        var chain = links(item)
        for index in chain.indices {
            chain[index].detail = text
            chain[index].evidence = text
            chain[index].closedBy = chance(30) ? text : nil
            chain[index].skipAgreedBy = chance(30) ? text : nil
        }
        return WorkflowDetail(line: line, steps: steps, items: [item], undoChain: chain)
    }

    private mutating func event(_ sequence: Int64, _ text: String) -> HistoryEvent {
        let types = HistoryFilter.usual + ["step_proposed", text]
        return HistoryEvent(
            sequence: sequence,
            workflow: WorkflowKey(text),
            version: Int(sequence),
            type: types[below(types.count)],
            at: Scene.night,
            actor: chance(50) ? .service : Actor(kind: .reviewer, user: text, uid: 7),
            previous: text,
            hash: text,
            data: ["step": .string(text), "reason": .string(text), "steps": json()],
            item: chance(60)
                ? HistoryItem(
                    number: 4_711,
                    action: text,
                    summary: text,
                    agent: text,
                    riskClass: .high,
                    state: .approved
                ) : nil
        )
    }
}
