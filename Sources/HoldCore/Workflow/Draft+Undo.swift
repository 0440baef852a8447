/// The undo chain: newest first, one at a time, to the end or until it is stuck (I7, I10, I11).
extension Draft {
    /// Goes on as far as the record allows: starts the head link, or ends the unwind.
    ///
    /// Runs after every command, in the same transaction, so that no state between is ever durable.
    mutating func advanceUnwind() {
        guard workflow.chain.isRunning, !workflow.chain.isStuck else { return }
        skipWhatNeverHappened()
        guard let id = workflow.head, let step = workflow.step(id) else { return endUnwind() }
        guard !step.isInFlight, step.link.state == .recorded else { return }
        startUndo(of: id)
    }

    /// A step of the plan that reported `not_started` in the meantime never happened: nothing to undo.
    private mutating func skipWhatNeverHappened() {
        while let id = workflow.head, let step = workflow.step(id), step.outcome == .notStarted,
            step.link.state == .recorded
        {
            record(
                .undone(
                    UndoneLink(
                        step: id,
                        outcome: .notApplied,
                        detail: "the agent never started it"
                    )
                )
            )
        }
    }

    private mutating func endUnwind() {
        let exceptions = workflow.chain.plan.filter {
            workflow.step($0)?.link.state != .undone
        }
        record(.unwindEnded(UnwindEnded(exceptions: exceptions)))
    }

    mutating func startUndo(of id: StepID) {
        guard let step = workflow.step(id) else { return }
        record(
            .undoStarted(
                UndoStarted(
                    step: id,
                    attempt: step.link.attempts + 1,
                    key: Workflow.undoKey(of: id, in: workflow.id),
                    isInDoubt: step.isInDoubt
                )
            )
        )
        #if PlantedFaults
            if PlantedFault.active == .undoneBeforeReply {
                record(.undone(UndoneLink(step: id, outcome: .undone, detail: nil)))
                advanceUnwind()
            }
        #endif
    }

    mutating func take(
        _ report: UndoReport,
        of id: StepID,
        attempt: Int,
        by executor: Account?
    ) throws(Refusal) {
        #if PlantedFaults
            if PlantedFault.active == .uncorrelatedReplies, let head = workflow.head, head != id {
                let running = try known(head).link
                if running.state == .undoStarted {
                    return try take(report, of: head, attempt: running.attempts, by: executor)
                }
            }
        #endif
        let step = try known(id)
        guard step.link.state == .undoStarted, step.link.attempts == attempt else {
            throw .conflict("The undo of \(id.text) is no longer at attempt \(attempt).")
        }
        let operation = step.undo.flatMap { circumstances.manifest.operations[$0.operation] }
        let backoff = Backoff(operation: operation, key: id.text, failures: step.link.failures)
        switch report {
        case .done(let outcome, let detail):
            record(
                .undone(
                    UndoneLink(step: id, outcome: outcome, detail: detail, executor: executor)
                )
            )
        case .retry(let span, let error):
            let pause = min(max(span, Backoff.shortest), Backoff.longest)
            fail(id, attempt, error, isBurned: false, retryAt: now + pause)
        case .unreachable(let error):
            fail(id, attempt, error, isBurned: false, retryAt: now + backoff.span)
        case .failed(let error):
            let burned = step.link.burned + 1
            let isLast = burned >= operation?.retries ?? 1
            fail(
                id,
                attempt,
                error,
                isBurned: true,
                retryAt: isLast ? nil : now + backoff.span
            )
            if isLast { stick(id, attempts: burned, error: error) }
        case .terminal(let error):
            fail(id, attempt, error, isBurned: true, retryAt: nil)
            stick(id, attempts: step.link.burned + 1, error: error)
        }
    }

    private mutating func fail(
        _ id: StepID,
        _ attempt: Int,
        _ error: String,
        isBurned: Bool,
        retryAt: Instant?
    ) {
        record(
            .undoFailed(
                UndoFailed(
                    step: id,
                    attempt: attempt,
                    error: error,
                    isBurned: isBurned,
                    retryAt: retryAt
                )
            )
        )
    }

    private mutating func stick(_ id: StepID, attempts: Int, error: String) {
        record(.undoStuck(UndoStuck(step: id, attempts: attempts, error: error)))
    }

