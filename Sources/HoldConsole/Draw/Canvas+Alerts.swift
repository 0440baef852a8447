import HoldCore

/// What must not be missed, in places where it is in nobody's way.
extension Canvas {
    /// The row that says why nothing can be decided although there is a connection.
    func readOnlyBar(_ why: String) -> Bar {
        var bar = Bar(style: .errorBar)
        bar.leading = [
            Bar.Part(
                [
                    StyledLine("THE SERVICE CANNOT WRITE: decisions are off.", .errorBar),
                    StyledLine("CANNOT WRITE: decisions off.", .errorBar),
                ],
                rank: 0
            ),
            Bar.Part(StyledLine(Words.sentence(why), .errorBar), rank: 1),
        ]
        return bar
    }

    /// Adds to the foot of the queue how many items this person put out of sight.
    func withSnoozed(_ foot: StyledLine) -> StyledLine {
        let count = model.queue.counts["snoozed"] ?? 0
        guard count > 0 || model.queue.showsSnoozed else { return foot }
        let key = model.keymap.keys(for: .snoozed).first?.label ?? "W"
        let words: SafeText =
            model.queue.showsSnoozed
            ? "\(count) snoozed, shown: \(key)" : "\(count) snoozed: \(key)"
        var line = StyledLine(words, Ink.panel(.info))
        guard foot.width > 0 else { return line }
        line.gap(3, Ink.panel(.border))
        line.add(foot)
        return line
    }

    /// What the cursor follows.
    var followWords: SafeText {
        switch model.follow.mode {
        case .off: .empty
        case .newest: "FOLLOWING"
        case .workflow(let workflow): "FOLLOWING \(Words.name(workflow.text))"
        }
    }

    /// The beginning of what the last shift left, for the pane of reviewers.
    func lastNote(width: Int) -> [PaneRow] {
        guard let note = model.handoff.handoff?.notes.first else { return [] }
        let ink = Ink.panel
        let head: SafeText = "\(Words.name(note.by)) \(Clock.minuteOfDay(note.at))Z left: "
        let rows = PaneRow.agent(
            Words.sentence(note.text).line,
            head: StyledLine(head, ink.muted),
            width: width,
            glyphs: glyphs
        )
        return [PaneRow()] + rows.prefix(3)
    }
}
