import HoldCore

/// The sheet that approves, driven by ``SheetMachine``.
extension Model {
    /// Opens the sheet of a decision key, or says why not.
    mutating func openSheet(_ command: Keymap.Command) {
        if let obstacle = obstacle(to: command) {
            return say(.warning, obstacle.sentence)
        }
        guard let detail = selected?.detail else { return }
        switch command {
        case .approve: openApproval(of: detail, opener: .approve, edit: nil)
        case .reject: openRejection(of: detail)
        case .escalate: openEscalation(of: detail)
        case .modify: openEditor(on: detail)
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last,
            .nextPane, .previousPane, .open, .back, .quit, .takeBack, .rawText, .pager, .filter,
            .pauseList, .takeIn, .zoom, .nextTheme, .redraw, .suspend, .help, .commandLine,
            .retry, .viewFrozen, .wrapLines, .moveLeft, .moveRight, .nextBlock, .previousBlock,
            .nextMatch, .copyMenu:
            break
        case .stats, .handoff, .notifications, .claim, .snooze, .note, .snoozed, .follow,
            .testNotification:
            break
        case .workflows, .history, .undoChain, .pause, .retryUndo, .resolveUndo, .skipUndo: break
        case .previousMatch, .filterMenu, .sortMenu, .palette, .mark, .markRange, .clearMarks,
            .batch:
            break
        }
    }

    mutating func newDecision() -> DecisionID {
        defer { nextDecision += 1 }
        return DecisionID(nextDecision)
    }

    mutating func openApproval(
        of detail: ItemDetail,
        opener: Keymap.Command,
        edit: Edit?,
        id: DecisionID? = nil
    ) {
        let terms = ConfirmTerms(
            for: detail.item,
            left: detail.item.left(at: serviceNow),
            times: times
        )
        sheet = .approve(
            ApproveSheet(
                id: id ?? newDecision(),
                target: Target(detail.item),
                terms: terms,
                opener: opener,
                edit: edit
            )
        )
        outbox.append(.flushInput)
    }

    /// Takes a key in the sheet that approves.
    mutating func takeInApproval(_ key: Key, _ sheet: ApproveSheet) {
        guard sheet.terms.typed == nil else { return takeTyped(key, sheet) }
        switch key {
        case keymap.confirm: advanceSheet(confirmation(of: sheet))
        case .escape, .character("n"): advanceSheet(.escape)
        default: advanceSheet(.otherKey)
        }
    }

    private mutating func takeTyped(_ key: Key, _ sheet: ApproveSheet) {
        switch key {
        case .escape: advanceSheet(.escape)
        case .enter:
            let isRight = sheet.field.text == sheet.terms.typed
            advanceSheet(isRight ? confirmation(of: sheet) : .confirmWrong)
        case .control("c"), .control("z"), .function, .tab, .backTab: advanceSheet(.otherKey)
        default:
            let wasArmed = sheet.phase == .armed
            advanceSheet(.text)
            guard wasArmed, case .approve(var sheet) = self.sheet else { return }
            _ = sheet.field.take(key)
            self.sheet = .approve(sheet)
        }
    }

    /// What a confirmation is worth now: the same digest, read to the end, decisions on.
    private func confirmation(of sheet: ApproveSheet) -> SheetMachine.Input {
        let target = sheet.target
        guard let selected, selected.reference == target.reference,
            selected.detail?.item.digest == target.digest,
            queue.row(target.reference)?.item.digest == target.digest
        else { return .itemChanged }
        guard decisionsOff == nil else { return .disconnected }
        return selected.unread == nil ? .confirm : .confirmUnread
    }

    /// Lets something happen to the sheet that approves, if one is open.
    mutating func advanceSheet(_ input: SheetMachine.Input) {
        guard case .approve(var open) = sheet else { return advanceBatch(input) }
        let (next, effects) = SheetMachine.next(open.phase, input)
        open.phase = next
        sheet = next == .closed ? nil : .approve(open)
        for effect in effects { carryOut(effect, on: open, because: input) }
    }

    private mutating func carryOut(
        _ effect: SheetMachine.Effect,
        on open: ApproveSheet,
        because input: SheetMachine.Input
    ) {
        switch effect {
        case .startArming:
            let began = now
            changeApproval { $0.armingSince = began }
        case .restartArming:
            outbox.append(.flushInput)
            changeApproval {
                $0.armingSince = nil
                $0.generation += 1
            }
        case .dropKey, .editText: break
        case .sayUnread:
            if let unread = selected?.unread { say(.warning, Obstacle.unread(unread).sentence) }
        case .sayWrong: say(.warning, "The text does not match: nothing was sent.")
        case .hold: hold(open)
        case .sayNothingSent: sayNothingSent(open.target, because: input)
        case .send, .ask, .sayRecorded, .sayRefused, .sayUnknown, .sayNotRecorded: break
        }
    }

    private mutating func changeApproval(_ change: (inout ApproveSheet) -> Void) {
        guard case .approve(var open) = sheet else { return }
        change(&open)
        sheet = .approve(open)
    }

    /// Puts a confirmed decision on hold; one that cannot wait goes out at once.
    private mutating func hold(_ open: ApproveSheet) {
        sheet = nil
        let verdict = Verdict(
            id: open.id,
            target: open.target,
            kind: open.edit == nil ? .approve : .modify,
            reason: open.edit?.reason,
            arguments: open.edit?.after,
            confirm: open.terms.typed ?? keymap.confirm.name
        )
        holds.append(Hold(verdict: verdict, began: now, deadline: now.adding(open.terms.hold)))
        outbox.append(.flushInput)
        sendDueHolds()
    }

    mutating func sayNothingSent(_ target: Target, because input: SheetMachine.Input) {
        let number = "#\(target.number)"
        switch input {
        case .itemChanged:
            say(.warning, "\(number) changed: look again. Nothing was sent.")
        case .focusLost: say(.info, "Window left: \(number) is not decided, nothing was sent.")
        case .resized: say(.info, "Size changed: \(number) is not decided, nothing was sent.")
        case .suspended: say(.warning, "\(number): hold dropped, nothing was sent.")
        case .disconnected: say(.warning, "\(number): \(offWords), nothing was sent.")
        case .otherKey: say(.info, "Another key closed the sheet: nothing was sent.")
        case .takeBack: say(.good, "\(number) taken back: nothing was sent.")
        case .escape, .burst, .quit: break
        case .painted, .armingOver, .confirm, .confirmUnread, .confirmWrong, .text, .paste,
            .focusGained, .holdOver, .recorded, .refused, .noAnswer, .reachable, .foundRecorded,
            .foundAbsent:
            break
        }
    }
}
