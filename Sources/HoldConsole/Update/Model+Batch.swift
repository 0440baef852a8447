import HoldCore

/// The sheet that says one thing about many items.
///
/// An approval of many goes the way of a single one: the sheet is painted, arms, is confirmed with
/// another key, and everything waits on hold together.
extension Model {
    /// `B`: the sheet of the marked items, or else what became of the last batch.
    mutating func openBatch() {
        if marks.rangeStart != nil { markRange() }
        guard !marks.isEmpty else {
            guard batchResults != nil else {
                let key = keymap.keys(for: .mark).first?.name ?? "Space"
                return say(.info, "Nothing is marked: \(key) marks an item.")
            }
            sheet = .batchResults
            return
        }
        if let decisionsOff { return say(.warning, decisionsOff.sentence) }
        sheet = .batch(
            BatchSheet(
                id: newDecision(),
                approval: batchPlan(.approve),
                rejection: batchPlan(.reject)
            )
        )
        outbox.append(.flushInput)
    }

    /// What a verb would decide of what is marked now.
    private func batchPlan(_ verb: BatchPlan.Verb) -> BatchPlan {
        var candidates: [BatchPlan.Candidate] = []
        for row in queue.rows {
            let reference = row.item.reference
            guard let digest = marks.digests[reference] else { continue }
            candidates.append(
                BatchPlan.Candidate(
                    row.item,
                    marked: digest,
                    isListed: !row.isGone,
                    reading: readItems.reading(of: row.item),
                    isOnHold: holds.contains { $0.verdict.target.reference == reference },
                    isUnanswered: outgoing.contains { $0.verdict.target.reference == reference }
                )
            )
        }
        return BatchPlan(verb, of: candidates, by: link.user, at: serviceNow)
    }

    /// How many marked items are not among the rows, so that no plan has them.
    package var marksOutOfSight: Int {
        marks.count - queue.rows.count { marks.contains($0.item.reference) }
    }

    // MARK: - Keys

    mutating func takeInBatch(_ key: Key, _ open: BatchSheet) {
        switch open.stage {
        case .overview: takeInOverview(key, open)
        case .approving: takeInBatchApproval(key)
        case .rejecting: takeInBatchRejection(key, open)
        }
    }

    private mutating func takeInOverview(_ key: Key, _ open: BatchSheet) {
        var open = open
        switch keymap.command(for: key, in: .queue) {
        case .approve?:
            guard open.approval.count > 0 else {
                return say(.warning, "None of them can be approved in a batch.")
            }
            open.stage = .approving
            open.scroll = 0
            open.seen = SeenRows()
            sheet = .batch(open)
            outbox.append(.flushInput)
        case .reject?:
            guard let first = open.rejection.entries.first else {
                return say(.warning, "None of them can be rejected.")
            }
            open.stage = .rejecting
            open.scroll = 0
            open.reasons = RejectSheet(
                id: open.id,
                target: first.target,
                note: TextField(),
                wouldUndo: [],
                wouldWithdraw: 0
            )
            sheet = .batch(open)
            outbox.append(.flushInput)
        case let command? where command.isMove: scrollBatch(command)
        case .back?, .quit?: sheet = nil
        default: break
        }
    }

    private mutating func scrollBatch(_ command: Keymap.Command) {
        changeBatch { open in
            open.scroll = command.moved(
                open.scroll,
                page: max(1, open.extent.visible - 1),
                last: open.extent.scrollMax
            )
        }
    }

    private mutating func takeInBatchApproval(_ key: Key) {
        switch key {
        case keymap.confirm: advanceBatch(batchConfirmation)
        case .escape, .character("n"): advanceBatch(.escape)
        default:
            // Scrolling is the one thing that may be needed before the confirmation.
            if let command = keymap.command(for: key), command.isMove {
                return scrollBatch(command)
            }
            advanceBatch(.otherKey)
        }
    }

