import HoldCore

/// What plain mode tells colleagues without deciding anything.
extension PlainSession {
    /// Does something about the item that was read, and hears what the service says to it.
    mutating func tell(_ deed: (inout Model) -> Void) {
        withItem { session, _ in
            session.act(deed)
            session.wait(for: .courtesy)
        }
    }

    /// No item waits for so many minutes.
    private static let snoozeMax: Int64 = 1_000_000

    mutating func snooze(_ text: String) {
        guard let minutes = number(text), minutes <= Self.snoozeMax else {
            let choices = PlainWords.minutes(SnoozeSheet.spans)
            return say(
                "For how long? Type snooze and minutes: \(choices); snooze 0 brings it back."
            )
        }
        tell { $0.snooze(for: Span(minutes: Double(minutes))) }
    }

    /// Reads out the list with what was snoozed, or without it again.
    mutating func showSnoozed() {
        act { $0.toggleSnoozed() }
        current = nil
        wait(for: .filter)
    }

    mutating func note(_ text: String) {
        guard !text.isEmpty else { return say("What? Type note and what colleagues should know.") }
        tell { $0.leaveNote(text) }
    }
}

extension Model {
    /// Puts the selected item out of sight, where the menu has so long a time.
    fileprivate mutating func snooze(for span: Span) {
        openSnooze()
        guard case .courtesy(.snooze(let open)) = sheet else { return }
        let choices = open.choices(at: serviceNow)
        if span == .zero, open.isSnoozed { return putOff(open, choices, choices.count) }
        // Of a time that is longer than what is left, what is left.
        let index = choices.firstIndex { $0.span == span || (!$0.isWhole && $0.span < span) }
        if let index, span > .zero { return putOff(open, choices, index) }
        sheet = nil
        let minutes = PlainWords.minutes(choices.map(\.span)).plain
        say(.info, "It can be put off for so many minutes: \(minutes).")
    }

    /// Writes a note on the selected item.
    fileprivate mutating func leaveNote(_ text: String) {
        openNote()
        guard case .courtesy(.note(var open)) = sheet else { return }
        open.field = TextField(text, isMultiline: true, bytesMax: NoteSheet.bytesMax)
        sendNote(open)
    }
}
