import HoldCore

extension Canvas {
    /// Draws the box that tells of a lost link.
    mutating func drawOutage() {
        guard case .disconnected(let outage) = model.link.state else { return }
        let ink = Ink.sheet
        let address = Words.name(model.link.address)
        var page = SheetPage(
            title: StyledLine("No connection to \(address)", ink(.danger, .bold)),
            width: sheetColumns
        )
        if let words = model.retryWords(at: model.now) {
            page.foot = StyledLine(words, ink.muted)
        }
        if let heard = model.link.lastHeard {
            let time = Clock.timeOfDay(heard.wall + model.link.offset)
            let age = Clock.age(model.now.since(heard))
            page.add("Last good update \(time)Z (\(age) ago). The lists are frozen.", rank: 1)
        } else {
            page.add("Nothing was heard of the service yet.", rank: 1)
        }
        page.add(offWords(width: page.width), ink.bold, rank: 0)
        page.addBlank()
        addUnanswered(to: &page)
        let holds = model.holds.count
        page.add(
            .count(holds, "decision") + " on hold (dropped when the link drops: nothing was sent).",
            rank: 4
        )
        page.addBlank()
        if let next = model.nextExpiry {
            let left = Clock.countdown(to: next.deadline, at: now)
            page.add(
                page.width < 56
                    ? "Meanwhile items expire and reject (next \(left))."
                    : "While you wait: items expire, escalate, then reject (next \(left)).",
                rank: 3
            )
        }
        let cause = Words.sentence(outage.cause)
        if cause.width > 0 { page.add("Cause: \(cause)", rank: 2) }
        page.addBlank()
        var keys: [StyledLine] = []
        for (command, words) in [
            (.retry, "retry now"), (.notifications, "log"), (.viewFrozen, "view frozen data"),
            (.quit, "quit"),
        ] as [(Keymap.Command, SafeText)] {
            // The letter beside the hand, where there are two.
            guard let key = model.keymap.keys(for: command).last?.label else { continue }
            var line = StyledLine(key, ink.key)
            line.add(" ", ink.text)
            line.add(words, ink.text)
            keys.append(line)
        }
        page.add(keys, rank: 0)
        draw(page, loud: true)
    }

    /// Which keys do nothing.
    private func offWords(width: Int) -> SafeText {
        let commands: [Keymap.Command] = [.approve, .reject, .escalate, .modify]
        let keys = commands.compactMap { model.keymap.keys(for: $0).first?.label }
        guard width >= 64, !keys.isEmpty else { return "Decisions are OFF until we are back." }
        return "Decisions are OFF: \(keys.joined(separator: ", ")) do nothing until we are back."
    }

    private func addUnanswered(to page: inout SheetPage) {
        let unknown = model.outgoing
        let ink = Ink.sheet
        guard !unknown.isEmpty else {
            page.add("Every decision of this console was confirmed.", rank: 3)
            return
        }
        page.add(
            unknown.count == 1
                ? "1 decision was not confirmed:"
                : "\(unknown.count) decisions were not confirmed:",
            ink(.warn, .bold),
            rank: 0
        )
        for outgoing in unknown.prefix(5) {
            let kind = SafeText(ascii: outgoing.verdict.kind.rawValue)
            let time = Clock.timeOfDay(outgoing.sentAt.wall)
            page.add(
                [
                    StyledLine("  #\(outgoing.verdict.target.number) \(kind)", ink.text),
                    StyledLine("sent \(time)Z, no answer", ink.text),
                    StyledLine("will be asked, not resent", ink.text),
                ],
                rank: 1
            )
        }
    }
}

extension Model {
    /// When the connection is tried again; nil while there is one, or no attempt is planned.
    func retryWords(at now: Moment) -> SafeText? {
        guard case .disconnected(let outage) = link.state else { return nil }
        guard let retryAt = outage.retryAt else { return "retry \(outage.attempt)" }
        let seconds = max(retryAt.since(now).milliseconds + 999, 0) / 1000
        return "retry \(outage.attempt + 1) in \(seconds) s"
    }
}
