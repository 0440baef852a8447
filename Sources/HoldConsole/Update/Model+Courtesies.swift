import HoldCore

/// Claims, snoozes and notes: what colleagues see of this person. Nothing here decides anything.
extension Model {
    /// Asks the service once; the same question again has to wait for its answer.
    mutating func ask(_ request: ShiftRequest) {
        guard courtesies.underWay.insert(request).inserted else { return }
        outbox.append(.shift(request))
    }

    /// The selected item, if something can be told of it now; else says why not.
    private mutating func itemToTellOf() -> QueueItem? {
        if let off = decisionsOff {
            say(.warning, off.sentence)
            return nil
        }
        guard let item = queue.selectedRow?.item else {
            say(.warning, Obstacle.nothingSelected.sentence)
            return nil
        }
        guard item.state.isPending else {
            say(.warning, Obstacle.decided(item.state).sentence)
            return nil
        }
        return item
    }

    // MARK: - Claims

    mutating func toggleClaim() {
        guard let item = itemToTellOf() else { return }
        guard let claim = item.claim(at: serviceNow) else { return ask(.claim(item.reference)) }
        guard claim.by != link.user else { return ask(.release(item.reference)) }
        say(
            .info,
            "#\(item.number) is claimed by \(claim.by)\(until(claim.until)): a courtesy, no lock."
        )
    }

    private func until(_ end: Instant?) -> String {
        end.map { " until \(Clock.minuteOfDay($0).plain)Z" } ?? ""
    }

    mutating func takeClaim(_ request: ShiftRequest, by: String?, until end: Instant?) {
        courtesies.underWay.remove(request)
        guard let reference = request.item, let item = queue.row(reference)?.item else { return }
        setRow(reference) { item in
            item.claimedBy = by
            item.claimedUntil = end
        }
        // A claim ends one's own snooze.
        if by == link.user { forgetSnooze(reference) }
        if case .release = request {
            say(.good, "#\(item.number) is free again.")
        } else if by == link.user {
            say(.good, "#\(item.number) claimed\(until(end)): colleagues see it.")
        }
        if selected?.reference == reference { reload() }
    }

    // MARK: - Snoozes

    mutating func openSnooze() {
        guard let item = itemToTellOf() else { return }
        let menu = SnoozeSheet(item, at: serviceNow)
        guard menu.isSnoozed || !menu.choices(at: serviceNow).isEmpty else {
            return say(.warning, "#\(item.number) runs out too soon to be put off.")
        }
        sheet = .courtesy(.snooze(menu))
        outbox.append(.flushInput)
    }

    private mutating func takeInSnooze(_ key: Key, _ open: SnoozeSheet) {
        var open = open
        let choices = open.choices(at: serviceNow)
        let last = max(0, choices.count - (open.isSnoozed ? 0 : 1))
        switch key {
        case .escape, .control("c"), .character("q"), .character("n"):
            sheet = nil
            return
        case .down, .character("j"): open.cursor = min(open.cursor + 1, last)
        case .up, .character("k"): open.cursor = max(open.cursor - 1, 0)
        case .enter, .character(" "): return putOff(open, choices, open.cursor)
        case .character("0") where open.isSnoozed: return putOff(open, choices, choices.count)
        case .character(let scalar):
            if let digit = Int(String(Character(scalar))), choices.indices.contains(digit - 1) {
                return putOff(open, choices, digit - 1)
            }
        default: break
        }
        sheet = .courtesy(.snooze(open))
    }

    mutating func putOff(
        _ open: SnoozeSheet,
        _ choices: [SnoozeSheet.Choice],
        _ index: Int
    ) {
        if let off = decisionsOff { return say(.warning, off.sentence) }
        sheet = nil
        if choices.indices.contains(index) {
            ask(.snooze(open.reference, choices[index].span))
        } else if open.isSnoozed, index == choices.count {
            ask(.snooze(open.reference, .zero))
        }
    }

    mutating func takeSnooze(_ request: ShiftRequest, until end: Instant?) {
        courtesies.underWay.remove(request)
        guard let reference = request.item, let item = queue.row(reference)?.item else { return }
        setRow(reference) { $0.snoozedUntil = end }
        guard let end, end > serviceNow else {
            forgetSnooze(reference)
            return say(.good, "#\(item.number) is in sight again.")
        }
        if courtesies.snoozes.count >= Courtesies.rememberedMax { courtesies.snoozes = [:] }
        courtesies.snoozes[reference] = Courtesies.Snooze(
            number: item.number,
            isIrreversible: item.riskClass == .irreversible,
            until: end
        )
        say(.good, "#\(item.number) snoozed\(until(end)).")
    }

    private mutating func forgetSnooze(_ reference: ItemReference) {
        courtesies.snoozes[reference] = nil
        setRow(reference) { $0.snoozedUntil = nil }
    }

