package import HoldCore

/// Something that happened: a key, an answer, time.
package enum Message: Hashable, Sendable {
    case keyPressed(Key)
    /// Time went on; see ``Model/wake``.
    case ticked
    case resized(Size)
    /// A frame is on the screen, with this on it.
    case painted(FrameReport)
    /// The console runs again after Ctrl-z.
    case resumed

    case connected(Connection)
    case disconnected(cause: String)
    /// An attempt to reconnect failed; the next is due so much later.
    case retryFailed(cause: String, next: Span)
    /// The service answered something, be it that it is alive; its time, if it told.
    case heard(serviceTime: Instant?)
    /// The service answered a question that was asked then; its time, a moment later.
    case answered(serviceTime: Instant, asked: Moment)

    case queueChanged(QueueWindow)
    /// The service did not take a question for the queue, and why.
    case queueFailed(QueueQuery, String)
    /// The item of a number that was looked for.
    case numberFound(ItemDetail)
    case numberNotFound(Int64, String)
    case detailLoaded(ItemDetail)
    case detailFailed(ItemReference, String)
    case workflowsLoaded([WorkflowLine])
    case workflowLoaded(WorkflowDetail)
    /// Why a workflow could not be read, raw.
    case workflowFailed(WorkflowKey, String)
    /// What was ordered about a workflow or its undo was answered, or was not.
    case steered(DecisionID, Steering.Answer)
    case historyLoaded(HistoryPage)
    /// Why it could not be read, raw.
    case historyFailed(HistoryQuery, String)
    /// How the check of the journal's chain ended.
    case historyChecked(ChainCheck)
    /// Newest last, as the journal has them.
    case activityHappened([ActivityLine])

    /// The service recorded what was said.
    case recorded(DecisionID, Recorded)
    /// The service refused what was said; nothing changed.
    case refused(DecisionID, Turned)
    /// No answer came in time.
    case noAnswer(DecisionID)
    /// What became of a decision that was never answered.
    case outcomeKnown(DecisionID, ItemDetail)
    /// The answer to a question that changes no decision, such as halting, failed.
    case requestFailed(String)

    /// The editor ended; nil when it failed or nothing was saved.
    case editorReturned(EditorJob, [UInt8]?)
    case pagerReturned
    /// The file of a theme was read anew.
    case themesLoaded([Theme])
    /// What the service says to a ``Request/shift(_:)``, and of itself.
    case shift(ShiftAnswer)
}

/// A new connection to the service.
package struct Connection: Hashable, Sendable {
    /// Name of the service's host or environment.
    package var place: String
    /// The account that the service knows this reviewer by.
    package var user: String
    package var separation: Separation
    package var serviceTime: Instant?

    package init(
        place: String,
        user: String,
        separation: Separation,
        serviceTime: Instant? = nil
    ) {
        self.place = place
        self.user = user
        self.separation = separation
        self.serviceTime = serviceTime
    }
}

/// What the service says of a review that it recorded.
package struct Recorded: Hashable, Sendable {
    /// The item's state afterwards: still pending while more approvals are needed.
    package var state: ItemState
    package var decision: DecisionLine?
    /// The tier that is asked now, after an escalation.
    package var tier: String?
    package var deadline: Instant?

    package init(
        state: ItemState,
        decision: DecisionLine? = nil,
        tier: String? = nil,
        deadline: Instant? = nil
    ) {
        self.state = state
        self.decision = decision
        self.tier = tier
        self.deadline = deadline
    }
}

/// Why the service turned something down.
package struct Turned: Hashable, Sendable {
    /// The code of the wire, such as `stale` or `already_decided`.
    package var code: String
    /// The service's sentence, raw.
    package var message: String
    /// The item as it stands, where the refusal tells.
    package var state: ItemState?
    package var decision: DecisionLine?

    package init(
        code: String,
        message: String,
        state: ItemState? = nil,
        decision: DecisionLine? = nil
    ) {
        self.code = code
        self.message = message
        self.state = state
        self.decision = decision
    }
}

/// What a frame had on it: drawing knows how texts wrap, ``Model`` does not.
package struct FrameReport: Hashable, Sendable {
    /// How much each pane holds, and shows.
    package var panes: [Pane: PaneExtent] = [:]
    /// How many rows of the queue fit.
    package var queueRows = 0
    /// The lines of the action that were on it.
    package var lines: LinesShown?
    /// The sheet that was on it from border to border; nil when there was none or it was cut off.
    package var sheet: SheetShown?
    /// How much the list, or the text, of a screen of its own holds and shows; nil: no such screen.
    package var view: PaneExtent?
    /// How far help can be scrolled.
    package var help = PaneExtent(lines: 0, visible: 0)
    /// What there is to jump to, by pane.
    package var marks: [Pane: PaneMarks] = [:]
    /// The digest whose action was on it character by character; nil when none was.
    package var raw: Digest?
    /// The text to be copied that was on it.
    package var copy: CopyShown?
    /// The rows of a batch's list that were on it.
    package var batch: BatchShown?

    package init() {}
}

/// Lines of an item's action that were on the screen.
package struct LinesShown: Hashable, Sendable {
    package var item: ItemReference
    package var digest: Digest
    /// Which of the wrapped lines, from 0.
    package var lines: Range<Int>
    /// How many wrapped lines there are.
    package var total: Int
    /// How many characters of the action are not what they seem.
    package var hidden: Int
    /// How many bytes the display's limits leave out.
    package var notShown: Int

    package init(
        item: ItemReference,
        digest: Digest,
        lines: Range<Int>,
        total: Int,
        hidden: Int = 0,
        notShown: Int = 0
    ) {
        self.item = item
        self.digest = digest
        self.lines = lines
        self.total = total
        self.hidden = hidden
        self.notShown = notShown
    }
}

/// A sheet that was on the screen, complete.
package struct SheetShown: Hashable, Sendable {
    package var id: DecisionID
    /// ``ApproveSheet/generation`` when it was drawn.
    package var generation: Int

    package init(id: DecisionID, generation: Int) {
        self.id = id
        self.generation = generation
    }
}

/// Rows of the list of a batch that were on the screen.
package struct BatchShown: Hashable, Sendable {
    package var id: DecisionID
    /// Which rows, from 0.
    package var rows: Range<Int>
    /// How many rows the list has at this width.
    package var total: Int

    package init(id: DecisionID, rows: Range<Int>, total: Int) {
        self.id = id
        self.rows = rows
        self.total = total
    }
}
