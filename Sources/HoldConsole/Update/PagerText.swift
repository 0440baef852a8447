import HoldCore

extension Model {
    /// The whole item as text for a pager, through the display filter, each line of it marked.
    func pagerText(_ selected: Selected) -> SafeText? {
        selected.detail.map { PagerText(of: $0).text }
    }
}

/// Everything that is known of an item as one text, without the limits of a screen.
///
/// Pagers and editors obey settings in the first and last lines of a file; so these are ours, and
/// every line of others begins with `agent> `.
private struct PagerText {
    private var lines: [SafeLine] = []

    /// More lines at each end than editors look at by default.
    private static let commentLines = 6

    init(of detail: ItemDetail) {
        let item = detail.item
        addComment("holdshort", "Everything that is known of one item.")
        say(
            "Item \(item.number), \(SafeText(ascii: item.riskClass.rawValue)), ",
            "rev \(item.revision)"
        )
        say("Digest ", SafeText(ascii: item.digest.description))
        say("State ", SafeText(ascii: item.state.rawValue))
        quote("Action:", item.action, .action)
        quote("Agent:", item.agent, .action)
        quote("Account:", item.requestedBy, .action)
        quote("Workflow:", item.reference.workflow.text, .action)
        quote("Step:", item.reference.step.text, .action)
        quote("Arguments:", ArgumentsText.readable(detail.arguments), .action)
        if detail.proposedArguments != detail.arguments {
            let proposed = ArgumentsText.readable(detail.proposedArguments)
            quote("A reviewer edited them; the agent proposed:", proposed, .action)
        }
        addUndo(detail)
        if let summary = item.summary { quote("Summary:", summary, .prose) }
        for part in detail.context { add(part) }
        addRecord(detail)
        addComment("End of the item.", "holdshort")
    }

    var text: SafeText { SafeText(lines: lines) }

    // MARK: - Parts

    private mutating func addUndo(_ detail: ItemDetail) {
        guard let operation = detail.undoOperation else {
            return say("", "Undo: none, nothing takes this step back.")
        }
        quote("Undo:", operation, .action)
        guard let arguments = detail.undoArguments, arguments != .null else { return }
        quote("Undo is called with:", ArgumentsText.readable(arguments), .action)
    }

    private mutating func add(_ part: ContextPart) {
        let kind = SafeText(ascii: part.kind.rawValue)
        quote("Context, \(kind):", part.title ?? "", .line)
        let body = part.body.text ?? ArgumentsText.readable(part.body)
        quote("", body, part.body.text == nil ? .action : .prose)
    }

    private mutating func addRecord(_ detail: ItemDetail) {
        for part in detail.policy {
            quote("Policy:", "\(part.key): \(part.value) (\(part.origin))", .line)
        }
        for link in detail.undoChain {
            let undo = link.operation ?? "no undo exists"
            let state = SafeText(ascii: link.state.rawValue)
            quote("Undo chain, \(state):", "\(link.step.text) \(link.action): \(undo)", .line)
            if let error = link.error { quote("Its last error:", error, .prose) }
        }
        for step in detail.wouldUndo {
            let undo = step.operation ?? "cannot be undone"
            quote("A rejection undoes:", "\(step.step.text) \(step.action): \(undo)", .line)
        }
        for entry in detail.history {
            let time = SafeText(ascii: entry.at.rfc3339)
            let what = [entry.user ?? "the service", entry.what, entry.reason ?? ""]
            let words = what.filter { !$0.isEmpty }.joined(separator: " ")
            quote("History, \(time):", words, .line)
        }
    }

    // MARK: - Lines

    private mutating func addComment(_ first: SafeText, _ last: SafeText) {
        lines.append(("# " + first).line)
        for _ in 0..<(Self.commentLines - 2) { lines.append(("#" as SafeText).line) }
        lines.append(("# " + last).line)
    }

    private mutating func say(_ first: SafeText, _ second: SafeText) {
        lines.append((first + second).line)
    }

    /// Words of ours, and what they are about on lines of its own.
    private mutating func quote(_ title: SafeText, _ raw: String, _ pane: SafeText.Pane) {
        let text = SafeText(untrusted: raw, pane: pane, limits: .full)
        if !title.isEmpty { lines.append(title.line) }
        if text.hiddenCount > 0 {
            lines.append(
                ("(\(text.hiddenCount) characters are not what they seem)" as SafeText).line
            )
        }
        lines += text.prefixingLines(with: "agent> ").lines
    }
}
