import HoldConsole
import HoldCore
import HoldWire

/// What `handoff` prints: how things stand, then each list, then the notes, the newest first.
enum HandoffText {
    static func text(_ handoff: WireHandoff, at now: Instant) -> String {
        var parts = [standing(handoff, at: now)]
        func add(_ heading: SafeText, _ name: String, _ lines: [SafeText]) {
            guard !lines.isEmpty else { return }
            var lines = lines.map { "  \($0)" as SafeText }
            let missing = (handoff.counts[name] ?? 0) - lines.count
            if missing > 0 { lines.append("  and \(missing) more") }
            parts.append(([heading] + lines).map(\.plain).joined(separator: "\n"))
        }
        add("undo chains that are STUCK and wait for a person", "stuck", handoff.stuck.map(stuck))
        add("being undone", "unwinding", handoff.unwinding.map(unwinding))
        add("claimed", "claimed", handoff.claimed.map { claimed($0, at: now) })
        add("snoozed", "snoozed", handoff.snoozed.map { snoozed($0, at: now) })
        add("notes, the newest first", "notes", handoff.notes.map(note))
        return parts.joined(separator: "\n\n")
    }

    private static func standing(_ handoff: WireHandoff, at now: Instant) -> String {
        guard handoff.pending > 0 else { return "Nothing is pending." }
        let verb: SafeText = handoff.pending == 1 ? "item is" : "items are"
        var text: SafeText = "\(handoff.pending) \(verb) pending, \(handoff.urgent) urgent"
        if let oldest = handoff.oldest { text += "; the oldest for \(Clock.age(now - oldest))" }
        return (text + ".").plain
    }

    private static func stuck(_ workflow: WireWorkflow) -> SafeText {
        var text: SafeText = "\(SafeText.foreign(workflow.workflow))"
        guard let link = workflow.stuckUndo else { return text }
        text += "  at \(SafeText.foreign(link.step)), \(SafeText.foreign(link.action))"
        if let error = link.error { text += " ┊ \(SafeText.foreign(error))" }
        return text
    }

    private static func unwinding(_ workflow: WireWorkflow) -> SafeText {
        var text: SafeText = "\(SafeText.foreign(workflow.workflow))"
        if let unwinding = workflow.unwinding {
            text += "  \(unwinding.closed) of \(unwinding.planned) undone"
        }
        return text
    }

    private static func claimed(_ item: WireItem, at now: Instant) -> SafeText {
        var text = line(item, at: now)
        if let by = item.claimedBy { text += ", claimed by \(SafeText.foreign(by))" }
        if let until = item.claimedUntil { text += " until \(SafeText(until))" }
        return text
    }

    private static func snoozed(_ snoozed: WireSnoozed, at now: Instant) -> SafeText {
        line(snoozed.item, at: now)
            + ", snoozed by \(SafeText.foreign(snoozed.by)) until \(SafeText(snoozed.until))"
    }

    private static func line(_ item: WireItem, at now: Instant) -> SafeText {
        "\(item.number)  \(SafeText(item.riskClass))  \(Clock.countdown(to: item.deadline, at: now))"
            + "  \(SafeText.foreign(item.action))"
    }

    private static func note(_ note: WireNote) -> SafeText {
        "\(SafeText(note.at))  \(SafeText.foreign(note.by)) ┊ \(SafeText.foreign(note.text))"
    }
}
