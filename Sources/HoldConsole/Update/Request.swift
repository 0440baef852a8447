package import HoldCore

/// Something that the console wants done; it never does anything itself.
package enum Request: Hashable, Sendable {
    /// Follow this part of the queue instead of any other.
    case subscribe(QueueQuery)
    /// Read an item; always answered, with ``Message/detailLoaded(_:)`` or
    /// ``Message/detailFailed(_:_:)``.
    case loadDetail(ItemReference)
    /// These may be wanted next; reading them now is worth it only while nothing else is to do.
    case expectDetails([ItemReference])
    /// Say this about an item. Asked once for each verdict, never again.
    case decide(Verdict)
    /// Say all of this together, in one transaction; each is asked once, never again.
    case decideAll([Verdict])
    /// Look for the item of a number, answer with ``Message/numberFound(_:)`` or
    /// ``Message/numberNotFound(_:_:)``.
    case findNumber(Int64)
    /// Ask the next tier.
    case escalate(Verdict)
    /// Stop new permits of a workflow.
    case halt(WorkflowKey, reason: String)
    /// Read the item, to learn what became of a decision that was never answered.
    case askOutcome(DecisionID, ItemReference)
    /// Read a workflow; always answered, with ``Message/workflowLoaded(_:)`` or
    /// ``Message/workflowFailed(_:_:)``.
    case loadWorkflow(WorkflowKey)
    /// Order this about a workflow or its undo. Asked once, always answered, never asked again.
    case steer(Steering)
    /// Read a part of the journal; always answered, with ``Message/historyLoaded(_:)`` or
    /// ``Message/historyFailed(_:_:)``.
    case loadHistory(HistoryQuery)
    /// Check the journal's chain; always answered, with ``Message/historyChecked(_:)``.
    case checkHistory
    case retryConnection
    /// Tell colleagues something, or read what a view shows; always answered, with
    /// ``Message/shift(_:)``.
    case shift(ShiftRequest)

    /// Run `$EDITOR` on a file with this text, answer with ``Message/editorReturned(_:_:)``.
    case openEditor(EditorJob)
    /// Run `$PAGER` on this text.
    case openPager(SafeText)
    /// Drop keys that were typed and not read yet.
    case flushInput
    /// Paint everything anew.
    case redraw
    case bell
    /// Our own words and numbers only.
    case setTitle(Title)
    /// Tell the person outside the screen too: our own words and numbers only.
    case notify(Title)
    /// Take the mouse from the terminal, or give it back.
    case mouse(Bool)
    case suspend
    case quit
    /// Put this into the terminal's clipboard; it was on the screen before.
    case copy(SafeText)
}

/// A text that a person edits in `$EDITOR`.
package struct EditorJob: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        /// The arguments of the item, as JSON.
        case arguments
        /// The note of a rejection.
        case note
    }

    package let purpose: Purpose
    package let target: Target
    /// The arguments as they were shown.
    package let arguments: JSONValue?
    /// The file's content to begin with.
    package let text: String
}
