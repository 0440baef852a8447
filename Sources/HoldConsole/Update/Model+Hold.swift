import HoldCore

/// Decisions behind their sheet: on hold, under way, in doubt.
extension Model {
    // MARK: - On hold

    /// Sends what was not taken back in time.
    mutating func sendDueHolds() {
        sendDueBatches()
        for hold in holds where hold.deadline <= now {
            guard decisionsAreOn else {
                drop(hold, because: .disconnected)
                continue
            }
            let (_, effects) = SheetMachine.next(.holding, .holdOver)
            guard effects.contains(.send) else { continue }
            holds.removeAll { $0 == hold }
            send(hold.verdict)
        }
    }

    /// Whether the service can be told anything: a lock or a small screen stops no decision that
    /// was confirmed before.
    var decisionsAreOn: Bool {
        switch freshness {
        case .live, .stale: true
        case .connecting, .tooStale, .disconnected: false
        }
    }

    /// Takes the latest hold back.
    mutating func takeBack() {
        guard let hold = holds.last else {
            return say(.info, "Nothing is on hold.")
        }
        if let batch = hold.batch { return takeBack(batch: batch) }
        drop(hold, because: .takeBack)
    }

    mutating func drop(_ hold: Hold, because input: SheetMachine.Input) {
        let (next, _) = SheetMachine.next(.holding, input)
        guard next == .closed else { return }
        holds.removeAll { $0 == hold }
        guard hold.batch == nil || input == .itemChanged else {
            return sayNothingSent(ofBatch: nil, because: input)
        }
        sayNothingSent(hold.verdict.target, because: input)
    }

    /// Closes the sheet that approves and drops every hold: nothing that is not sent yet goes out.
    mutating func dropApprovals(because input: SheetMachine.Input) {
        advanceSheet(input)
        for hold in holds { drop(hold, because: input) }
    }

    /// As above, and closes every other sheet too; what was typed there is kept.
    mutating func dropUnsent(because input: SheetMachine.Input) {
        dropApprovals(because: input)
        closeSheet()
    }

    // MARK: - Under way

    /// Sends a decision; this is the one place that does, once for each.
    mutating func send(_ verdict: Verdict) {
        if verdict.kind != .escalate { marks.remove(verdict.target.reference) }
        outgoing.append(Outgoing(verdict: verdict, sentAt: now))
        outbox.append(verdict.kind == .escalate ? .escalate(verdict) : .decide(verdict))
    }

    /// Lets something happen to a decision that was sent.
    @discardableResult
    mutating func advance(_ id: DecisionID, _ input: SheetMachine.Input) -> SheetMachine.State? {
        guard let index = outgoing.firstIndex(where: { $0.verdict.id == id }) else { return nil }
        let before = outgoing[index].phase
        let (next, effects) = SheetMachine.next(before, input)
        if next != before {
            outgoing[index].phase = next
            outgoing[index].since = now
        }
        let verdict = outgoing[index].verdict
        if next == .decided || next == .closed { outgoing.remove(at: index) }
        for effect in effects {
            let what = "#\(verdict.target.number) \(verdict.kind.rawValue)"
            switch effect {
            case .ask: outbox.append(.askOutcome(id, verdict.target.reference))
            case .sayUnknown where noteBatch(id, .unknown): break
            case .sayNotRecorded where noteBatch(id, .notRecorded): break
            case .sayUnknown:
                say(
                    .warning,
                    "\(what): sent, no answer. It will be asked, not resent.",
                    for: Self.away
                )
            case .sayNotRecorded:
                say(.danger, "\(what) was NOT recorded: look again.", for: Self.away)
            case .startArming, .restartArming, .dropKey, .editText, .sayUnread, .sayWrong, .hold,
                .send, .sayNothingSent, .sayRecorded, .sayRefused:
                break
            }
        }
        return next
    }

    private func verdict(_ id: DecisionID) -> Verdict? {
        outgoing.first { $0.verdict.id == id }?.verdict
    }

    mutating func takeRecorded(_ id: DecisionID, _ recorded: Recorded) {
        hear(nil)
        guard let verdict = verdict(id), advance(id, .recorded) == .decided else { return }
        settle(verdict, recorded)
    }

