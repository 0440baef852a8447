import HoldCore

extension Canvas {
    func steerPage(_ sheet: SteerSheet) -> SheetPage {
        let ink = Ink.sheet
        var page = SheetPage(title: steerTitle(sheet), width: sheetColumns)
        page.foot = StyledLine("what you typed is kept", ink.muted)
        let workflow = Words.name(sheet.workflow.text)
        var about = [StyledLine("workflow \(workflow)", ink.text)]
        if !sheet.agent.isEmpty {
            about.append(StyledLine("agent \(Words.name(sheet.agent))", ink.text))
        }
        page.add(about, rank: 3)
        if let link = sheet.link { add(link, sheet, to: &page) }
        page.add(steerWords(sheet), sheet.order == .skip ? ink(.danger, .bold) : ink.text, rank: 1)
        page.addBlank()
        page.add(
            sheet.reason,
            prompt: sheet.order == .resolve ? "evidence > " : "reason > ",
            focused: sheet.focus == .reason
        )
        if let expected = sheet.expected {
            var type = StyledLine("Type to skip:  ", ink.text)
            type.add(Words.name(expected), ink.bold)
            page.add([type], rank: 0)
            let isPrefix = expected.hasPrefix(sheet.typed.text)
            page.add(
                sheet.typed,
                prompt: "typed > ",
                style: ink(isPrefix ? .ok : .danger, .bold),
                focused: sheet.focus == .typed
            )
        }
        if let problem = sheet.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        let keys: SafeText =
            sheet.expected == nil
            ? "Ctrl-s send   Esc cancel, nothing sent"
            : "Ctrl-s send   Tab field   Esc cancel, nothing sent"
        page.add(page.width < 52 ? "Ctrl-s send   Esc cancel" : keys, ink.muted, rank: 0)
        return page
    }

    private func steerTitle(_ sheet: SteerSheet) -> StyledLine {
        let ink = Ink.sheet
        let step = sheet.link.map { Words.name($0.step.text) } ?? .empty
        return switch sheet.order {
        case .halt: StyledLine("Pause \(Words.name(sheet.workflow.text))", ink.label)
        case .resume: StyledLine("Resume \(Words.name(sheet.workflow.text))", ink.label)
        case .retry: StyledLine("Try the undo of \(step) again", ink.label)
        case .resolve: StyledLine("\(step) was undone by hand", ink.label)
        case .skip: StyledLine("Skip the undo of \(step)", ink(.danger, .bold))
        }
    }

    private func steerWords(_ sheet: SteerSheet) -> SafeText {
        switch sheet.order {
        case .halt: "Nothing of it starts until it is resumed. Reviews and unwinding go on."
        case .resume: "Its steps may start again."
        case .retry: "The executor is called once more, with the same key."
        case .resolve:
            "Say what was done and where that can be seen: it goes to the record, and the chain goes on."
        case .skip: "The step stays as it is, for good. The chain goes on below it."
        }
    }

    private func add(_ link: UndoLine, _ sheet: SteerSheet, to page: inout SheetPage) {
        let ink = Ink.sheet
        var pieces = [StyledLine(Words.name(link.action), ink.bold)]
        if let operation = link.operation {
            pieces.append(StyledLine("undone by \(Words.name(operation))", ink.text))
        }
        pieces.append(
            StyledLine(.count(link.attempts, "attempt"), ink.text)
        )
        page.add(pieces, rank: 1)
        if let error = link.error, !error.isEmpty {
            let rows = PaneRow.agent(
                Words.sentence(error).line,
                head: StyledLine(),
                width: page.width,
                glyphs: glyphs
            )
            page.add(Array(rows.prefix(3)), rank: 4)
        }
        guard sheet.order == .skip else { return }
        if model.link.separation == .none {
            page.add("separation: none: you alone are enough, and the record says so.", rank: 2)
        } else if let first = link.skipAgreedBy {
            page.add("\(Words.name(first)) agreed to skip it: you are the second person.", rank: 0)
        } else {
            page.add("It takes two people: you are the first, a second must agree too.", rank: 0)
        }
    }
}
