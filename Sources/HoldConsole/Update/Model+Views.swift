import HoldCore

/// The screens of their own: which keys they take, and what they need to have read.
extension Model {
    /// Takes a command on such a screen; whether it meant anything to it.
    mutating func takeInView(_ command: Keymap.Command) -> Bool {
        switch screen {
        case .workflows: return takeInWorkflows(command)
        case .workflow: return takeInWorkflow(command)
        case .undo: return takeInUndo(command)
        case .history: return takeInHistory(command)
        case .record: return takeInRecord(command)
        default: return false
        }
    }

    /// Whether a command is about panes, the queue or the item under its cursor: it does nothing
    /// where there are none.
    func isOfPanes(_ command: Keymap.Command) -> Bool {
        switch command {
        case .nextPane, .previousPane, .zoom, .rawText, .pager, .filter, .pauseList, .takeIn,
            .open:
            true
        default: false
        }
    }

    /// Takes what was typed after `/` on such a screen; says what is wrong with it, if anything.
    mutating func search(_ text: String) -> String? {
        switch screen {
        case .workflows: filterWorkflows(text)
        case .history: return filterHistory(text)
        default: break
        }
        return nil
    }

    /// Asks for what the screen shows and is not known, or not known any more.
    mutating func readWhatIsShown() {
        guard case .live = link.state else { return }
        switch screenBelow {
        case .workflows: if let workflow = workflowsView.selection { read(workflow) }
        case .workflow(let workflow): read(workflow)
        case .undo(let workflow):
            read(workflow)
            placeUndoCursor()
        case .history: readHistory()
        case .record(let reference): readRecord(reference)
        default: break
        }
    }

    /// Takes in how much of the list or the text was on the screen.
    mutating func fitView(_ extent: PaneExtent) {
        switch screenBelow {
        case .workflows: workflowsView.cursor.fit(extent)
        case .workflow: workflowsView.opened?.steps.fit(extent)
        case .undo: undoView.cursor.fit(extent)
        case .history: historyView.cursor.fit(extent)
        case .record:
            let scroll = min(historyView.record?.scroll ?? 0, extent.scrollMax)
            historyView.record?.extent = extent
            historyView.record?.scroll = scroll
        default: break
        }
    }

    /// Where the lists of these screens stand: what was painted can move them.
    package var viewCursors: [ListCursor] {
        [workflowsView.cursor, undoView.cursor, historyView.cursor]
            + [workflowsView.opened?.steps].compactMap { $0 }
    }

    /// After a new connection nothing that was asked on the old one is answered any more.
    mutating func forgetQuestions() {
        workflowsView.opened?.isLoading = false
        workflowsView.opened?.isDirty = true
        historyView.asked = nil
        historyView.problem = nil
        if historyView.check == .running { historyView.check = nil }
        if historyView.record?.detail == nil { historyView.record = nil }
        for order in undoView.awaiting { sayUnknown(order, "the connection was lost") }
        undoView.awaiting = []
    }

    /// News of workflows: those that look different now are read anew when they are shown.
    mutating func noteWorkflows(_ before: [WorkflowKey: WorkflowLine]) {
        orderWorkflows(byHand: false)
        guard let opened = workflowsView.opened else { return }
        let line = self.line(of: opened.workflow)
        if before[opened.workflow] != line { workflowsView.opened?.isDirty = true }
        checkSteering()
    }

    /// News of the journal.
    mutating func followActivity(_ added: [ActivityLine]) {
        if let opened = workflowsView.opened,
            added.contains(where: { $0.workflow == opened.workflow })
        {
            workflowsView.opened?.isDirty = true
        }
        guard historyView.isLoaded else { return }
        let news = added.count { $0.sequence > historyView.lastSequence }
        historyView.newCount = min(historyView.newCount + news, 9_999)
    }
}
