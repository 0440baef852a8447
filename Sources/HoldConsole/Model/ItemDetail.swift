package import HoldCore

/// Everything about one item.
///
/// Texts of agents are raw: only the display filter makes them drawable.
package struct ItemDetail: Hashable, Sendable {
    package var item: QueueItem
    /// What will run if this digest is approved.
    package var arguments: JSONValue
    /// What the agent proposed.
    package var proposedArguments: JSONValue
    /// What undoes it; nil when nothing does.
    package var undoOperation: String?
    package var undoArguments: JSONValue?
    package var context: [ContextPart]
    package var policy: [PolicyPart]
    /// The workflow's undo chain, newest first.
    package var undoChain: [UndoLine]
    /// What happened to the item, oldest first.
    package var history: [HistoryLine]
    /// The steps that a rejection would undo now, newest first.
    package var wouldUndo: [UndoPreviewLine]
    /// The other pending items that a rejection would withdraw.
    package var wouldWithdraw: [ItemReference]
    package var modify: ModifyMode
    package var dependsOn: [StepID]
    /// The names of the escalation path's tiers, in order; empty when they are not known.
    package var tiers: [String]

    /// Puts the parts together.
    package init(
        item: QueueItem,
        arguments: JSONValue,
        proposedArguments: JSONValue? = nil,
        undoOperation: String? = nil,
        undoArguments: JSONValue? = nil,
        context: [ContextPart] = [],
        policy: [PolicyPart] = [],
        undoChain: [UndoLine] = [],
        history: [HistoryLine] = [],
        wouldUndo: [UndoPreviewLine] = [],
        wouldWithdraw: [ItemReference] = [],
        modify: ModifyMode = .direct,
        dependsOn: [StepID] = [],
        tiers: [String] = []
    ) {
        self.item = item
        self.arguments = arguments
        self.proposedArguments = proposedArguments ?? arguments
        self.undoOperation = undoOperation
        self.undoArguments = undoArguments
        self.context = context
        self.policy = policy
        self.undoChain = undoChain
        self.history = history
        self.wouldUndo = wouldUndo
        self.wouldWithdraw = wouldWithdraw
        self.modify = modify
        self.dependsOn = dependsOn
        self.tiers = tiers
    }
}

/// One thing that the agent shows to explain itself.
package struct ContextPart: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case text, markdown, diff, json, log, table
    }

    package var kind: Kind
    package var title: String?
    package var body: JSONValue

    package init(kind: Kind, title: String? = nil, body: JSONValue) {
        self.kind = kind
        self.title = title
        self.body = body
    }
}

/// One link of an undo chain.
package struct UndoLine: Hashable, Sendable {
    package var step: StepID
    package var action: String
    /// What undoes it; nil when nothing does.
    package var operation: String?
    package var state: UndoLink.State
    package var attempts: Int
    /// What the last failed attempt said, raw.
    package var error: String?
    /// The step may never have taken effect.
    package var isInDoubt: Bool
    package var nextAttemptAt: Instant?
    /// What the executor adds, raw.
    package var detail: String?
    /// Who agreed to skip it, while a second person is awaited.
    package var skipAgreedBy: String?
    /// Who ended it by hand.
    package var closedBy: String?
    /// What that person gave as reason or evidence, raw.
    package var evidence: String?

    package init(
        step: StepID,
        action: String,
        operation: String?,
        state: UndoLink.State,
        attempts: Int = 0,
        error: String? = nil,
        isInDoubt: Bool = false,
        nextAttemptAt: Instant? = nil
    ) {
        self.step = step
        self.action = action
        self.operation = operation
        self.state = state
        self.attempts = attempts
        self.error = error
        self.isInDoubt = isInDoubt
        self.nextAttemptAt = nextAttemptAt
    }
}

/// One step that a rejection would undo.
package struct UndoPreviewLine: Hashable, Sendable {
    package var step: StepID
    package var action: String
    package var operation: String?
    /// How long ago the step began.
    package var age: Span
    /// When its undo was last proven; nil: never.
    package var provenAt: Instant?
    package var isInDoubt: Bool

    package init(
        step: StepID,
        action: String,
        operation: String?,
        age: Span,
        provenAt: Instant? = nil,
        isInDoubt: Bool = false
    ) {
        self.step = step
        self.action = action
        self.operation = operation
        self.age = age
        self.provenAt = provenAt
        self.isInDoubt = isInDoubt
    }
}

/// One thing that happened to an item.
package struct HistoryLine: Hashable, Sendable {
    package var at: Instant
    /// The account's name; nil for the service itself.
    package var user: String?
    /// A word of the audit, such as `human_approve`.
    package var what: String
    package var reason: String?
    /// False: it came too late and changed nothing.
    package var hadEffect: Bool

    package init(
        at: Instant,
        user: String?,
        what: String,
        reason: String? = nil,
        hadEffect: Bool = true
    ) {
        self.at = at
        self.user = user
        self.what = what
        self.reason = reason
        self.hadEffect = hadEffect
    }
}
