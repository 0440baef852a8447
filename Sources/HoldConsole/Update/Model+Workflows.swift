import HoldCore

/// The list of workflows, and one of them.
extension Model {
    mutating func showWorkflows() {
        // From the queue the most pressing one comes first, wherever the cursor was.
        let wanted = screenBelow.hasPanes ? nil : shownWorkflow
        isRaw = false
        go(to: .workflows)
        orderWorkflows(byHand: true)
        if let wanted = wanted ?? workflowsView.order.first { selectWorkflow(wanted) }
    }

    mutating func takeInWorkflows(_ command: Keymap.Command) -> Bool {
        if command.isMove {
            workflowsView.cursor.move(command, count: workflowRows.count)
            selectRow()
            return true
        }
        switch command {
        case .open:
            if let workflow = workflowsView.selection { go(to: .workflow(workflow)) }
        case .filter: prompt = Prompt(kind: .view, text: workflowsView.filter ?? "")
        case .takeIn: orderWorkflows(byHand: true)
        case .back where workflowsView.filter != nil: filterWorkflows("")
        default: return isOfPanes(command)
        }
        return true
    }

    mutating func filterWorkflows(_ text: String) {
        workflowsView.filter = text.isEmpty ? nil : text
        let rows = workflowRows
        if let index = rows.firstIndex(where: { $0.workflow == workflowsView.selection }) {
            workflowsView.cursor.index = index
        }
        workflowsView.cursor.follow(count: rows.count)
        selectRow()
    }

    // MARK: - Order

    /// Takes in which workflows there are.
    ///
    /// They are sorted anew only when asked for or when no key was pressed for a while, and then
    /// the selected one keeps its place.
    mutating func orderWorkflows(byHand: Bool) {
        var sorted = workflows.sorted {
            ($0.word, -$0.load, $0.workflow) < ($1.word, -$1.load, $1.workflow)
        }.map(\.workflow)
        let isShown = screenBelow == .workflows
        let isStill = sheet == nil && prompt == nil && now.since(lastKey) >= Self.quiet
        if byHand || !isShown {
            workflowsView.order = sorted
        } else if isStill {
            let place = workflowsView.order.firstIndex { $0 == workflowsView.selection }
            if let place, let selection = workflowsView.selection, sorted.contains(selection) {
                sorted.removeAll { $0 == selection }
                sorted.insert(selection, at: min(place, sorted.count))
            }
            workflowsView.order = sorted
        } else {
            let (known, there) = (Set(workflowsView.order), Set(sorted))
            workflowsView.order =
                workflowsView.order.filter(there.contains)
                + sorted.filter { !known.contains($0) }
        }
        let rows = workflowRows
        if let index = rows.firstIndex(where: { $0.workflow == workflowsView.selection }) {
            workflowsView.cursor.index = index
        }
        workflowsView.cursor.follow(count: rows.count)
        selectRow()
    }

    private mutating func selectWorkflow(_ workflow: WorkflowKey) {
        guard let index = workflowRows.firstIndex(where: { $0.workflow == workflow }) else {
            return
        }
        workflowsView.cursor.index = index
        workflowsView.cursor.follow(count: workflowRows.count)
        selectRow()
    }

    /// The row under the cursor is the one that keys are about.
    private mutating func selectRow() {
        let rows = workflowRows
        let index = workflowsView.cursor.index
        workflowsView.selection = rows.indices.contains(index) ? rows[index].workflow : nil
    }

    // MARK: - One workflow

    mutating func takeInWorkflow(_ command: Keymap.Command) -> Bool {
        guard var opened = workflowsView.opened else { return isOfPanes(command) }
        if command.isMove {
            opened.steps.move(command, count: opened.detail?.steps.count ?? 0)
            workflowsView.opened = opened
            return true
        }
        guard command == .open else { return isOfPanes(command) }
        guard let step = opened.selectedStep else { return true }
        guard step.number != nil else {
            say(.info, "That step met no gate: it has no item.")
            return true
        }
        openItem(ItemReference(workflow: opened.workflow, step: step.step))
        return true
    }

    /// Shows an item: where it can be decided if it is in the queue, else its record.
    mutating func openItem(_ reference: ItemReference) {
        guard let index = queue.index(of: reference),
            queue.rows[index].item.state.isPending
        else { return go(to: .record(reference)) }
        select(at: index)
        detailTab = .action
        focus = .action
        go(to: .item)
    }

    // MARK: - Reading

    /// Reads a workflow unless that is known or under way.
    mutating func read(_ workflow: WorkflowKey) {
        var opened = workflowsView.opened ?? OpenedWorkflow(workflow: workflow)
        if opened.workflow != workflow { opened = OpenedWorkflow(workflow: workflow) }
        if opened.isDirty, !opened.isLoading {
            opened.isDirty = false
            opened.isLoading = true
            outbox.append(.loadWorkflow(workflow))
        }
        if opened != workflowsView.opened { workflowsView.opened = opened }
    }

    mutating func takeWorkflow(_ detail: WorkflowDetail) {
        hear(nil)
        guard var opened = workflowsView.opened, opened.workflow == detail.line.workflow else {
            return
        }
        let step = opened.selectedStep?.step
        let link = undoLine?.step
        let isFirst = opened.detail == nil
        opened.isLoading = false
        opened.content = .loaded(detail)
        if isFirst {
            opened.steps.index = max(0, detail.steps.count - 1)
        } else if let index = detail.steps.firstIndex(where: { $0.step == step }) {
            opened.steps.index = index
        }
        opened.steps.follow(count: detail.steps.count)
        workflowsView.opened = opened
        if undoView.workflow == opened.workflow, undoView.isPlaced {
            if let index = detail.undoChain.firstIndex(where: { $0.step == link }) {
                undoView.cursor.index = index
            }
            undoView.cursor.follow(count: detail.undoChain.count)
        }
        checkSteering()
    }

    mutating func failWorkflow(_ workflow: WorkflowKey, _ problem: String) {
        guard workflowsView.opened?.workflow == workflow else { return }
        workflowsView.opened?.isLoading = false
        if workflowsView.opened?.detail == nil { workflowsView.opened?.content = .failed(problem) }
    }
}
