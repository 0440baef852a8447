package import HoldCore

/// The list of workflows, and the one that is looked at.
package struct WorkflowsView: Hashable, Sendable {
    /// The order in which they are shown; a row never moves under the cursor.
    package internal(set) var order: [WorkflowKey] = []
    package internal(set) var cursor = ListCursor()
    /// The workflow that keys are about; nil only when there are no rows.
    package internal(set) var selection: WorkflowKey?
    /// Only workflows with this text in what the list shows; nil: all.
    package internal(set) var filter: String?
    /// The workflow that was read in full, of whichever screen.
    package internal(set) var opened: OpenedWorkflow?

    package init() {}
}

/// One workflow in full, as far as it has come.
package struct OpenedWorkflow: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case loading
        case loaded(WorkflowDetail)
        /// Why it could not be read, raw.
        case failed(String)
    }

    package let workflow: WorkflowKey
    package internal(set) var content = Content.loading
    /// The cursor among its steps; at the newest to begin with.
    package internal(set) var steps = ListCursor()
    /// An answer to the newest question is under way.
    var isLoading = false
    /// Something happened since that question, or nothing was asked yet.
    var isDirty = true

    init(workflow: WorkflowKey) { self.workflow = workflow }

    package var detail: WorkflowDetail? {
        if case .loaded(let detail) = content { return detail }
        return nil
    }

    /// The step under the cursor.
    package var selectedStep: WorkflowStep? {
        guard let all = detail?.steps, all.indices.contains(steps.index) else { return nil }
        return all[steps.index]
    }
}

extension Model {
    /// The rows of the list of workflows.
    package var workflowRows: [WorkflowLine] {
        let known = Dictionary(workflows.map { ($0.workflow, $0) }) { first, _ in first }
        let rows = workflowsView.order.compactMap { known[$0] }
        guard let filter = workflowsView.filter?.lowercased() else { return rows }
        return rows.filter { line in
            [line.workflow.text, line.agent, line.title ?? "", line.word.rawValue]
                .contains { $0.lowercased().contains(filter) }
        }
    }

    /// The workflow that the screen is about.
    package var shownWorkflow: WorkflowKey? {
        switch screenBelow {
        case .workflows: workflowsView.selection
        case .workflow(let id), .undo(let id): id
        case .history:
            historyView.selected.flatMap { $0.workflow == Workflow.control ? nil : $0.workflow }
        case .record(let reference): reference.workflow
        default: selected?.reference.workflow ?? queue.selection?.workflow
        }
    }

    /// A workflow in full, if it is the one that was read.
    package func opened(_ workflow: WorkflowKey) -> OpenedWorkflow? {
        workflowsView.opened.flatMap { $0.workflow == workflow ? $0 : nil }
    }
}
