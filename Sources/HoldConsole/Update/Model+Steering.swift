import HoldCore

/// The undo chain on the screen, and orders about it and about whole workflows: each has a sheet, and
/// each wants a reason.
extension Model {
    mutating func showUndoChain() {
        guard let workflow = shownWorkflow else {
            return say(.info, "No workflow is selected.")
        }
        isRaw = false
        go(to: .undo(workflow))
    }

    mutating func takeInUndo(_ command: Keymap.Command) -> Bool {
        let count = workflowsView.opened?.detail?.undoChain.count ?? 0
        if command.isMove {
            undoView.cursor.move(command, count: count)
            return true
        }
        switch command {
        case .open:
            guard let workflow = undoView.workflow, let step = undoLine?.step else { return true }
            let item = opened(workflow)?.detail?.steps.first { $0.step == step }
            if item?.number != nil {
                openItem(ItemReference(workflow: workflow, step: step))
            } else {
                say(.info, "That step met no gate: it has no item.")
            }
            return true
        default: return isOfPanes(command)
        }
    }

    /// The link under the cursor.
    package var undoLine: UndoLine? {
        guard let workflow = undoView.workflow, let chain = opened(workflow)?.detail?.undoChain,
            chain.indices.contains(undoView.cursor.index)
        else { return nil }
        return chain[undoView.cursor.index]
    }

    /// Puts the cursor at the link that matters, once for each chain that is looked at.
    mutating func placeUndoCursor() {
        guard case .undo(let workflow) = screenBelow else { return }
        if undoView.workflow != workflow {
            undoView.workflow = workflow
            undoView.cursor = ListCursor()
            undoView.isPlaced = false
        }
        guard !undoView.isPlaced, let detail = opened(workflow)?.detail else { return }
        undoView.isPlaced = true
        let held = detail.heldLink?.step
        undoView.cursor.index =
            detail.undoChain.firstIndex { held == nil ? !$0.isClosed : $0.step == held } ?? 0
        undoView.cursor.follow(count: detail.undoChain.count)
    }

    // MARK: - Opening

    /// Opens the sheet of an order, or says why not.
    mutating func openSteering(_ command: Keymap.Command) {
        if command == .retryUndo, link.isDown { return outbox.append(.retryConnection) }
        guard let workflow = shownWorkflow else {
            return say(.warning, "No workflow is selected.")
        }
        guard let order = order(of: command, workflow) else { return }
        if let problem = steeringProblem(order, workflow) { return say(.warning, problem) }
        let line = self.line(of: workflow) ?? opened(workflow)?.detail?.line
        let held = order.isOfUndo ? opened(workflow)?.detail?.heldLink : nil
        sheet = .steer(
            SteerSheet(
                id: newDecision(),
                workflow: workflow,
                agent: line?.agent ?? "",
                order: order,
                link: held,
                expected: order == .skip ? held?.action : nil,
                reason: TextField(undoView.draft(of: order, workflow))
            )
        )
        outbox.append(.flushInput)
    }

    private func order(of command: Keymap.Command, _ workflow: WorkflowKey) -> Steering.Order? {
        switch command {
        case .pause: isHalted(workflow) ? .resume : .halt
        case .retryUndo: .retry
        case .resolveUndo: .resolve
        case .skipUndo: .skip
        default: nil
        }
    }

    private func isHalted(_ workflow: WorkflowKey) -> Bool {
        let line = self.line(of: workflow) ?? opened(workflow)?.detail?.line
        return line?.status == .halted
    }

    /// Why an order cannot be given now, in our words; nil: its key opens its sheet.
    func steeringProblem(_ order: Steering.Order, _ workflow: WorkflowKey) -> String? {
        if let decisionsOff { return decisionsOff.sentence }
        guard !undoView.awaiting.contains(where: { $0.workflow == workflow }) else {
            return "An order about it was sent and is not answered yet."
        }
        guard order.isOfUndo else {
            let line = self.line(of: workflow)
            return line?.status == .finished ? "It is finished: nothing of it can start." : nil
        }
        guard let detail = opened(workflow)?.detail else { return "It is still being read." }
        guard let held = detail.heldLink else {
            return "No undo of it has failed: there is nothing to choose."
        }
        guard held.state != .undoStarted else {
            return "The undo is running: wait for its outcome."
        }
        if order == .skip, let first = held.skipAgreedBy, first == link.user {
            return "You have agreed to skip it already: a second person must agree too."
        }
        return nil
    }

