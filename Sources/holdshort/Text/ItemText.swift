import HoldConsole
import HoldCore
import HoldWire

/// What `show` prints: the system's facts first, what the agent wrote after the gutter.
struct ItemText {
    private var parts: [String] = []
    private let detail: WireItemDetail
    private let now: Instant

    static func text(_ detail: WireItemDetail, at now: Instant) -> String {
        var text = ItemText(detail: detail, now: now)
        text.addFacts()
        text.addAction()
        text.addUndo()
        text.addPolicy()
        text.addHistory()
        text.addContext()
        return text.parts.joined(separator: "\n\n")
    }

    private init(detail: WireItemDetail, now: Instant) {
        self.detail = detail
        self.now = now
    }

    private mutating func addFacts() {
        let item = detail.summary
        var facts = Facts()
        facts.add("item", "\(item.number), revision \(item.revision)")
        facts.add("action", .foreign(item.action))
        facts.add("workflow", .foreign(item.workflow))
        facts.add("step", .foreign(item.step))
        facts.add("state", SafeText(item.state))
        facts.add("decision", item.decision?.text)
        if item.attention == .undoStuck {
            facts.add("attention", "the undo chain of the workflow is STUCK")
        }
        facts.add("risk", "\(SafeText(item.riskClass)), estimate \(SafeText.share(item.risk))")
        facts.add("mode", SafeText(item.mode))
        facts.add(
            "agent",
            "\(SafeText.foreign(item.agent)), as \(SafeText.foreign(item.requestedBy))"
        )
        facts.add("separation", SafeText(item.separation))
        facts.add("queue", .foreign(item.queue))
        facts.add("tier", .foreign(item.tier))
        facts.add(
            "claimed",
            item.claimedBy.map { by in
                "by \(SafeText.foreign(by))"
                    + (item.claimedUntil.map { ", until \(SafeText($0))" } ?? "")
            }
        )
        facts.add("snoozed", item.snoozedUntil.map { "by you, until \(SafeText($0))" })
        facts.add("proposed", SafeText(item.createdAt))
        facts.add("deadline", deadline)
        facts.add("approvals", "\(item.approvals.given) of \(item.approvals.needed)")
        facts.add("confirm", SafeText(item.confirm))
        facts.add("depth", SafeText(item.depth))
        facts.add("digest", SafeText(item.digest))
        parts.append(facts.text)
    }

    private var deadline: SafeText {
        let item = detail.summary
        switch item.state {
        case .pendingReview, .modified:
            let left = Clock.countdown(to: item.deadline, at: now)
            return "\(SafeText(item.deadline)), \(left) left"
        case .approved, .rejected, .timeout, .withdrawn: return SafeText(item.deadline)
        }
    }

    private mutating func addAction() {
        let arguments = JSONLines.text(of: detail.arguments, limits: .full)
        add("WILL RUN \(SafeText.foreign(detail.summary.action)) with", gutter(arguments))
        if let warning = ItemText.warning(arguments) { parts.append(warning.plain) }
        if detail.proposedArguments != detail.arguments {
            let proposed = JSONLines.text(of: detail.proposedArguments, limits: .full)
            add("EDITED by a reviewer; the agent proposed", gutter(proposed))
        }
        if let summary = detail.summary.summary {
            add("summary", SafeText.agent(summary).plain)
        }
    }

    /// Says what in a text is not what it seems.
    private static func warning(_ text: SafeText) -> SafeText? {
        guard text.hiddenCount > 0 || !text.flags.isEmpty else { return nil }
        let flags = text.flags.map { SafeText(ascii: $0) }.joined(separator: ", ")
        return "CAUTION: \(text.hiddenCount) characters are not what they seem \(flags)"
    }

    private mutating func addUndo() {
        let preview = detail.wouldUndo
        var table = Table([.init(""), .init(""), .init(""), .init("")])
        for step in preview.steps {
            table.add([
                "  \(SafeText.foreign(step.step))", .foreign(step.action),
                step.operation.map { "undone by \(SafeText.foreign($0))" } ?? "CANNOT BE UNDONE",
                UndoText.proof(step),
            ])
        }
        let heading: SafeText =
            preview.steps.isEmpty
            ? "a rejection now undoes nothing"
            : "a rejection now undoes, newest first"
        add(heading, table.text(isHeaded: false))
        if !preview.withdraws.isEmpty {
            add(
                "and withdraws",
                preview.withdraws.map { "  " + SafeText.foreign($0.step).plain }
                    .joined(separator: "\n")
            )
        }
        if let undo = detail.undoSpec, let arguments = undo.arguments {
            add("its undo is called with", gutter(JSONLines.text(of: arguments, limits: .full)))
        }
        if !detail.undoChain.isEmpty {
            add("undo chain, newest first", UndoText.chain(detail.undoChain))
        }
    }

    private mutating func addPolicy() {
        var table = Table([.init(""), .init(""), .init("")])
        for part in detail.policy {
            let value = part.value.text ?? part.value.canonicalText
            table.add(["  \(SafeText.foreign(part.key))", .foreign(value), .foreign(part.origin)])
        }
        add("policy, and where in the manifest it comes from", table.text(isHeaded: false))
    }

    private mutating func addHistory() {
        var table = Table([.init(""), .init(""), .init(""), .init("")])
        for entry in detail.history {
            table.add([
                "  \(SafeText(entry.at))", .foreign(entry.actor.user ?? entry.actor.kind.rawValue),
                .foreign(entry.what) + (entry.effect ? "" : " (changed nothing)"),
                entry.reason.map { "┊ \(SafeText.foreign($0))" } ?? "",
            ])
        }
        add("history", table.text(isHeaded: false))
    }

    private mutating func addContext() {
        for part in detail.context {
            let title: SafeText = part.title.map { " \(SafeText.foreign($0))" } ?? ""
            let body: SafeText =
                switch part.body {
                case .string(let text): SafeText(untrusted: text, pane: .prose, limits: .full)
                default: JSONLines.text(of: part.body, limits: .full)
                }
            add("context: \(SafeText(part.kind))\(title)", gutter(body))
        }
    }

    private func gutter(_ text: SafeText) -> String { text.prefixingLines(with: "┊ ").plain }

    private mutating func add(_ heading: SafeText, _ body: String) {
        parts.append(body.isEmpty ? heading.plain : heading.plain + "\n" + body)
    }
}