    /// The service has it: the row stays where it is, with the result.
    private mutating func settle(_ verdict: Verdict, _ recorded: Recorded) {
        let number = "#\(verdict.target.number)"
        drafts[verdict.target.reference] = nil
        decidedCount += 1
        setRow(verdict.target.reference) { item in
            item.state = recorded.state
            if let decision = recorded.decision { item.decision = decision }
            if let tier = recorded.tier { item.tier = tier }
            if let deadline = recorded.deadline { item.deadline = deadline }
        }
        if selected?.reference == verdict.target.reference { reload() }
        if noteBatch(verdict.id, .recorded(recorded.state)) { return }
        switch (verdict.kind, recorded.state.isPending) {
        case (.escalate, _):
            say(.good, "\(number) escalated" + (recorded.tier.map { " to \($0)." } ?? "."))
        case (.approve, true):
            say(.good, "\(number): your approval counts, more are needed.")
        case (.modify, true):
            say(.good, "\(number): edited, another person must approve it.")
        case (.reject, true): say(.good, "\(number): your rejection is recorded.")
        case (.approve, false), (.reject, false), (.modify, false):
            say(.good, "\(number) \(recorded.state.words).")
        }
    }

    mutating func takeRefusal(_ id: DecisionID, _ turned: Turned) {
        hear(nil)
        guard let verdict = verdict(id), advance(id, .refused) == .closed else { return }
        let number = "#\(verdict.target.number)"
        if let state = turned.state {
            setRow(verdict.target.reference) { item in
                item.state = state
                item.decision = turned.decision ?? item.decision
            }
        }
        outbox.append(.flushInput)
        if selected?.reference == verdict.target.reference { reload() }
        if noteBatch(id, .refused(turned)) { return }
        switch (turned.code, turned.state) {
        case ("stale", _):
            say(.warning, "\(number) changed before your decision arrived: look again.")
        case ("already_decided", let state?):
            let who = turned.decision?.reviewedBy.map { " by \($0)" } ?? ""
            say(.warning, "\(number) was already \(state.words)\(who): yours changed nothing.")
        default:
            say(.danger, "\(number) refused: \(turned.message)", for: Span(seconds: 15))
        }
    }

    // MARK: - In doubt

    mutating func noteNoAnswer(_ id: DecisionID) {
        advance(id, .noAnswer)
        if decisionsAreOn { advance(id, .reachable) }
    }

    /// Asks what became of every decision that was never answered; none is sent again.
    mutating func askForOutcomes() {
        for out in outgoing where out.phase == .unknown { advance(out.verdict.id, .reachable) }
    }

    /// Finds in the item's record whether a decision in doubt is there.
    mutating func takeOutcome(_ id: DecisionID, _ detail: ItemDetail) {
        hear(nil)
        guard let out = outgoing.first(where: { $0.verdict.id == id }) else { return }
        let verdict = out.verdict
        guard detail.item.reference == verdict.target.reference else { return }
        let sentAt = serviceTime(at: out.sentAt)
        let isRecorded = detail.has(verdict, by: link.user, sentAt: sentAt)
        let phase = advance(id, isRecorded ? .foundRecorded : .foundAbsent)
        if isRecorded, phase == .decided {
            let item = detail.item
            settle(
                verdict,
                Recorded(
                    state: item.state,
                    decision: item.decision,
                    tier: item.tier,
                    deadline: item.deadline
                )
            )
        }
        takeDetail(detail)
    }
}

extension ItemDetail {
    /// Whether the item's record holds this review by this person.
    ///
    /// In doubt the answer is no: then the person looks again and decides again, which the service
    /// refuses if the first one counted after all. An escalation shows in the tier alone.
    func has(_ verdict: Verdict, by user: String, sentAt: Instant) -> Bool {
        if verdict.kind == .escalate { return item.tier != verdict.target.tier }
        let words = [verdict.kind.rawValue, "human_" + verdict.kind.rawValue]
        return history.contains {
            $0.user == user && words.contains($0.what) && $0.hadEffect
                && sentAt - $0.at <= Self.clocksDiffer
        }
    }

    /// Two hosts' clocks may differ by so much.
    private static let clocksDiffer = Span(seconds: 5)
}
