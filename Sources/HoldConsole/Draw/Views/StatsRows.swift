import HoldCore

/// The texts of the stats view, for boxes and for one long page.
struct StatsRows {
    let figures: Figures
    let stats: StatsView
    let glyphs: GlyphSet
    private let ink = Ink.panel

    init(_ figures: Figures, _ stats: StatsView, _ glyphs: GlyphSet) {
        self.figures = figures
        self.stats = stats
        self.glyphs = glyphs
    }

    private func text(_ words: SafeText) -> StyledLine { StyledLine(words, ink.text) }

    private func count(_ words: SafeText, _ number: Int, loud: Role? = nil) -> StyledLine {
        guard let loud, number > 0 else { return text("\(words) \(number)") }
        return StyledLine("\(words) \(number)", ink(loud, .bold))
    }

    // MARK: - All of it

    func summary(width: Int) -> [PaneRow] {
        let total = figures.total
        guard total.items > 0 else {
            return [PaneRow("Nothing was asked in this time.", ink.text)]
        }
        var rows = PaneRow.fact(
            "DECIDED",
            [
                StyledLine("\(total.decided)", ink.bold), count("approve", total.approved),
                count("reject", total.rejected), count("edited", total.modified),
            ],
            width: width
        )
        rows += PaneRow.fact(
            "ASKED",
            [
                text("\(total.items)"), count("open", total.pending),
                count("withdrawn", total.withdrawn),
            ],
            width: width
        )
        rows += PaneRow.fact(
            "EXPIRED",
            [
                StyledLine("\(total.expired)", total.expired > 0 ? ink(.warn, .bold) : ink.text),
                count("escalated", total.escalated),
            ],
            width: width
        )
        rows += PaneRow.fact("WAITED", waited(total.latency), width: width)
        rows += PaneRow.fact(
            "UNDONE",
            [text("\(total.undone)"), count("undo failed", total.undoFailed, loud: .danger)],
            width: width
        )
        rows += PaneRow.fact("DEPTH", depth, width: width)
        return rows + hours(width: width)
    }

    private func waited(_ latency: LatencyFigures?) -> [StyledLine] {
        guard let latency else { return [StyledLine("nobody decided anything", ink.muted)] }
        return [
            text("p50 \(Clock.left(latency.p50))"), text("p95 \(Clock.left(latency.p95))"),
            text("p90 \(Clock.left(latency.p90))"), text("p99 \(Clock.left(latency.p99))"),
            text("longest \(Clock.left(latency.longest))"),
        ]
    }

    private var depth: [StyledLine] {
        let depth = figures.depth
        let mean = depth.mean.isFinite ? min(max(depth.mean, 0), 1e6) : 0
        let tenths = Int((mean * 10).rounded())
        return [
            text("deepest now \(depth.deepestNow)"), text("ever \(depth.deepest)"),
            text("mean \(tenths / 10).\(tenths % 10)"),
        ]
    }

    /// The hours of the day, the present one last.
    private func hours(width: Int) -> [PaneRow] {
        let rows = figures.tables[.hour] ?? []
        guard !rows.isEmpty, width >= 34 else { return [] }
        let byHour = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
        let last = Int(figures.until.milliseconds / 3_600_000 % 24)
        let order = (1...24).map { (last + $0 + 24) % 24 }
        let names = order.map { $0 < 10 ? "0\($0)" : "\($0)" }
        let asked = Sparkline.text(names.map { Double(byHour[$0]?.items ?? 0) }, glyphs)
        let waited = Sparkline.text(
            names.map { byHour[$0]?.latency?.p95.seconds },
            glyphs
        )
        let span: SafeText = "\(SafeText(ascii: names[0]))h to \(SafeText(ascii: names[23]))h"
        return PaneRow.fact("ASKED /H", [StyledLine(asked, ink(.info))], width: width)
            + PaneRow.fact("P95 /H", [StyledLine(waited, ink(.pending))], width: width)
            + PaneRow.fact("", [StyledLine(span, ink.muted)], width: width)
    }

