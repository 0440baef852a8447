import HoldConsole
import HoldCore
import HoldWire

/// Events of the journal, a line each.
enum EventText {
    static func line(_ event: WireAuditEvent) -> SafeText {
        var text: SafeText =
            "\(event.seq) \(SafeText(event.at)) \(SafeText.foreign(event.type))"
        // What concerns no single workflow has a name that is none for people.
        if event.workflow != Workflow.control.text {
            text += " \(SafeText.foreign(event.workflow))"
        }
        if let step = event.data["step"]?.text { text += " \(SafeText.foreign(step))" }
        if let item = event.item {
            text += " #\(item.number) \(SafeText.foreign(item.action)), \(SafeText(item.state))"
        }
        text += " by \(SafeText.foreign(event.actor.user ?? event.actor.kind.rawValue))"
        let words = event.data["reason"]?.text ?? event.data["text"]?.text
        if let reason = words, !reason.isEmpty {
            text += " ┊ \(SafeText.foreign(reason))"
        }
        return text
    }
}
