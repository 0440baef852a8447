import HoldCore

/// The line at the bottom that is typed into, and what its words can become.
extension Canvas {
    /// Draws the line instead of the hints.
    mutating func draw(_ prompt: Prompt) {
        let line = layout.hints
        frame.fill(line, .plain)
        var words = StyledLine(prompt.kind == .command ? ":" : "/", Style(.key, .bold))
        words.add(Words.sentence(prompt.field.before), .plain)
        let cursor = min(words.width, max(line.columns - 1, 0))
        words.add(Words.sentence(prompt.field.after), .plain)
        if let problem = prompt.problem {
            words.gap(3, .plain)
            words.add(Words.sentence(problem), Style(.danger))
        } else {
            let hint = hint(for: prompt)
            if words.width + hint.width + 4 <= line.columns {
                words.pad(to: line.columns - hint.width - 1, .plain)
                words.add(hint)
            }
        }
        // What is typed last stays in sight: the beginning goes, not the end.
        let hidden = max(words.width - (line.columns - 1), 0)
        let isLong = hidden > 0 && prompt.problem == nil && prompt.field.after.isEmpty
        let shown = isLong ? words.dropping(cells: hidden) : words
        draw(shown, in: line)
        frame.cursor = Position(
            column: line.column + (isLong ? line.columns - 1 : cursor),
            row: line.row
        )
    }

    /// What the keys do in the line.
    private func hint(for prompt: Prompt) -> StyledLine {
        let parts: [(SafeText, SafeText)] =
            prompt.kind == .filter
            ? [("Enter", "keep"), ("Esc", "as before"), ("Tab", "fields")]
            : [("Enter", "run"), ("Esc", "cancel"), ("Tab", "complete"), ("Up", "earlier")]
        var line = StyledLine()
        for (key, words) in parts {
            line.gap(line.width > 0 ? 2 : 0, .plain)
            line.add(key, Style(.key, .bold))
            line.add(" ", .plain)
            line.add(words, Style(.muted))
        }
        return line
    }

    /// Draws what the word before the cursor can become, above the line.
    mutating func drawCompletion() {
        guard let completion = model.prompt?.completion else { return }
        let ink = Ink.sheet
        // What the banner says stays whole.
        let end = layout.banner.isEmpty ? layout.body.endRow : layout.banner.row
        let body = layout.body.split(rows: end - layout.body.row).top
        let room = min(completion.candidates.count, 8, max(body.rows / 2 - 2, 1))
        guard room > 0, body.rows >= room + 2 else { return }
        let all = completion.candidates
        let first = Self.firstRow(of: completion.index ?? 0, count: all.count, visible: room)
        let shown = all[first...].prefix(room)
        let names = shown.map { Words.name($0.text) }
        let widest = names.map(\.width).max() ?? 0
        let notes = shown.map { Words.sentence($0.words) }
        let wanted = 1 + widest + 2 + (notes.map(\.width).max() ?? 0) + 1
        let width = min(max(wanted, 24) + 2, body.columns)
        let place = Rect(
            column: body.column,
            row: body.endRow - room - 2,
            columns: width,
            rows: room + 2
        )
        var chrome = PaneChrome.sheet(title: StyledLine("Tab takes", ink.muted))
        chrome.border = .single
        if all.count > room {
            chrome.foot = StyledLine("\(first + 1)-\(first + room) of \(all.count)", ink.muted)
        }
        let inside = frame.draw(chrome, in: place)
        for (index, name) in names.enumerated() {
            let isChosen = completion.index == first + index
            var line = StyledLine(isChosen ? .pointer(glyphs) : " ", ink(.accent, .bold))
            line.add(name, ink.bold)
            line.pad(to: widest + 3, ink.text)
            line.add(notes[index], ink.muted)
            line.pad(to: inside.columns, ink.text)
            draw(isChosen ? line.styled(.selected) : line, in: inside.line(index))
        }
    }

    /// The first row shown of a list, so that one row is in sight, in the middle where it can be.
    static func firstRow(of index: Int, count: Int, visible: Int) -> Int {
        min(max(0, index - visible / 2), max(0, count - visible))
    }
}
