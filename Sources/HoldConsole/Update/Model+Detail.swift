import HoldCore

/// What is known beyond the queue: the selected item, workflows, activity.
extension Model {
    /// Takes an item's detail; one that is older than what is known already is of no use.
    mutating func takeDetail(_ detail: ItemDetail) {
        hear(nil)
        let reference = detail.item.reference
        lookups.remove(reference)
        takeRecord(detail)
        if let item = queue.row(reference)?.item, detail.item.isOlder(than: item) {
            guard let selected, selected.reference == reference else { return }
            self.selected?.isLoading = false
            if selected.isDirty || selected.detail == nil { reload() }
            return
        }
        setRow(reference) { $0 = detail.item }
        checkTargets()
        guard var selected, selected.reference == reference else { return }
        if let before = selected.detail, before.item.digest != detail.item.digest {
            selected.earlier = before
            selected.seen = nil
            selected.sawRaw = false
            selected.openedInFull = false
        }
        noteNews(from: selected.detail, to: detail)
        selected.content = .loaded(detail)
        selected.isLoading = false
        self.selected = selected
        if selected.isDirty { reload() }
    }

    mutating func failDetail(_ reference: ItemReference, _ problem: String) {
        lookups.remove(reference)
        failRecord(reference, problem)
        guard selected?.reference == reference else { return }
        selected?.isLoading = false
        if selected?.detail == nil { selected?.content = .failed(problem) }
    }

    /// Reads the selected item anew; once more afterwards if that is under way already.
    mutating func reload() {
        guard let selected else { return }
        if selected.isLoading {
            self.selected?.isDirty = true
            return
        }
        self.selected?.isLoading = true
        self.selected?.isDirty = false
        outbox.append(.loadDetail(selected.reference))
    }

    /// Reads the selected item anew when its row says something else than its detail.
    mutating func reloadIfChanged() {
        guard let selected, let row = queue.row(selected.reference), let detail = selected.detail,
            row.item.digest != detail.item.digest || row.item.state != detail.item.state
                || row.item.approvalsGiven != detail.item.approvalsGiven
                || row.item.tier != detail.item.tier || row.item.undoSteps != detail.item.undoSteps
                || row.item.isStuck != detail.item.isStuck
        else { return }
        reload()
    }

    /// Closes what is about an item that is not the same any more (rule 6).
    mutating func checkTargets() {
        checkMarks()
        checkBatch()
        if let target = sheet?.target, hasChanged(target) {
            if case .approve = sheet { advanceSheet(.itemChanged) } else { closeSheet() }
            say(.warning, "#\(target.number) changed: look again. Nothing was sent.")
        }
        for hold in holds where hasChanged(hold.verdict.target) {
            drop(hold, because: .itemChanged)
        }
    }

    private func hasChanged(_ target: Target) -> Bool {
        guard let item = queue.row(target.reference)?.item else { return false }
        return item.digest != target.digest || !item.state.isPending
    }

    // MARK: - Workflows and activity

    mutating func takeWorkflows(_ lines: [WorkflowLine]) {
        hear(nil)
        let before = Dictionary(workflows.map { ($0.workflow, $0) }) { first, _ in first }
        let hadAny = !workflows.isEmpty
        workflows = Array(lines.prefix(Self.workflowsMax))
        noteWorkflows(before)
        for line in workflows where line.status == .stuck {
            guard hadAny, before[line.workflow]?.status != .stuck else { continue }
            tell(
                .stuck,
                .danger,
                "Undo of \(line.agent) is STUCK: it needs a person.",
                for: Self.away
            )
        }
        guard let selected,
            let line = self.line(of: selected.reference.workflow),
            before[line.workflow] != line
        else { return }
        reload()
    }

    mutating func takeActivity(_ lines: [ActivityLine]) {
        hear(nil)
        let newest = activity.first?.sequence ?? .min
        let added = lines.filter { $0.sequence > newest }
        guard !added.isEmpty else { return }
        activity = Array((added.reversed() + activity).prefix(Self.activityMax))
        noteActivity(added, isFirst: newest == .min)
        followActivity(added)
        guard let selected,
            added.contains(where: { $0.workflow == selected.reference.workflow })
        else { return }
        reload()
    }

    static let workflowsMax = 1_000
    static let activityMax = 500
}

// MARK: - For drawing

extension Model {
    /// The workflows, the most pressing first; of equals the one that changed last.
    package var workflowsByUrgency: [WorkflowLine] {
        workflows.sorted { left, right in
            if left.word != right.word { return left.word < right.word }
            if left.updatedAt != right.updatedAt { return left.updatedAt > right.updatedAt }
            return left.workflow < right.workflow
        }
    }

    /// What is known of a workflow.
    func line(of id: WorkflowKey) -> WorkflowLine? {
        // By index: looking at whole lines would copy each.
        workflows.indices.first { workflows[$0].workflow == id }.map { workflows[$0] }
    }

    /// The workflow of the selected item.
    package var selectedWorkflow: WorkflowLine? {
        guard let workflow = selected?.reference.workflow else { return nil }
        return line(of: workflow)
    }
}

extension ItemDetail {
    /// How far the undo of the item's workflow has come; nil while nothing is being undone.
    package var unwinding: Unwinding? { Unwinding(undoChain) }
}

/// How far an undo chain has come.
package struct Unwinding: Hashable, Sendable {
    /// Links that are undone, skipped or resolved.
    package let closed: Int
    /// Links that were touched at all, or come next.
    package let planned: Int
    /// The link that is being undone or that failed, the newest open one.
    package let head: UndoLine?
    /// Whether the head failed.
    package let hasFailed: Bool

    init?(_ chain: [UndoLine]) {
        guard chain.contains(where: { $0.state != .recorded }) else { return nil }
        closed = chain.count { $0.isClosed }
        planned = chain.count
        head = chain.first { !$0.isClosed }
        hasFailed = head?.state == .undoFailed
    }
}

extension UndoLine {
    /// Whether nothing more has to happen with it.
    package var isClosed: Bool {
        switch state {
        case .undone, .skipped, .resolved: true
        case .recorded, .undoStarted, .undoFailed: false
        }
    }
}