    // MARK: - This person

    func signs(width: Int) -> [PaneRow] {
        guard let signs = figures.signs, signs.decided > 0 else {
            return PaneRow.flow(
                [StyledLine("You decided nothing in this time.", ink.muted)],
                width: width
            )
        }
        var rows = [
            sign("decided within 5 s", "\(signs.quick) of \(signs.decided)", signs.isHasty, width),
            sign("HIGH, IRREV under 20 s", "\(signs.quickHigh)", signs.quickHigh > 0, width),
            sign("longest approval run", "\(signs.longestRun)", signs.isLongRun, width),
        ]
        for (index, share) in signs.shares.enumerated() where share.decided > 0 {
            let percent = share.approved * 100 / share.decided
            let number = SafeText(percent, width: 3)
            let of: SafeText = "\(number)% of \(share.decided)"
            rows.append(
                sign(
                    "\(index == 0 ? "approved " : "         ")\(share.riskClass.badge)",
                    of,
                    signs.isSuspicious(share),
                    width,
                    column: 16
                )
            )
        }
        if let most = signs.suggestion {
            rows.append(PaneRow())
            var words = StyledLine("Suggestion: ", ink.label)
            words.add("\(most.approved) of your \(most.of) approvals were ", ink.text)
            words.add("\(Words.name(most.action)) \(most.riskClass.badge).", ink.bold)
            words.add(" A rule could let it run unasked: approval_required: false, ", ink.text)
            words.add("with sample: 0.05 for a look at some.", ink.text)
            rows += PaneRow.flow([words], width: width)
        }
        return rows
    }

    private func sign(
        _ words: SafeText,
        _ value: SafeText,
        _ isLoud: Bool,
        _ width: Int,
        column: Int = 22
    ) -> PaneRow {
        var line = StyledLine(words, ink.text)
        line.pad(to: min(column, max(width - 12, 0)), ink.text)
        line.gap(1, ink.text)
        line.add(value, isLoud ? ink(.warn, .bold) : ink.text)
        if isLoud { line.add(" look", ink(.warn, .bold)) }
        return PaneRow(line)
    }

    // MARK: - Load and people

    func load(width: Int, rows room: Int) -> [PaneRow] {
        var rows = [PaneRow("asked in 10 min", ink.muted)]
        let people = figures.tables[.reviewer] ?? []
        let recent = figures.waits.suffix(max(min(room - people.count - 2, 9), 2)).reversed()
        let most = max(figures.waits.map(\.opened).max() ?? 0, 1)
        for wait in recent {
            var line = StyledLine("\(Clock.minuteOfDay(wait.at)) ", ink.text)
            let cells = Frame.share(wait.opened, of: most, width: 12)
            line.add(SafeText(ascii: String(repeating: "#", count: cells)), ink(.info))
            line.pad(to: 19, ink.text)
            line.add(SafeText(wait.opened, width: 3), ink.text)
            rows.append(PaneRow(line))
        }
        rows.append(PaneRow("decided by", ink.muted))
        for person in people.prefix(20) {
            var line = StyledLine()
            line.add(Words.name(person.name).line.prefix(cells: 12, ellipsis: .empty), ink.text)
            line.pad(to: 13, ink.text)
            line.add(SafeText(person.items, width: 4), ink.text)
            if let latency = person.latency {
                line.add("   p50 \(Clock.left(latency.p50))", ink.muted)
            }
            rows.append(PaneRow(line))
        }
        return rows
    }

    // MARK: - Waiting

    func chart(width: Int, rows: Int) -> [PaneRow] {
        guard figures.waits.contains(where: { $0.p95 != nil }) else {
            return PaneRow.flow(
                [StyledLine("Nobody decided anything in the last 3 hours.", ink.muted)],
                width: width
            )
        }
        let chart = WaitChart(
            waits: figures.waits,
            slow: stats.slow,
            glyphs: glyphs,
            width: width,
            rows: rows
        )
        return chart.lines().map { PaneRow($0) }
    }
}