    /// Closes a sheet whose workflow or link is not what it was when it opened.
    mutating func checkSteering() {
        guard case .steer(let open) = sheet else { return }
        let hasChanged: Bool
        if let link = open.link {
            guard let detail = opened(open.workflow)?.detail else { return }
            hasChanged =
                detail.heldLink?.step != link.step || detail.heldLink?.state != link.state
                || detail.heldLink?.attempts != link.attempts
                || detail.heldLink?.skipAgreedBy != link.skipAgreedBy
        } else {
            hasChanged = isHalted(open.workflow) == (open.order == .halt)
        }
        guard hasChanged else { return }
        closeSheet()
        say(.warning, "\(open.agent) changed: look again. Nothing was sent.")
    }

    // MARK: - In the sheet

    mutating func takeInSteering(_ key: Key, _ open: SteerSheet) {
        var open = open
        open.problem = nil
        switch key {
        case .escape, .control("c"):
            closeSheet()
            return
        case .control("s"): return send(open)
        case .tab, .backTab, .up, .down:
            if open.expected != nil { open.focus = open.focus == .reason ? .typed : .reason }
        default:
            switch open.focus {
            case .reason: _ = open.reason.take(key)
            case .typed: _ = open.typed.take(key)
            }
        }
        sheet = .steer(open)
    }

    mutating func pasteInSteering(_ text: String, _ open: SteerSheet) {
        guard open.focus == .reason else { return say(.warning, "Paste is off here.") }
        var open = open
        open.reason.insert(text)
        sheet = .steer(open)
    }

    private mutating func send(_ open: SteerSheet) {
        var open = open
        let reason = open.reason.text.trimmed
        if reason.isEmpty {
            open.problem =
                open.order == .resolve
                ? "Say first what was done, and where that can be seen." : "Say first why."
            open.focus = .reason
        } else if let expected = open.expected, open.typed.text != expected {
            open.problem = "The text does not match: nothing was sent."
            open.focus = .typed
        } else {
            open.problem = steeringProblem(open.order, open.workflow)
        }
        guard open.problem == nil else {
            sheet = .steer(open)
            return
        }
        undoView.keep(open)
        sheet = nil
        let order = Steering(
            id: open.id,
            workflow: open.workflow,
            step: open.link?.step,
            order: open.order,
            reason: reason
        )
        undoView.awaiting.append(order)
        outbox.append(.steer(order))
    }

    // MARK: - Answers

    mutating func takeSteered(_ id: DecisionID, _ answer: Steering.Answer) {
        guard let index = undoView.awaiting.firstIndex(where: { $0.id == id }) else { return }
        let order = undoView.awaiting.remove(at: index)
        workflowsView.opened?.isDirty = true
        switch answer {
        case .done(let state):
            hear(nil)
            undoView.forget(order)
            say(.good, order.doneWords(state))
        case .refused(let turned):
            hear(nil)
            outbox.append(.flushInput)
            let who = turned.code == "forbidden" ? "Not allowed" : "Refused"
            say(.danger, "\(who): \(turned.message)", for: Span(seconds: 15))
        case .unknown(let why): sayUnknown(order, why)
        }
    }

    mutating func sayUnknown(_ order: Steering, _ why: String) {
        say(
            .warning,
            "\(order.order.rawValue): sent, no answer (\(why)). Look whether it counts; it is not resent.",
            for: Self.away
        )
    }
}

extension UndoView {
    /// What was typed for an order is of no use once it is recorded.
    mutating func forget(_ order: Steering) {
        keep(
            SteerSheet(
                id: order.id,
                workflow: order.workflow,
                agent: "",
                order: order.order,
                link: nil,
                expected: nil,
                reason: TextField()
            )
        )
    }
}

extension Steering {
    fileprivate func doneWords(_ state: UndoLink.State?) -> String {
        switch order {
        case .halt: "Paused: nothing of it starts until it is resumed."
        case .resume: "Resumed."
        case .retry: "The undo is tried again."
        case .resolve: "Recorded as undone by hand: the chain goes on."
        case .skip where state == .skipped: "Skipped: the chain goes on."
        case .skip: "You agreed to skip it: a second person must agree too."
        }
    }
}