    /// Tells of items that are in sight again.
    mutating func endSnoozes() {
        for (reference, snooze) in courtesies.snoozes where snooze.until <= serviceNow {
            courtesies.snoozes[reference] = nil
            if let row = queue.row(reference), !row.item.state.isPending { continue }
            tell(
                .snoozeOver,
                .warning,
                "#\(snooze.number) is back from its snooze.",
                isIrreversible: snooze.isIrreversible,
                for: Span(seconds: 15)
            )
        }
    }

    /// Shows what this person put out of sight, or hides it again.
    mutating func toggleSnoozed() {
        queue.showsSnoozed.toggle()
        subscribe(offset: 0)
        say(.info, queue.showsSnoozed ? "What you snoozed is shown too." : "Snoozed is hidden.")
    }

    // MARK: - Notes

    mutating func openNote() {
        if screen == .handoff {
            if let off = decisionsOff { return say(.warning, off.sentence) }
            sheet = .courtesy(.note(NoteSheet(.shift, draft: handoff.draft)))
        } else {
            guard let item = itemToTellOf() else { return }
            let draft = courtesies.drafts[item.reference] ?? ""
            let about = NoteSheet.About.item(item.reference, number: item.number)
            sheet = .courtesy(.note(NoteSheet(about, draft: draft)))
        }
        outbox.append(.flushInput)
    }

    private mutating func takeInNote(_ key: Key, _ open: NoteSheet) {
        var open = open
        open.problem = nil
        switch key {
        case .escape, .control("c"): return closeSheet()
        case .control("s"): return sendNote(open)
        default: _ = open.field.take(key)
        }
        sheet = .courtesy(.note(open))
    }

    mutating func sendNote(_ open: NoteSheet) {
        var open = open
        let text = open.field.text.trimmed
        open.problem = text.isEmpty ? "It says nothing yet." : decisionsOff?.sentence
        guard open.problem == nil else {
            sheet = .courtesy(.note(open))
            return
        }
        closeSheet()
        switch open.about {
        case .item(let reference, _): ask(.note(reference, text))
        case .shift: ask(.leaveHandoff(text))
        }
    }

    /// Types into a note.
    mutating func insert(_ text: String, in open: NoteSheet) {
        var open = open
        open.field.insert(text)
        sheet = .courtesy(.note(open))
    }

    mutating func takeNoted(_ request: ShiftRequest) {
        courtesies.underWay.remove(request)
        switch request {
        case .note(let reference, _):
            courtesies.drafts[reference] = nil
            let number = queue.row(reference).map { " on #\($0.item.number)" } ?? ""
            say(.good, "Your note\(number) is kept.")
            if selected?.reference == reference { reload() }
        case .leaveHandoff:
            handoff.draft = ""
            say(.good, "Your note for who comes next is kept.")
            loadHandoff()
        case .claim, .release, .snooze, .loadHandoff, .loadFigures: break
        }
    }

    // MARK: - The sheets

    mutating func takeInCourtesy(_ key: Key, _ open: CourtesySheet) {
        switch open {
        case .snooze(let menu): takeInSnooze(key, menu)
        case .note(let note): takeInNote(key, note)
        }
    }

    /// Keeps what was going to be said.
    mutating func keepDraft(of open: CourtesySheet) {
        guard case .note(let note) = open else { return }
        let text = note.field.text
        switch note.about {
        case .item(let reference, _):
            guard courtesies.drafts[reference] != nil || courtesies.drafts.count < 200 else {
                return
            }
            courtesies.drafts[reference] = text.isEmpty ? nil : text
        case .shift: handoff.draft = text
        }
    }

    /// How many texts leaving would lose.
    var draftCount: Int {
        drafts.count + courtesies.drafts.count + (handoff.draft.isEmpty ? 0 : 1)
    }

    // MARK: - Refusals

    mutating func takeFailure(of request: ShiftRequest, _ problem: String) {
        guard courtesies.underWay.remove(request) != nil else { return }
        let number = request.item.flatMap { queue.row($0)?.item.number }.map { "#\($0)" } ?? "item"
        switch request {
        case .claim: say(.warning, "\(number) not claimed: \(problem)")
        case .release: say(.warning, "\(number) not given up: \(problem)")
        case .snooze: say(.warning, "\(number) not snoozed: \(problem)")
        case .note: say(.danger, "The note on \(number) was not kept: \(problem)", for: Self.away)
        case .leaveHandoff: say(.danger, "Your note was not kept: \(problem)", for: Self.away)
        case .loadHandoff: handoff.problem = problem
        case .loadFigures: if stats.figures == nil { stats.content = .failed(problem) }
        }
        if let item = request.item, selected?.reference == item { reload() }
    }
}

extension ShiftRequest {
    /// The item that it is about.
    var item: ItemReference? {
        switch self {
        case .claim(let item), .release(let item), .snooze(let item, _), .note(let item, _): item
        case .loadHandoff, .leaveHandoff, .loadFigures: nil
        }
    }
}

extension CourtesySheet {
    /// Whether letters are text in it.
    var isTyped: Bool {
        if case .note = self { return true }
        return false
    }
}