    /// What a confirmation is worth now: every item as it was shown, read to the end, and the whole
    /// list seen.
    private var batchConfirmation: SheetMachine.Input {
        guard case .batch(let open) = sheet, open.approval.count > 0 else { return .itemChanged }
        guard decisionsOff == nil else { return .disconnected }
        let areSame = open.approval.entries.allSatisfy { rule(against: $0) == nil }
        guard areSame else { return .itemChanged }
        return open.seen.isAll ? .confirm : .confirmUnread
    }

    /// Why an entry that was in the plan cannot be decided any more.
    private func rule(against entry: BatchPlan.Entry) -> BatchRule? {
        let target = entry.target
        guard let row = queue.row(target.reference) else { return .notListed }
        guard row.item.state.isPending else { return .decided(row.item.state) }
        guard row.item.digest == target.digest else { return .changed }
        if holds.contains(where: { $0.verdict.target.reference == target.reference }) {
            return .onHold
        }
        return nil
    }

    // MARK: - The machine

    /// Lets something happen to the approval of many, if one is open.
    mutating func advanceBatch(_ input: SheetMachine.Input) {
        guard case .batch(var open) = sheet, open.stage == .approving else { return }
        let (next, effects) = SheetMachine.next(open.phase, input)
        open.phase = next
        sheet = next == .closed ? nil : .batch(open)
        for effect in effects { carryOut(effect, onBatch: open, because: input) }
    }

    private mutating func carryOut(
        _ effect: SheetMachine.Effect,
        onBatch open: BatchSheet,
        because input: SheetMachine.Input
    ) {
        switch effect {
        case .startArming:
            let began = now
            changeBatch { $0.armingSince = began }
        case .restartArming:
            outbox.append(.flushInput)
            changeBatch {
                $0.armingSince = nil
                $0.generation += 1
            }
        case .sayUnread:
            say(.warning, "\(open.seen.missing) rows of the list not seen yet: scroll to its end.")
        case .hold: holdBatch(open)
        case .sayNothingSent: sayNothingSent(ofBatch: open.approval.count, because: input)
        case .dropKey, .editText, .sayWrong, .send, .ask, .sayRecorded, .sayRefused, .sayUnknown,
            .sayNotRecorded:
            break
        }
    }

    mutating func changeBatch(_ change: (inout BatchSheet) -> Void) {
        guard case .batch(var open) = sheet else { return }
        change(&open)
        sheet = .batch(open)
    }

    /// Takes in what was painted of the sheet.
    mutating func noteBatchPainted(_ report: FrameReport) {
        guard let shown = report.batch, case .batch(let open) = sheet, open.id == shown.id else {
            return
        }
        changeBatch {
            $0.extent = PaneExtent(lines: shown.total, visible: shown.rows.count)
            $0.scroll = min($0.scroll, $0.extent.scrollMax)
            $0.seen.show(shown.rows, of: shown.total)
        }
        if let sheet = report.sheet, sheet.id == open.id, sheet.generation == open.generation {
            advanceBatch(.painted)
        }
    }

    /// Takes what changed out of the open sheet (rule 6); with its last item the sheet closes.
    mutating func checkBatch() {
        guard case .batch(var open) = sheet else { return }
        var gone: [Int64] = []
        for entry in open.rejection.entries {
            guard let rule = rule(against: entry) else { continue }
            open.rejection.drop(entry.target.reference, because: rule)
            open.approval.drop(entry.target.reference, because: rule)
            gone.append(entry.target.number)
        }
        guard let number = gone.first else { return }
        if open.plan.count == 0, open.stage != .overview || open.rejection.count == 0 {
            sheet = nil
            return say(.warning, "#\(number) changed: nothing is left. Nothing was sent.")
        }
        sheet = .batch(open)
        say(.warning, "#\(number) is out of the batch: it changed, look again.")
        // What is confirmed has to be looked at anew.
        advanceBatch(.focusGained)
        changeBatch { $0.seen = SeenRows() }
    }
}
