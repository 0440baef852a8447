import HoldConsole
import HoldCore
import HoldWire

/// Undo chains, as verbs print them.
enum UndoText {
    /// What is known of an undo that would run: how old its step is, when it was last proven.
    static func proof(_ step: WireUndoPreviewStep) -> SafeText {
        var text: SafeText = "begun \(Clock.age(Span(seconds: step.ageSeconds))) ago"
        if step.inDoubt { text += ", IN DOUBT" }
        guard step.operation != nil else { return text }
        return text
            + (step.provenAt.map { ", last proven \(SafeText($0))" } ?? ", never proven")
    }

    static func chain(_ links: [WireUndoLink]) -> String {
        var table = Table([.init(""), .init(""), .init(""), .init(""), .init("")])
        for link in links {
            var state = SafeText(link.state)
            if link.attempts > 0 { state += ", attempt \(link.attempts)" }
            if link.inDoubt { state += ", IN DOUBT" }
            table.add([
                "  \(SafeText.foreign(link.step))", .foreign(link.action),
                link.operation.map { .foreign($0) } ?? "-", state,
                link.error.map { "┊ \(SafeText.foreign($0))" } ?? "",
            ])
        }
        return table.text(isHeaded: false)
    }

    static func preview(_ preview: WireUndoPreview, of item: WireItem) -> String {
        let name = SafeText.foreign(item.step)
        var lines: [String] = []
        if preview.steps.isEmpty {
            lines.append(
                ("\(item.number) \(name): a rejection now undoes nothing" as SafeText).plain
            )
        } else {
            lines.append(
                ("\(item.number) \(name): a rejection now undoes, newest first" as SafeText).plain
            )
        }
        var table = Table([.init(""), .init(""), .init(""), .init("")])
        for step in preview.steps {
            table.add([
                "  \(SafeText.foreign(step.step))", .foreign(step.action),
                step.operation.map { .foreign($0) } ?? "CANNOT BE UNDONE", proof(step),
            ])
        }
        let steps = table.text(isHeaded: false)
        if !steps.isEmpty { lines.append(steps) }
        for withdrawn in preview.withdraws {
            lines.append(("  withdraws \(SafeText.foreign(withdrawn.step))" as SafeText).plain)
        }
        return lines.joined(separator: "\n")
    }
}
