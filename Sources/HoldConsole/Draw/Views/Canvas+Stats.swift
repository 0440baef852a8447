import HoldCore

extension Canvas {
    /// Draws what the service counts: all of it, this person's signs, waiting, and one table.
    mutating func drawStats() {
        let body = layout.body
        guard case .loaded(let figures) = model.stats.content else {
            drawMissingFigures(in: body)
            return
        }
        let rows = StatsRows(figures, model.stats, glyphs)
        switch layout.shape {
        case .list, .counts: drawStatsPage(rows, figures, in: body)
        case .stacked: drawStatsBoxes(rows, figures, in: body, top: 9, chart: 7, isWide: false)
        case .twoColumns:
            drawStatsBoxes(rows, figures, in: body, top: 14, chart: 8, isWide: true)
        case .threeColumns:
            drawStatsBoxes(rows, figures, in: body, top: 17, chart: 13, isWide: true)
        }
    }

    private mutating func drawMissingFigures(in rect: Rect) {
        let inside = openView(statsChrome, in: rect)
        let ink = Ink.panel
        var pieces: [StyledLine] = []
        switch model.stats.content {
        case .failed(let why):
            pieces.append(StyledLine("There are no figures:", ink(.warn, .bold)))
            pieces.append(StyledLine(Words.sentence(why), ink.text))
        case .loading, .loaded: pieces.append(StyledLine("counting\(dots)", ink.muted))
        }
        draw(PaneRow.flow(pieces, width: max(inside.columns, 1)), in: inside)
    }

    /// The title with the ranges, the one in force in brackets.
    private var statsChrome: PaneChrome {
        var chrome = viewChrome("Stats")
        let ink = Ink.panel
        for range in FigureRange.allCases {
            let isOn = range == model.stats.range
            chrome.title.gap(2, Ink.panel(.border))
            chrome.title.add("\(range.rawValue) ", ink.key)
            chrome.title.add(isOn ? "[\(range.words)]" : range.words, isOn ? ink.bold : ink.muted)
        }
        return chrome
    }

    private func sinceWords(_ figures: Figures) -> StyledLine {
        guard let since = figures.since else { return StyledLine("all", Ink.panel.muted) }
        let isToday = figures.until - since < Span(minutes: 24 * 60)
        let words: SafeText =
            isToday
            ? "since \(Clock.minuteOfDay(since))Z"
            : "since \(Clock.day(since)) \(Clock.minuteOfDay(since))Z"
        return StyledLine(words, Ink.panel.muted)
    }

    // MARK: - Boxes

    private mutating func drawStatsBoxes(
        _ rows: StatsRows,
        _ figures: Figures,
        in body: Rect,
        top: Int,
        chart: Int,
        isWide: Bool
    ) {
        let upper = body.split(rows: top)
        let count = isWide ? 3 : 2
        let first = upper.top.split(columns: upper.top.columns / count)
        let second =
            isWide ? first.rest.split(columns: first.rest.columns / 2) : (first.rest, .nowhere)
        var summary = statsChrome
        summary.foot = sinceWords(figures)
        drawBox(summary, in: first.left) { rows.summary(width: $0.columns) }
        var signs = viewChrome("Am I rubber-stamping?")
        signs.foot = StyledLine("only you see this", Ink.panel.muted)
        drawBox(signs, in: second.0) { rows.signs(width: $0.columns) }
        if isWide {
            drawBox(viewChrome("Load and people"), in: second.1) {
                rows.load(width: $0.columns, rows: $0.rows)
            }
        }
        let lower = upper.rest.split(rows: chart)
        var waiting = viewChrome(
            "Waiting time",
            "last 3 h, p95 by 10 min, line at \(Clock.left(model.stats.slow))"
        )
        waiting.border = .single
        drawBox(waiting, in: lower.top) { rows.chart(width: $0.columns, rows: $0.rows - 1) }
        drawTable(in: lower.rest)
    }

    private mutating func drawBox(
        _ chrome: PaneChrome,
        in rect: Rect,
        _ rows: (Rect) -> [PaneRow]
    ) {
        let inside = openView(chrome, in: rect)
        guard !inside.isEmpty else { return }
        draw(rows(inside).prefix(inside.rows), in: inside)
    }

    private mutating func drawTable(in rect: Rect) {
        var chrome = viewChrome(tableTitle, otherTables, isFocused: true)
        let rows = model.stats.rows
        let room = max(rect.rows - 3, 0)
        let cursor = model.stats.cursor
        chrome.foot = scrollFoot(rows.count, visible: room, first: cursor.scroll)
        let inside = openView(chrome, in: rect)
        report.view = PaneExtent(lines: rows.count, visible: room)
        guard !rows.isEmpty else {
            draw(StyledLine("Nothing to show.", Ink.panel.muted), in: inside.line(0))
            return
        }
        let columns = FigureColumns(rows, width: inside.columns, glyphs: glyphs)
        draw(columns.header, in: inside.line(0))
        let first = min(max(cursor.scroll, 0), rows.count)
        for (index, row) in rows[first...].prefix(max(inside.rows - 1, 0)).enumerated() {
            var line = columns.line(row, name: name(of: row))
            line.pad(to: inside.columns, Ink.panel.text)
            let isOn = first + index == cursor.index
            draw(isOn ? line.styled(.selected) : line, in: inside.line(index + 1))
        }
    }

    private func name(of row: FigureLine) -> SafeText {
        let name = Words.name(row.name)
        return model.stats.table == .hour ? "\(name):00Z" : name
    }

    private var tableTitle: SafeText { "By \(model.stats.table.words)" }

    private var otherTables: SafeText {
        let others = FigureTable.allCases.filter { $0 != model.stats.table }
        let key = model.keymap.keys(for: .nextPane).first?.label ?? "Tab"
        return "\(key): \(others.map(\.words).joined(separator: ", "))"
    }

    // MARK: - One page

    private mutating func drawStatsPage(_ rows: StatsRows, _ figures: Figures, in rect: Rect) {
        let ink = Ink.panel
        var chrome = statsChrome
        chrome.note = sinceWords(figures)
        let inside = openView(chrome, in: rect)
        let width = max(inside.columns, 1)
        var page = rows.summary(width: width)
        page.append(PaneRow("Am I rubber-stamping? (only you see this)", ink.label))
        page += rows.signs(width: width)
        page.append(PaneRow("Waiting, p95 by 10 min", ink.label))
        page += rows.chart(width: width, rows: 4)
        page.append(PaneRow("\(tableTitle) (\(otherTables))", ink.label))
        let columns = FigureColumns(model.stats.rows, width: width, glyphs: glyphs)
        page.append(PaneRow(columns.header))
        for row in model.stats.rows { page.append(PaneRow(columns.line(row, name: name(of: row)))) }
        drawPage(page, from: model.stats.scroll, in: inside)
    }
}

extension FigureRange {
    var words: SafeText {
        switch self {
        case .hour: "1h"
        case .shift: "8h"
        case .day: "24h"
        case .all: "all"
        }
    }
}

extension FigureTable {
    var words: SafeText { SafeText(ascii: rawValue) }
}
