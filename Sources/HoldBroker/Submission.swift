package import HoldCore
package import HoldJournal

/// One thing that somebody asks of the broker.
package struct Submission: Sendable {
    /// What its answer is addressed to; nil when nobody waits for one.
    package var ticket: Ticket?
    package var workflow: WorkflowKey
    package var party: Party
    package var request: Request
    /// Big things that the command's events refer to, by digest.
    package var blobs: [Digest: [UInt8]]

    package init(
        ticket: Ticket?,
        workflow: WorkflowKey,
        party: Party,
        request: Request,
        blobs: [Digest: [UInt8]] = [:]
    ) {
        self.ticket = ticket
        self.workflow = workflow
        self.party = party
        self.request = request
        self.blobs = blobs
    }

    /// What can be asked.
    package enum Request: Sendable {
        /// Decide a command.
        case command(Command)
        /// Several reviews, one answer each, in one transaction.
        case reviews([(workflow: WorkflowKey, review: ReviewDraft)])
        /// Answer when the step may run or never will.
        case wait(StepID)
        /// Answer when nothing is pending and nothing is being undone.
        case settle
        /// Answer a waiting ticket now, with things as they are.
        case stopWaiting(Ticket)
        /// Answer when the drill of this key has ended; in the control workflow.
        case awaitDrill(String)
        /// Answer with the workflow as it is; refused when there is none.
        case look
        /// The same, but a workflow that nothing has happened to yet is an answer too.
        case peek
        /// Do what is due.
        case passTime
    }
}

/// What an answer is addressed to.
package struct Ticket: Sendable, Hashable {
    package var number: UInt64

    package init(_ number: UInt64) { self.number = number }
}

/// What the broker says to one submission.
package enum Answer: Sendable {
    /// The workflow as it now durably is; `events` are those of this submission.
    case done(Workflow, events: [Event])
    /// One result per review, in order.
    case reviewed([Result<Workflow, Refusal>])
    case refused(Refusal)
    /// Not done, or nobody knows: ask again with the same ids.
    case unavailable(JournalFault)
}

/// What the broker wants done: by whoever carries it, after the commit, in this order.
package enum Effect: Sendable {
    case answer(Ticket, Answer)
    /// Run one undo; repeated after a restart, with the same key.
    ///
    /// `owner`: the account that the workflow belongs to; its own executor comes first.
    case runUndo(UndoCall, owner: Account)
    /// Run one drill; after a restart it is in doubt, and only what it may have done is taken back.
    case runDrill(UndoCall)
    /// Facts that are now durable.
    case publish(Publication)
    /// Call ``Broker/passTime(at:)`` then; replaces what was asked before.
    case wake(at: Instant)
}

/// One undo to run.
package struct UndoCall: Sendable, Hashable {
    package var workflow: WorkflowKey
    package var step: StepID
    package var operation: String
    /// The same for every attempt, also across restarts (I10).
    package var key: String
    package var arguments: JSONValue
    package var result: JSONValue?
    package var attempt: Int
    package var isInDoubt: Bool
    /// It proves the undo: what is undone was done for that alone.
    package var isDrill = false

    package init(
        workflow: WorkflowKey,
        step: StepID,
        operation: String,
        key: String,
        arguments: JSONValue,
        result: JSONValue?,
        attempt: Int,
        isInDoubt: Bool,
        isDrill: Bool = false
    ) {
        self.workflow = workflow
        self.step = step
        self.operation = operation
        self.key = key
        self.arguments = arguments
        self.result = result
        self.attempt = attempt
        self.isInDoubt = isInDoubt
        self.isDrill = isDrill
    }
}

/// Facts that are now durable.
package struct Publication: Sendable {
    /// The journal's end.
    package var seq: Int64
    package var entries: [Entry]
    package var changes: [Change]

    /// What happened in one workflow.
    package struct Change: Sendable {
        package var workflow: Workflow
        package var events: [Event]
    }
}
