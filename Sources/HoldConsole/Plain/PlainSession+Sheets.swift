import HoldCore

/// The questions of a decision: opened with one word, confirmed with another.
extension PlainSession {
    /// Opens the sheet of a decision, or says why not.
    mutating func open(_ command: PlainCommand) {
        let opener: Keymap.Command
        switch command {
        case .approve: opener = .approve
        case .reject: opener = .reject
        case .escalate: opener = .escalate
        default: opener = .modify
        }
        guard current != nil, model.selected?.reference == current,
            model.queue.selection == current
        else { return say(Obstacle.nothingSelected.spoken) }
        // A line speaks of one decision at a time, and so does the word undo.
        if let hold = model.holds.last {
            let left = PlainWords.seconds(hold.left(at: model.now) + Span(milliseconds: 999))
            return say(
                "Item \(hold.verdict.target.number) is on hold for \(left): type undo to take it"
                    + " back, or wait."
            )
        }
        if let obstacle = model.obstacle(to: opener) { return say(obstacle.spoken) }
        guard opener != .modify || hasEditor else {
            return say("There is no editor here: set EDITOR, or use holdshort modify.")
        }
        act { $0.openSheet(opener) }
        if opener == .modify { return wait(for: .editor) }
        ask()
    }

    /// Says what belongs to the sheet that is open now, and asks its first question.
    private mutating func ask() {
        switch model.sheet {
        case .approve(let open):
            if open.terms.goesAtOnce {
                say("Too little time is left to hold it: it goes out at once, no take-back.")
            }
            // Said here and not in the question, which a terminal may break where it likes.
            if let typed = open.terms.typed {
                say("Its action is \(Words.name(typed)).")
            }
            question = .approve(open.id)
        case .reject(let open):
            say(consequences(of: open))
            for reason in RejectReason.allCases {
                let halts: SafeText = reason.halts ? ", halts the workflow" : ""
                say("\(reason.rawValue)  \(SafeText(ascii: reason.words))\(halts)")
            }
            question = .rejectReason(open.id)
        case .escalate(let open):
            let next = open.to.map { " to \(PlainWords.name($0))" as SafeText } ?? ""
            say("Escalates from \(PlainWords.name(open.from))\(next).")
            question = .escalateReason(open.id)
        case .edit, .quit, .copy, .courtesy, .steer, .menu, .palette, .batch, .batchResults, nil:
            question = .command
        }
    }

    private func consequences(of open: RejectSheet) -> SafeText {
        let steps: SafeText =
            open.wouldUndo.isEmpty
            ? "nothing" : PlainWords.count(open.wouldUndo.count, "step", "steps")
        guard open.wouldWithdraw > 0 else { return "Rejecting undoes \(steps)." }
        let items = PlainWords.count(open.wouldWithdraw, "pending item", "pending items")
        return "Rejecting undoes \(steps) and withdraws \(items)."
    }

    /// Says what the editor left.
    mutating func sayEdit() {
        guard case .edit(let open) = model.sheet else {
            question = .command
            return
        }
        say("What you changed:")
        let lines = PlainReading.difference(from: open.edit.before, to: open.edit.after)
        outputs += lines.map { .say($0) }
        question = .editReason(open.id)
    }

    /// Whether the question can still be answered.
    func isAlive(_ question: Question) -> Bool {
        switch (question, model.sheet) {
        case (.command, _): true
        case (.approve(let id), .approve(let open)?): open.id == id
        case (.rejectReason(let id), .reject(let open)?), (.rejectNote(let id), .reject(let open)?),
            (.rejectConfirm(let id), .reject(let open)?):
            open.id == id
        case (.escalateReason(let id), .escalate(let open)?),
            (.escalateConfirm(let id), .escalate(let open)?):
            open.id == id
        case (.editReason(let id), .edit(let open)?): open.id == id
        case (.quit, .quit?): true
        case (.approve, _), (.rejectReason, _), (.rejectNote, _), (.rejectConfirm, _),
            (.escalateReason, _), (.escalateConfirm, _), (.editReason, _), (.quit, _):
            false
        }
    }

    // MARK: - Answers

    mutating func answerSheet(_ asked: Question, _ text: String) {
        switch asked {
        case .command: break
        case .approve(let id): answerApproval(id, text)
        case .rejectReason(let id):
            guard let reason = Int(text).flatMap({ RejectReason(rawValue: $0) }) else {
                guard text.isEmpty || text.lowercased() == "no" else {
                    return say("Type the number of a reason, or no.")
                }
                return giveUp("Not rejected: nothing was sent.")
            }
            act { $0.setReason(reason) }
            question = .rejectNote(id)
        case .rejectNote(let id):
            act { $0.setNote(text) }
            question = .rejectConfirm(id)
        case .escalateReason(let id):
            act { $0.setNote(text) }
            question = .escalateConfirm(id)
        case .rejectConfirm(let id): send(id, text, otherwise: "Not rejected: nothing was sent.")
        case .escalateConfirm(let id):
            send(id, text, otherwise: "Not escalated: nothing was sent.")
        case .editReason: answerEdit(text)
        case .quit:
            guard Self.isYes(text) else {
                act { $0.sheet = nil }
                question = .command
                return
            }
            act { $0.quitNow() }
        }
    }

    private static func isYes(_ text: String) -> Bool { text.lowercased() == "yes" }

    private mutating func giveUp(_ words: SafeText) {
        act { $0.closeSheet() }
        question = .command
        say(words)
    }

