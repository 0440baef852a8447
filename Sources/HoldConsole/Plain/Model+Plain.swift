import HoldCore

/// What plain mode does to the model: the deeds of the console's keys, a whole line at a time.
///
/// The rules stay where they are. A line opens the same sheets, which arm, confirm and hold by the
/// same table; plain mode only asks its questions in another way.
extension Model {
    /// Does what one typed line asks for.
    ///
    /// As a key, the line is judged by what was in force before it; time is looked at afterwards.
    ///
    /// - Returns: What has to be done about it, in order.
    mutating func act(at moment: Moment, _ deed: (inout Model) -> Void) -> [Request] {
        now = max(now, moment)
        lastKey = now
        // Letters of one line are not stray keys, however fast they come.
        burst.reset()
        isLocked = false
        // Plain mode has no box to put away.
        showsOutage = false
        deed(&self)
        return update(.ticked, at: moment)
    }

    /// Makes an item the one that decisions are about; whether it is in the list.
    mutating func choose(_ reference: ItemReference) -> Bool {
        guard let index = queue.index(of: reference) else {
            return false
        }
        if selected?.reference == reference { reload() } else { select(at: index) }
        return true
    }

    mutating func setFilter(_ text: String?) {
        queue.filter = text
        subscribe(offset: 0)
    }

    /// Gives the sheet that approves what a person types into it, the confirmation last.
    mutating func confirmApproval() {
        guard case .approve(let open) = sheet else { return }
        for scalar in (open.terms.typed ?? "").unicodeScalars {
            // Before the sheet is armed the first letter starts the arming anew, as any key does.
            guard case .approve(let now) = sheet, now.phase == .armed else { break }
            takeInApproval(.character(scalar), now)
        }
        guard case .approve(let now) = sheet else { return }
        takeInApproval(now.terms.typed == nil ? keymap.confirm : .enter, now)
    }

    mutating func setReason(_ reason: RejectReason) {
        guard case .reject(var open) = sheet else { return }
        open.reason = reason
        sheet = .reject(open)
    }

    /// Fills in why: the note of a rejection, the reason of an escalation or of an edit.
    mutating func setNote(_ text: String) {
        switch sheet {
        case .reject(var open):
            open.note = TextField(text)
            sheet = .reject(open)
        case .escalate(var open):
            open.reason = TextField(text)
            sheet = .escalate(open)
        case .edit(var open):
            open.reason = TextField(text)
            sheet = .edit(open)
        case .approve, .quit, .copy, .courtesy, .steer, .menu, .palette, .batch, .batchResults, nil:
            break
        }
    }

    /// Sends what the open sheet says, as `Ctrl-s` does.
    mutating func sendSheet() {
        switch sheet {
        case .reject(let open): takeInRejection(.control("s"), open)
        case .escalate(let open): takeInEscalation(.control("s"), open)
        case .edit(let open): takeInEdit(.control("s"), open)
        case .approve, .quit, .copy, .courtesy, .steer, .menu, .palette, .batch, .batchResults, nil:
            break
        }
    }

    /// Why the open sheet was not sent, in our words.
    var sheetProblem: String? {
        switch sheet {
        case .reject(let open): open.problem
        case .edit(let open): open.problem
        case .approve, .escalate, .quit, .copy, .courtesy, .steer, .menu, .palette, .batch,
            .batchResults, nil:
            nil
        }
    }

    /// The decision that the open sheet is about to become.
    var sheetID: DecisionID? {
        switch sheet {
        case .approve(let open): open.id
        case .reject(let open): open.id
        case .escalate(let open): open.id
        case .edit(let open): open.id
        case .quit, .copy, .courtesy, .steer, .menu, .palette, .batch, .batchResults, nil: nil
        }
    }

    /// All characters that are not what they seem were spelled, or all that was left out was said.
    mutating func noteRead(_ item: QueueItem, _ kind: PlainReading.Kind) {
        guard selected?.reference == item.reference, selected?.detail?.item.digest == item.digest
        else { return }
        switch kind {
        case .raw: selected?.sawRaw = true
        case .full: selected?.openedInFull = true
        case .action, .other: break
        }
    }
}
