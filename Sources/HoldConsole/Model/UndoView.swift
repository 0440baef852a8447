package import HoldCore

/// The undo chain on the screen, and what was ordered about it.
package struct UndoView: Hashable, Sendable {
    /// The workflow whose chain the cursor is in.
    package internal(set) var workflow: WorkflowKey?
    package internal(set) var cursor = ListCursor()
    /// Orders that were sent and not answered yet.
    package internal(set) var awaiting: [Steering] = []
    /// The cursor was put at the link that matters.
    var isPlaced = false
    /// What was typed as reason of orders that were not sent.
    private var drafts: [Draft] = []

    private struct Draft: Hashable, Sendable {
        let workflow: WorkflowKey
        let order: Steering.Order
        let reason: String
    }

    package init() {}

    /// Keeps the reason of a sheet that is closed without sending.
    mutating func keep(_ sheet: SteerSheet) {
        drafts.removeAll { $0.workflow == sheet.workflow && $0.order == sheet.order }
        guard !sheet.reason.isEmpty else { return }
        drafts.append(
            Draft(workflow: sheet.workflow, order: sheet.order, reason: sheet.reason.text)
        )
        if drafts.count > Self.draftsMax { drafts.removeFirst() }
    }

    func draft(of order: Steering.Order, _ workflow: WorkflowKey) -> String {
        drafts.first { $0.workflow == workflow && $0.order == order }?.reason ?? ""
    }

    private static let draftsMax = 20
}

/// What a person orders about a workflow or its undo chain, complete: it is sent once.
package struct Steering: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable, CaseIterable {
        /// Nothing of the workflow may start until resumed.
        case halt
        case resume
        /// Try the undo again at which the chain is held.
        case retry
        /// Say that it was undone by hand, with evidence.
        case resolve
        /// Leave the step as it is and go on; takes two people.
        case skip

        /// Whether it is about one link of the undo chain.
        package var isOfUndo: Bool { self == .retry || self == .resolve || self == .skip }
    }

    package enum Answer: Hashable, Sendable {
        /// It is recorded; where the link stands then, for an order about one.
        case done(UndoLink.State?)
        case refused(Turned)
        /// Nobody knows whether it counts; why, raw.
        case unknown(String)
    }

    package let id: DecisionID
    package let workflow: WorkflowKey
    /// The link that it is about; nil for halting and resuming.
    package let step: StepID?
    package let order: Order
    package let reason: String
}

/// The sheet of such an order.
package struct SteerSheet: Hashable, Sendable {
    package enum Focus: Hashable, Sendable { case reason, typed }

    package let id: DecisionID
    package let workflow: WorkflowKey
    package let agent: String
    package let order: Steering.Order
    /// The link as it was when the sheet opened; nil for halting and resuming.
    package let link: UndoLine?
    /// What has to be typed besides; nil: nothing.
    package let expected: String?
    package internal(set) var focus = Focus.reason
    package internal(set) var reason: TextField
    package internal(set) var typed = TextField(bytesMax: 1_024)
    /// Why it was not sent, in our words.
    package internal(set) var problem: String?
}
