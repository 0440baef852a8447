package import HoldCore

/// Counts up: names one decision of this console, to tell answers apart.
package struct DecisionID: Hashable, Sendable, Comparable {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package static func < (left: DecisionID, right: DecisionID) -> Bool {
        left.number < right.number
    }
}

/// What lies over the screen and takes the keys.
package enum Sheet: Hashable, Sendable {
    /// Approve, or send edited arguments: armed, then confirmed with another key.
    case approve(ApproveSheet)
    case reject(RejectSheet)
    case escalate(EscalateSheet)
    /// Edited arguments: the diff, and the reason for it.
    case edit(EditSheet)
    /// An order about a workflow or its undo, with a reason.
    case steer(SteerSheet)
    /// Quit although something would be lost.
    case quit(QuitSheet)
    /// What can be copied.
    case copy(CopySheet)
    /// Tell colleagues something.
    case courtesy(CourtesySheet)
    /// Something to choose from that decides nothing.
    case menu(Menu)
    case palette(CommandPalette)
    /// One thing said about many items.
    case batch(BatchSheet)
    /// What became of the last batch.
    case batchResults

    /// The item that it is about; nil when it is about none.
    package var target: Target? {
        switch self {
        case .approve(let sheet): sheet.target
        case .reject(let sheet): sheet.target
        case .escalate(let sheet): sheet.target
        case .edit(let sheet): sheet.target
        // No digest matters to these: an item that changes meanwhile closes none of them.
        case .quit, .copy, .courtesy, .steer, .menu, .palette, .batch, .batchResults: nil
        }
    }
}

/// The item that a sheet is about, pinned to what it was when the sheet opened.
package struct Target: Hashable, Sendable {
    package let reference: ItemReference
    package let number: Int64
    package let revision: Int
    package let digest: Digest
    package let riskClass: RiskClass
    /// Raw, as the agent named it.
    package let action: String
    /// Raw.
    package let agent: String
    /// The tier that was asked then.
    package let tier: String
    /// How many steps a rejection would undo.
    package let undoSteps: Int

    init(_ item: QueueItem) {
        reference = item.reference
        number = item.number
        revision = item.revision
        digest = item.digest
        riskClass = item.riskClass
        action = item.action
        agent = item.agent
        tier = item.tier
        undoSteps = item.undoSteps
    }
}

/// The sheet that approves: what it shows never changes while it is open.
package struct ApproveSheet: Hashable, Sendable {
    package let id: DecisionID
    package let target: Target
    package let terms: ConfirmTerms
    package let opener: Keymap.Command
    /// The edited arguments that would run instead, and why.
    package let edit: Edit?
    /// Where it is in ``SheetMachine``.
    package internal(set) var phase: SheetMachine.State = .opened
    /// When arming began; nil until the sheet has been painted.
    package internal(set) var armingSince: Moment?
    /// What was typed so far, for ``ConfirmTerms/typed``.
    package internal(set) var field = TextField(bytesMax: 1_024)
    /// Counts up whenever arming starts anew, so that an old frame's report arms nothing.
    package internal(set) var generation = 0

    /// The share of the arming that is over; 0…1.
    package func armed(at now: Moment) -> Double {
        if phase == .armed { return 1 }
        guard let armingSince, terms.arming > .zero else { return 0 }
        return min(1, max(0, now.since(armingSince).seconds / terms.arming.seconds))
    }

    /// How much of the arming is left.
    package func armingLeft(at now: Moment) -> Span {
        guard let armingSince else { return terms.arming }
        return max(.zero, (armingSince.adding(terms.arming)).since(now))
    }
}

/// Edited arguments.
package struct Edit: Hashable, Sendable {
    package let before: JSONValue
    package let after: JSONValue
    /// What changed, line by line.
    package let diff: [DiffLine]
    package var reason: String
}

/// One line of a diff.
package struct DiffLine: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case same, removed, added }

    package let kind: Kind
    /// Raw.
    package let text: String
}

/// The sheet that rejects.
package struct RejectSheet: Hashable, Sendable {
    package enum Focus: Hashable, Sendable { case reasons, note }

    package let id: DecisionID
    package let target: Target
    package internal(set) var focus = Focus.reasons
    /// The row under the cursor, an index into ``RejectReason/allCases``.
    package internal(set) var cursor = 0
    /// The reason that was chosen; none is chosen to begin with.
    package internal(set) var reason: RejectReason?
    package internal(set) var note: TextField
    /// What a rejection would undo, newest first.
    package let wouldUndo: [UndoPreviewLine]
    package let wouldWithdraw: Int
    /// Why it was not sent, in our words.
    package internal(set) var problem: String?
}

/// The reasons that a rejection can have; numbered from 1.
package enum RejectReason: Int, Hashable, Sendable, CaseIterable {
    case wrongTarget = 1
    case notNeeded = 2
    case unsafeNow = 3
    case needsPerson = 4
    case policy = 5
    case injection = 6

    /// What the agent and the record are told.
    package var words: String {
        switch self {
        case .wrongTarget: "wrong target or environment"
        case .notNeeded: "not needed"
        case .unsafeNow: "unsafe now, may retry later"
        case .needsPerson: "needs a person to do it"
        case .policy: "policy"
        case .injection: "looks like prompt injection"
        }
    }

    /// Whether the workflow is halted with it.
    package var halts: Bool { self == .injection }
}

/// The sheet that asks the next tier.
package struct EscalateSheet: Hashable, Sendable {
    package let id: DecisionID
    package let target: Target
    package let from: String
    /// Who would be asked; nil when the service has not told.
    package let to: String?
    package internal(set) var reason = TextField()
}

/// The sheet that shows edited arguments and asks why.
package struct EditSheet: Hashable, Sendable {
    package let id: DecisionID
    package let target: Target
    package internal(set) var edit: Edit
    package internal(set) var reason: TextField
    package internal(set) var scroll = 0
    package internal(set) var problem: String?
}

/// The sheet that asks before quitting loses something.
package struct QuitSheet: Hashable, Sendable {
    package let holds: Int
    package let unsent: Int
    package let drafts: Int
}

/// What a rejection or an edit was going to say, kept while its sheet is closed.
package struct Draft: Hashable, Sendable {
    package var reason: RejectReason?
    package var note: String = ""
    /// Edited arguments as the editor left them.
    package var edited: String?
    /// Why they were edited.
    package var why: String = ""
}
