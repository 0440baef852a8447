import HoldConsole
import HoldCore
import HoldWire

/// What `workflows` and `workflow` print.
enum WorkflowText {
    static func list(_ workflows: [WireWorkflow], isHeaded: Bool) -> String {
        var table = Table([
            .init("WORKFLOW"), .init("STATUS"), .init("DEPTH", .right), .init("PENDING", .right),
            .init("OLDEST"), .init("PARKED", .right), .init("AGENT"), .init("UPDATED"),
            .init("TITLE"),
        ])
        for workflow in workflows {
            table.add([
                .foreign(workflow.workflow), SafeText(workflow.status), SafeText(workflow.depth),
                SafeText(workflow.pending), workflow.oldest.map { "#\($0.number)" } ?? "-",
                SafeText(workflow.parked ?? 0), .foreign(workflow.agent),
                SafeText(workflow.updatedAt),
                workflow.title.map { "┊ \(SafeText.foreign($0))" } ?? "",
            ])
        }
        return table.text(isHeaded: isHeaded)
    }

    static func text(_ detail: WireWorkflowDetail) -> String {
        let summary = detail.summary
        var facts = Facts()
        facts.add("workflow", .foreign(summary.workflow))
        facts.add("title", summary.title.map { "┊ \(SafeText.foreign($0))" })
        facts.add("agent", .foreign(summary.agent))
        facts.add("status", SafeText(summary.status))
        facts.add("rollback", detail.rollback.map { SafeText($0) })
        facts.add("depth", "\(summary.depth.current) of \(summary.depth.max) steps exposed")
        facts.add("pending", SafeText(summary.pending))
        facts.add("updated", SafeText(summary.updatedAt))
        for (key, value) in detail.labels.sorted(by: { $0.key < $1.key }) {
            facts.add("label", "┊ \(SafeText.foreign(key)) = \(SafeText.foreign(value))")
        }
        var parts = [facts.text, "steps, oldest first\n" + steps(detail.steps)]
        if !detail.undoChain.isEmpty {
            parts.append("undo chain, newest first\n" + UndoText.chain(detail.undoChain))
        }
        if !detail.events.isEmpty {
            let events = detail.events.map { "  " + EventText.line($0).plain }
            parts.append("events\n" + events.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func steps(_ steps: [WireStep]) -> String {
        var table = Table([
            .init(""), .init(""), .init(""), .init(""), .init(""), .init(""),
        ])
        for step in steps {
            table.add([
                "  \(SafeText.foreign(step.step))", .foreign(step.action), SafeText(step.mode),
                step.state.map { SafeText($0) } ?? "no item",
                step.outcome.map { SafeText($0) } ?? "not finished",
                step.undo.map { "undo \(SafeText($0))" } ?? "",
            ])
        }
        return table.text(isHeaded: false)
    }
}
