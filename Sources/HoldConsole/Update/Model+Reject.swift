import HoldCore

/// The sheets that need no arming, because they hold back: reject and escalate.
extension Model {
    mutating func openRejection(of detail: ItemDetail) {
        let draft = drafts[detail.item.reference]
        sheet = .reject(
            RejectSheet(
                id: newDecision(),
                target: Target(detail.item),
                cursor: draft?.reason.flatMap { RejectReason.allCases.firstIndex(of: $0) } ?? 0,
                reason: draft?.reason,
                note: TextField(draft?.note ?? ""),
                wouldUndo: detail.wouldUndo,
                wouldWithdraw: detail.wouldWithdraw.count
            )
        )
        outbox.append(.flushInput)
    }

    mutating func takeInRejection(_ key: Key, _ open: RejectSheet) {
        var open = open
        open.problem = nil
        switch key {
        case .escape, .control("c"):
            closeSheet()
            return
        case .control("s"): return sendRejection(open)
        case .control("e"):
            keepDraft(of: .reject(open))
            return editNote(open)
        case .tab, .backTab: open.focus = open.focus == .reasons ? .note : .reasons
        default:
            switch open.focus {
            case .reasons: chooseReason(key, &open)
            case .note:
                if key == .up { open.focus = .reasons } else { _ = open.note.take(key) }
            }
        }
        sheet = .reject(open)
    }

    func chooseReason(_ key: Key, _ open: inout RejectSheet) {
        let reasons = RejectReason.allCases
        switch key {
        case .down, .character("j"): open.cursor = min(open.cursor + 1, reasons.count - 1)
        case .up, .character("k"): open.cursor = max(open.cursor - 1, 0)
        case .enter, .character(" "):
            open.reason = reasons[min(max(0, open.cursor), reasons.count - 1)]
            open.focus = .note
        case .character(let scalar):
            guard let digit = Int(String(Character(scalar))),
                let reason = RejectReason(rawValue: digit)
            else { return }
            open.reason = reason
            open.cursor = reasons.firstIndex(of: reason) ?? open.cursor
            open.focus = .note
        default: break
        }
    }

    private mutating func sendRejection(_ open: RejectSheet) {
        var open = open
        guard let reason = open.reason else {
            open.problem = "Choose a reason first: 1 to \(RejectReason.allCases.count)."
            sheet = .reject(open)
            return
        }
        if let problem = sendingProblem(open.target) {
            open.problem = problem
            sheet = .reject(open)
            return
        }
        keepDraft(of: .reject(open))
        sheet = nil
        let note = open.note.text.trimmed
        let words = note.isEmpty ? reason.words : "\(reason.words): \(note)"
        send(Verdict(id: open.id, target: open.target, kind: .reject, reason: words))
        if reason.halts {
            outbox.append(.halt(open.target.reference.workflow, reason: words))
        }
    }

    /// Why a sheet cannot be sent now, in our words.
    func sendingProblem(_ target: Target) -> String? {
        if let decisionsOff { return decisionsOff.sentence }
        guard let item = queue.row(target.reference)?.item else { return nil }
        return item.digest == target.digest && item.state.isPending
            ? nil : "The item changed: look again."
    }

    // MARK: - Drafts

    /// Closes whatever sheet is open; what was typed is kept for the next time.
    mutating func closeSheet() {
        if case .approve = sheet { return advanceSheet(.escape) }
        if let sheet { keepDraft(of: sheet) }
        sheet = nil
    }

    /// Keeps what a sheet was going to say, until the item is decided.
    mutating func keepDraft(of sheet: Sheet) {
        switch sheet {
        case .reject(let open):
            guard open.reason != nil || !open.note.isEmpty else { return }
            keepDraft(of: open.target) { draft in
                draft.reason = open.reason
                draft.note = open.note.text
            }
        case .edit(let open):
            keepDraft(of: open.target) { draft in
                draft.edited = ArgumentsText.ascii(open.edit.after)
                draft.why = open.reason.text
            }
        case .courtesy(let open): keepDraft(of: open)
        case .steer(let open): undoView.keep(open)
        case .approve, .escalate, .quit, .copy, .menu, .palette, .batch, .batchResults: break
        }
    }

    mutating func keepDraft(of target: Target, _ change: (inout Draft) -> Void) {
        guard drafts[target.reference] != nil || drafts.count < Self.draftsMax else { return }
        change(&drafts[target.reference, default: Draft()])
    }

    private static let draftsMax = 200

    // MARK: - Escalate

    mutating func openEscalation(of detail: ItemDetail) {
        sheet = .escalate(
            EscalateSheet(
                id: newDecision(),
                target: Target(detail.item),
                from: detail.item.tier,
                to: detail.nextTier
            )
        )
        outbox.append(.flushInput)
    }

    mutating func takeInEscalation(_ key: Key, _ open: EscalateSheet) {
        var open = open
        switch key {
        case .escape, .control("c"):
            sheet = nil
            return
        case .control("s"):
            if let problem = sendingProblem(open.target) { return say(.warning, problem) }
            sheet = nil
            let reason = open.reason.text.trimmed
            return send(
                Verdict(
                    id: open.id,
                    target: open.target,
                    kind: .escalate,
                    reason: reason.isEmpty ? nil : reason
                )
            )
        default: _ = open.reason.take(key)
        }
        sheet = .escalate(open)
    }
}

extension String {
    /// Without spaces and line feeds at both ends.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\n" }
        let start = drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...last])
    }
}
