package import HoldCore

/// The sheet that says one thing about many items.
package struct BatchSheet: Hashable, Sendable {
    package enum Stage: Hashable, Sendable {
        /// What could be done is listed; nothing can be confirmed.
        case overview
        /// Armed, then confirmed with another key, as for one item.
        case approving
        /// A reason is chosen, as for one item.
        case rejecting
    }

    package let id: DecisionID
    package internal(set) var stage = Stage.overview
    package internal(set) var approval: BatchPlan
    package internal(set) var rejection: BatchPlan
    package internal(set) var scroll = 0
    package let terms = ConfirmTerms.batch
    /// Where the approval is in ``SheetMachine``.
    package internal(set) var phase: SheetMachine.State = .opened
    /// When arming began; nil until the sheet has been painted.
    package internal(set) var armingSince: Moment?
    /// Counts up whenever arming starts anew, so that an old frame's report arms nothing.
    package internal(set) var generation = 0
    /// Which rows of the list have been on the screen.
    package internal(set) var seen = SeenRows()
    /// What was painted of the list last.
    var extent = PaneExtent(lines: 0, visible: 0)
    /// The reason that is being chosen; nil before that.
    package internal(set) var reasons: RejectSheet?

    /// What the sheet is about to do, or could do first.
    package var plan: BatchPlan { stage == .rejecting ? rejection : approval }

    /// The share of the arming that is over; 0…1.
    package func armed(at now: Moment) -> Double {
        if phase == .armed { return 1 }
        guard let armingSince, terms.arming > .zero else { return 0 }
        return min(1, max(0, now.since(armingSince).seconds / terms.arming.seconds))
    }

    /// How much of the arming is left.
    package func armingLeft(at now: Moment) -> Span {
        guard let armingSince else { return terms.arming }
        return max(.zero, armingSince.adding(terms.arming).since(now))
    }

    /// When the arming is over; nil while none runs.
    var armedAt: Moment? {
        guard stage == .approving, phase == .arming, let armingSince else { return nil }
        return armingSince.adding(terms.arming)
    }
}

/// Which rows of a list have been on the screen.
package struct SeenRows: Hashable, Sendable {
    private var isShown: [Bool] = []

    package init() {}

    /// Takes in what was painted; another number of rows starts anew.
    mutating func show(_ rows: Range<Int>, of total: Int) {
        let total = min(max(0, total), SeenLines.linesMax)
        if total != isShown.count { isShown = Array(repeating: false, count: total) }
        for row in rows.clamped(to: 0..<total) { isShown[row] = true }
    }

    /// How many have not been.
    package var missing: Int { isShown.count { !$0 } }
    /// Whether all have been.
    package var isAll: Bool { !isShown.isEmpty && missing == 0 }
}

extension ConfirmTerms {
    /// What it takes to approve many items at once: all of them are LOW.
    package static let batch = ConfirmTerms(
        arming: ConfirmTier.of(.low).arming,
        hold: ConfirmTier.of(.low).hold,
        typed: nil,
        goesAtOnce: false
    )
}