    private mutating func answerApproval(_ id: DecisionID, _ text: String) {
        guard case .approve(let open) = model.sheet, open.id == id else { return }
        guard open.terms.typed.map({ $0 == text }) ?? Self.isYes(text) else {
            return giveUp("Not approved: nothing was sent.")
        }
        let isArmed = open.phase == .armed
        act { $0.confirmApproval() }
        guard isArmed else {
            // The model has dropped the answer and starts its clock with the next question.
            let wait = PlainWords.seconds(open.terms.arming + Span(milliseconds: 999))
            return say("Too early, your answer was dropped: listen, and answer after \(wait).")
        }
        sayConfirmed(open)
    }

    private mutating func sayConfirmed(_ open: ApproveSheet) {
        question = .command
        let word: SafeText = open.edit == nil ? "Approved" : "Changed and approved"
        if let hold = model.holds.last(where: { $0.verdict.id == open.id }) {
            let seconds = hold.length.milliseconds / 1_000
            return say(
                "\(word) after \(seconds) second hold. Type undo within \(seconds) seconds to take"
                    + " back."
            )
        }
        if model.outgoing.contains(where: { $0.verdict.id == open.id }) {
            say("Sent at once.")
            return wait(for: .outcome(open.id))
        }
        // The sheet closed for a reason that the news tells, or stays open unread.
        if model.sheetID == open.id { giveUp("Not approved: nothing was sent.") }
    }

    private mutating func send(_ id: DecisionID, _ text: String, otherwise words: SafeText) {
        guard Self.isYes(text) else { return giveUp(words) }
        act { $0.sendSheet() }
        let problem = model.sheetProblem
        if model.sheetID == id {
            if let problem { say(PlainWords.sentence(problem)) }
            return giveUp(words)
        }
        question = .command
        wait(for: .outcome(id))
    }

    private mutating func answerEdit(_ text: String) {
        act {
            $0.setNote(text)
            $0.sendSheet()
        }
        guard case .approve = model.sheet else {
            if let problem = model.sheetProblem { say(PlainWords.sentence(problem)) }
            return giveUp("Not sent; your change is kept for the next modify.")
        }
        ask()
    }

    // MARK: - Questions

    /// The question that stands, in our own words.
    var prompt: SafeText {
        switch question {
        case .command: "\(freshnessWarning)\(timeWarning)\(offers):"
        case .approve: approvalPrompt
        case .rejectReason: "Reason, a number, or no:"
        case .rejectNote: "Note for the agent, or Enter for none:"
        case .rejectConfirm: "Reject \(sheetNumber)? Type yes:"
        case .escalateReason: "Reason, or Enter for none:"
        case .escalateConfirm: "Escalate \(sheetNumber)? Type yes:"
        case .editReason: "Why did you change it? Empty to give up:"
        case .quit: quitPrompt
        }
    }

    private var sheetNumber: SafeText { model.sheet?.target.map { SafeText($0.number) } ?? "it" }

    private var approvalPrompt: SafeText {
        guard case .approve(let open) = model.sheet else { return "Approve?" }
        let what: SafeText = open.edit == nil ? "Approve" : "Approve your change of"
        return open.terms.typed == nil
            ? "\(what) \(sheetNumber)? Type yes:"
            : "\(what) \(sheetNumber)? Type the name of its action:"
    }

    private var quitPrompt: SafeText {
        guard case .quit(let losses) = model.sheet else { return "Leave? Type yes:" }
        return
            "Leave? \(losses.holds) on hold will not be sent, \(losses.unsent) are not confirmed,"
            + " \(losses.drafts) drafts are lost. Type yes:"
    }

    /// Said with every question that is not asked of fresh data.
    private var freshnessWarning: SafeText {
        switch model.freshness {
        case .live: ""
        case .connecting, .stale, .tooStale, .disconnected:
            "\(PlainWords.freshness(model.freshness)) "
        }
    }

    private var timeWarning: SafeText {
        guard let item = pendingDetail?.item else { return "" }
        let left = item.left(at: model.serviceNow)
        guard left < Span(minutes: 2) else { return "" }
        return left < Span(minutes: 1)
            ? "NOW, \(PlainWords.left(left)) left. " : "\(PlainWords.left(left)) left. "
    }

    /// The item that was read, unless it is final or its row says so.
    private var pendingDetail: ItemDetail? {
        guard let detail = currentDetail, detail.item.state.isPending,
            model.queue.row(detail.item.reference)?.item.state.isPending == true
        else { return nil }
        return detail
    }

    /// The words that do something now; nothing is offered that would be turned down.
    private var offers: SafeText {
        let hold: [SafeText] = model.holds.isEmpty ? [] : ["undo"]
        guard pendingDetail != nil, hold.isEmpty else {
            if hold.isEmpty, current == nil { return "type a number to read, or help" }
            return (hold + ["next", "list", "help"]).joined(separator: ", ")
        }
        var words: [SafeText] = []
        switch model.selected?.unread {
        case .lines:
            words.append(reading?.item == nil || reading?.isDone == true ? "again" : "more")
        case .hidden: words.append("hidden")
        case .bytes: words.append("full")
        case nil: break
        }
        let openers: [(Keymap.Command, SafeText)] = [
            (.approve, "approve"), (.reject, "reject"), (.escalate, "escalate"),
            (.modify, "modify"),
        ]
        for (command, word) in openers
        where model.obstacle(to: command) == nil && (command != .modify || hasEditor) {
            words.append(word)
        }
        return (words + ["next"]).joined(separator: ", ")
    }
}
