import HoldCore

/// The one thing that must be seen now, above the keys.
enum Banner {
    case locked
    case hold(Hold)
    case unanswered(Outgoing)
    case notice(Notice)
    case readOnly(String)
}

extension Model {
    /// What stands in the row above the keys; nil: no such row.
    var banner: Banner? {
        if isLocked { return .locked }
        if let hold = holds.min(by: { $0.deadline < $1.deadline }) { return .hold(hold) }
        if let notice = notices.last { return .notice(notice) }
        if case .readOnly(let why) = health, !link.isDown { return .readOnly(why) }
        return outgoing.first(where: { $0.phase != .sending }).map(Banner.unanswered)
    }
}

extension Canvas {
    /// Draws the row above the keys.
    mutating func drawBanner() {
        guard let banner = model.banner, !layout.banner.isEmpty else { return }
        var bar: Bar
        switch banner {
        case .locked:
            bar = Bar(style: .errorBar)
            bar.leading = [
                Bar.Part(
                    [
                        StyledLine(
                            "Stray typing seen. Decision keys locked. Esc unlocks.",
                            .errorBar
                        ),
                        StyledLine("Stray typing: keys locked. Esc unlocks.", .errorBar),
                        StyledLine("Keys locked. Esc unlocks.", .errorBar),
                    ],
                    rank: 0
                )
            ]
        case .hold(let hold): bar = holdBar(hold)
        case .unanswered(let outgoing): bar = unansweredBar(outgoing)
        case .notice(let notice): bar = noticeBar(notice)
        case .readOnly(let why): bar = readOnlyBar(why)
        }
        draw(bar.line(width: layout.banner.columns, ellipsis: ellipsis), in: layout.banner)
    }

    private func holdBar(_ hold: Hold) -> Bar {
        let style = Style.warningBar
        let bold = style.adding(.bold)
        let seconds = (max(hold.left(at: model.now).milliseconds, 0) + 999) / 1000
        let verdict = hold.verdict
        let what = SafeText(ascii: verdict.kind.rawValue)
        let together = model.holds.count { $0.batch == hold.batch }
        let which: SafeText =
            hold.batch == nil ? "#\(verdict.target.number)" : "\(together) together"
        var bar = Bar(style: style)
        bar.leading = [
            Bar.Part(StyledLine("HOLD", bold), rank: 0),
            Bar.Part(
                [
                    StyledLine(
                        "\(what) \(which) goes out in \(seconds) s",
                        style
                    ),
                    StyledLine("\(which) out in \(seconds) s", style),
                ],
                rank: 0
            ),
            Bar.Part(meter(hold, style), rank: 3),
            Bar.Part(StyledLine("u take back", bold), rank: 0),
        ]
        if model.holds.count > 1, hold.batch == nil {
            bar.leading.append(
                Bar.Part(StyledLine("\(model.holds.count) on hold", style), rank: 2)
            )
        }
        return bar
    }

    /// How much of the hold is over.
    private func meter(_ hold: Hold, _ style: Style) -> StyledLine {
        let length = max(hold.length.milliseconds, 1)
        let left = min(max(hold.left(at: model.now).milliseconds, 0), length)
        return meter(used: Int(length - left), of: Int(length), width: 10, style, style)
    }

    /// How much of something is used, as `[#####---]`.
    func meter(
        used: Int,
        of limit: Int,
        width: Int,
        _ style: Style,
        _ track: Style
    ) -> StyledLine {
        let filled = Frame.share(used, of: limit, width: width)
        var line = StyledLine("[", track)
        line.add(SafeText(ascii: String(repeating: "#", count: filled)), style)
        line.add(SafeText(ascii: String(repeating: "-", count: max(width - filled, 0))), track)
        line.add("]", track)
        return line
    }

    private func unansweredBar(_ outgoing: Outgoing) -> Bar {
        let style = Style.warningBar
        let what = SafeText(ascii: outgoing.verdict.kind.rawValue)
        let number = outgoing.verdict.target.number
        let sent = Clock.timeOfDay(outgoing.sentAt.wall)
        var bar = Bar(style: style)
        bar.leading = [
            Bar.Part(StyledLine("UNKNOWN", style.adding(.bold)), rank: 0),
            Bar.Part(
                [
                    StyledLine("\(what) #\(number) sent \(sent)Z, no answer", style),
                    StyledLine("\(what) #\(number): no answer", style),
                ],
                rank: 0
            ),
            Bar.Part(
                StyledLine(
                    outgoing.phase == .asking
                        ? "asking what became of it" : "will be asked, not resent",
                    style
                ),
                rank: 2
            ),
        ]
        return bar
    }

    private func noticeBar(_ notice: Notice) -> Bar {
        let style =
            switch notice.kind {
            case .info, .good: Style.statusBar
            case .warning: Style.warningBar
            case .danger: Style.errorBar
            }
        var bar = Bar(style: style)
        bar.leading = [Bar.Part(StyledLine(Words.sentence(notice.text), style), rank: 0)]
        if model.notices.count > 1 {
            bar.trailing = [Bar.Part(StyledLine("+\(model.notices.count - 1)", style), rank: 1)]
        }
        return bar
    }
}