    /// The link that a person may move on: the head of a running chain, and not while its undo runs.
    private func steerable(_ id: StepID, by peer: Peer) throws(Refusal) -> Step {
        let step = try known(id)
        guard workflow.chain.isRunning else {
            throw .conflict("Nothing is being undone in the workflow \(workflow.id.text).")
        }
        try guardMaySteer(step, peer)
        guard workflow.head == id else {
            let head = workflow.head?.text ?? "none"
            throw .conflict("\(id.text) is not the link that the chain stands at: that is \(head).")
        }
        guard step.link.state != .undoStarted else {
            throw .conflict("The undo of \(id.text) is running: wait for its outcome.")
        }
        return step
    }

    /// Whoever could have decided the items that caused the unwind, and nobody who asked for the step:
    /// leaving it undone would be to approve one's own (I13).
    private func guardMaySteer(_ step: Step, _ peer: Peer) throws(Refusal) {
        if circumstances.separation == .enforced, step.requester.account == peer.account {
            throw .forbidden(
                "\(step.id.text) was asked by \(step.requester.user), and you are \(peer.user):"
                    + " another person must steer its undo."
            )
        }
        let tiers = workflow.chain.causes.compactMap { workflow.step($0)?.item?.policy.tiers }
        guard tiers.joined().contains(where: { $0.asks(peer) }) else {
            throw .forbidden("\(peer.user) is on no tier of the items that are being undone.")
        }
    }

    mutating func retryUndo(_ id: StepID, reason: String, by peer: Peer) throws(Refusal) {
        let reason = try reasonGiven(reason)
        let step = try steerable(id, by: peer)
        if step.isInFlight { record(.leaseEnded(StepNamed(step: id))) }
        record(.undoRetried(StepReasoned(step: id, reason: reason)))
        if step.link.state == .undoFailed { startUndo(of: id) }
    }

    /// Leaving something undone takes two people; in single-user mode there is but one, and the record
    /// says so (I13).
    mutating func skipUndo(_ id: StepID, reason: String, by peer: Peer) throws(Refusal) {
        let reason = try reasonGiven(reason)
        let step = try steerable(id, by: peer)
        let skip = StepReasoned(step: id, reason: reason)
        if circumstances.separation == .none { return record(.undoSkipped(skip)) }
        guard let first = step.link.skipAgreed else { return record(.undoSkipAgreed(skip)) }
        guard first.uid != peer.uid else {
            throw .conflict(
                "You have already agreed to skip \(id.text): a second person must agree too."
            )
        }
        record(.undoSkipped(skip))
    }

    mutating func resolveUndo(_ id: StepID, reason: String, by peer: Peer) throws(Refusal) {
        let evidence = try reasonGiven(reason)
        _ = try steerable(id, by: peer)
        record(.undoResolved(StepReasoned(step: id, reason: evidence)))
    }
}

/// The pause before the next attempt: doubled each time, with jitter, at most 5 minutes.
struct Backoff {
    static let longest = Span(minutes: 5)
    /// However little time an executor asks for: it must not be called in a tight circle.
    static let shortest = Span(milliseconds: 100)
    let operation: Operation?
    /// What the jitter is drawn from: the core has no dice, and chains must not march in step.
    let key: String
    let failures: Int

    var span: Span {
        let base = operation?.backoff ?? Span(seconds: 2)
        let doubled = base.seconds * Double(1 << min(failures, 20))
        let draw = Digest(of: Array("\(key)#\(failures)".utf8)).bytes.first ?? 0
        let jitter = 0.8 + 0.4 * Double(draw) / 255
        return min(Span(seconds: doubled * jitter), Backoff.longest)
    }
}

extension Workflow {
    /// The key of a step's undo, stable across retries and restarts (I10), and no other step's, nor
    /// another account's.
    ///
    /// The account, then the workflow, then the step. A step whose id begins with its workflow's
    /// (`wf-918/3`) is written so, any other after a colon. Both separators are escaped in the workflow's
    /// part, so that no two steps share a key.
    public static func undoKey(of step: StepID, in workflow: WorkflowKey) -> String {
        let escaped = workflow.text.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "%": text += "%25"
            case "/": text += "%2F"
            case ":": text += "%3A"
            default: text.unicodeScalars.append(scalar)
            }
        }
        let owned = "\(workflow.account.text)/\(escaped)"
        let prefix = workflow.text + "/"
        guard step.text.hasPrefix(prefix) else { return "\(owned):\(step.text)#undo" }
        return "\(owned)/\(step.text.dropFirst(prefix.count))#undo"
    }
}
