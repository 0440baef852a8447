import HoldCore

/// How long decisions took, as bars by ten minutes, with a line at what is called slow.
struct WaitChart {
    let waits: [WaitFigure]
    let slow: Span
    let glyphs: GlyphSet
    let width: Int
    /// The rows of bars; the times below take one more.
    let rows: Int

    /// The cells before the bars: a time and the axis.
    private static let margin = 7

    /// The chart from the top down; nothing when there is no room for it.
    func lines() -> [StyledLine] {
        let room = width - Self.margin
        guard rows > 0, !waits.isEmpty, room >= waits.count else { return [] }
        let step = min(room / waits.count, 10)
        let bars = (0..<rows).reversed().map { row(at: $0, step: step) }
        return bars + [axis(step: step)]
    }

    /// What the top of the chart stands for: a round number of minutes.
    var top: Span {
        let most = max(waits.compactMap(\.p95).max() ?? .zero, slow)
        let minutes = Int64((most.seconds / 60).rounded(.up))
        let round: [Int64] = [1, 2, 4, 6, 8, 10, 12, 15, 20, 30, 40, 60, 90, 120, 180, 240, 480]
        let found = round.first { $0 >= minutes } ?? (minutes + 1_439) / 1_440 * 1_440
        return Span(milliseconds: found * 60_000)
    }

    /// The row that the line stands in, from the bottom.
    private var slowRow: Int {
        min(max(Int((slow.seconds / top.seconds * Double(rows)).rounded(.up)) - 1, 0), rows - 1)
    }

    private func row(at index: Int, step: Int) -> StyledLine {
        let ink = Ink.panel
        let isSlow = index == slowRow
        let edge = isSlow ? slow : Span(seconds: top.seconds * Double(index + 1) / Double(rows))
        var line = StyledLine(Clock.left(edge), isSlow ? ink(.warn) : ink.muted)
        line.add(" |", ink(.border))
        let levels = Sparkline.levels(glyphs)
        for wait in waits {
            let filled = units(wait, levels: levels) - index * levels
            let start = line.width
            if filled > 0 {
                let sign = Sparkline.sign(min(filled, levels), glyphs)
                let style = (wait.p95 ?? .zero) > slow ? ink(.warn, .bold) : ink(.info)
                for _ in 0..<max(step - 1, 1) { line.add(sign, style) }
            }
            while line.width < start + step {
                let isDash = isSlow && (line.width - Self.margin) % 2 == 0
                line.add(isDash ? "-" : " ", isDash ? ink(.warn) : ink.text)
            }
        }
        return line
    }

    /// How high a bar is, in the smallest steps that can be drawn.
    private func units(_ wait: WaitFigure, levels: Int) -> Int {
        guard let p95 = wait.p95, p95 > .zero else { return 0 }
        let all = Double(rows * levels)
        return min(max(Int((p95.seconds / top.seconds * all).rounded()), 1), rows * levels)
    }

    private func axis(step: Int) -> StyledLine {
        let ink = Ink.panel
        var line = StyledLine()
        line.pad(to: Self.margin - 1, ink.text)
        line.add("+", ink(.border))
        for (index, wait) in waits.enumerated() {
            let start = Self.margin + index * step
            // A time every half hour, where it does not run into the one before.
            if index % 3 == 0, line.width <= start, 3 * step > 5 {
                line.add(Clock.minuteOfDay(wait.at), ink.muted)
            }
            while line.width < start + step { line.add("-", ink(.border)) }
        }
        return line.prefix(cells: width, ellipsis: .empty)
    }
}
