import HoldConsole
import HoldCore
import HoldWire

/// Turns events of the journal into lines of activity, and remembers which item each step is.
struct ActivityReader {
    /// What is asked for at the start: what people have to know of, however long ago it was.
    static let lately = AuditList.Params(
        limit: 60,
        types: HistoryFilter.usual + ["item_opened"],
        order: .newest
    )

    /// The last event read; nil before the first.
    var after: Int?
    private var names: [ItemReference: (action: String?, number: Int64?)] = [:]

    /// Begins behind the first answer to ``lately``; further ones are of before.
    ///
    /// - Returns: What the answer tells, oldest first.
    mutating func begin(with page: AuditList.Reply) -> [ActivityLine] {
        // Events of other kinds may have come after the newest of these.
        let start = after ?? max(page.seq ?? 0, page.events.first?.seq ?? 0)
        defer { after = start }
        return lines(of: page.events.reversed())
    }

    /// What happened, oldest first, in words for people; what only machines care for is left out.
    mutating func lines(of events: [WireAuditEvent]) -> [ActivityLine] {
        if let last = events.last { after = last.seq }
        // Names are for lines yet to come; those of long ago are not missed.
        if names.count > 5000 { names = [:] }
        return events.compactMap { line(of: $0) }
    }

    private mutating func line(of event: WireAuditEvent) -> ActivityLine? {
        let workflow = WorkflowKey(account: event.account, text: event.workflow)
        let step = event.data["step"]?.text.map { StepID($0) }
        var name: (action: String?, number: Int64?) = (nil, nil)
        if let step {
            let item = ItemReference(workflow: workflow, step: step)
            name = names[item] ?? (nil, nil)
            if let action = event.data["action"]?.text { name.action = action }
            if case .integer(let number)? = event.data["number"] { name.number = number }
            names[item] = name
        }
        guard let (what, note, isLoud) = words(for: event) else { return nil }
        return ActivityLine(
            sequence: Int64(event.seq),
            at: event.at,
            user: event.actor.user,
            what: what,
            workflow: workflow,
            step: step,
            number: name.number,
            action: name.action,
            note: note,
            isLoud: isLoud,
            kind: kind(of: event)
        )
    }

    /// What the console acts upon.
    private func kind(of event: WireAuditEvent) -> ActivityLine.Kind {
        switch event.type {
        case "item_opened": .asked
        case "item_warned": .warned
        case "item_noted": .noted
        case "shift_noted": .handedOver
        default: .other
        }
    }

    private func words(for event: WireAuditEvent) -> (String, String?, Bool)? {
        let data = event.data
        let reason = data["reason"]?.text
        switch event.type {
        case "item_opened": return ("asked", nil, false)
        case "item_decided":
            let decision = data["decision"]
            let state = data["state"]?.text ?? "decided"
            let words = decision?["modified"] == true ? "\(state), as modified" : state
            return (words, decision?["reason"]?.text, false)
        case "item_modified": return ("modified", nil, false)
        case "item_escalated": return ("escalated", reason, false)
        case "item_warned": return ("half its time is over", nil, false)
        case "item_claimed": return ("claimed", nil, false)
        case "item_released": return ("released", nil, false)
        case "item_snoozed":
            // A time that is not to come says that it is over.
            let until = data["until"]?.text.flatMap { Instant(rfc3339: $0) }
            let isOver = until.map { $0 <= event.at } ?? false
            return (isOver ? "back in sight" : "snoozed", nil, false)
        case "item_noted": return ("noted", data["text"]?.text, false)
        case "shift_noted": return ("handed over", data["text"]?.text, false)
        case "late_review_noted": return ("reviewed too late", nil, false)
        case "unwind_planned":
            guard case .array(let steps)? = data["steps"] else { return ("unwinding", nil, false) }
            return ("unwinding \(SafeText.count(steps.count, "step").plain)", nil, false)
        case "undone": return ("undone", data["detail"]?.text, false)
        case "undo_failed": return ("undo failed", data["error"]?.text, false)
        case "undo_stuck": return ("UNDO STUCK", data["error"]?.text, true)
        case "undo_retried": return ("undo retried", reason, false)
        case "undo_skip_agreed": return ("agreed to skip the undo", reason, false)
        case "undo_skipped": return ("undo skipped", reason, false)
        case "undo_resolved": return ("resolved by hand", reason, false)
        case "unwind_ended":
            let exceptions = data["exceptions"]
            return exceptions == [] || exceptions == nil
                ? ("rolled back", nil, false) : ("rolled back with exceptions", nil, false)
        case "workflow_halted", "everything_halted", "account_halted", "agent_halted":
            return ("halted", reason, true)
        case "workflow_resumed", "everything_resumed", "account_resumed", "agent_resumed":
            return ("resumed", reason, false)
        case "drill_passed": return ("drill passed", data["operation"]?.text, false)
        case "drill_failed":
            let operation = data["operation"]?.text ?? "?"
            return ("drill failed", "\(operation): \(data["error"]?.text ?? "?")", true)
        case "step_finished":
            return data["outcome"] == "failed" ? ("run failed", nil, false) : nil
        default: return nil
        }
    }
}
