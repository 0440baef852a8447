package import HoldCore

/// What became of each item of the last batch.
package struct BatchResults: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// Sent and not answered.
        case sent
        case recorded(ItemState)
        case refused(Turned)
        /// No answer came: it is asked for, not sent again.
        case unknown
        /// The service was asked: it does not have it.
        case notRecorded
    }

    package struct Row: Hashable, Sendable {
        package let id: DecisionID
        package let target: Target
        package internal(set) var outcome = Outcome.sent
    }

    package let kind: Verdict.Kind
    package internal(set) var rows: [Row]
    /// The list on the screen.
    package internal(set) var scroll = 0

    init(_ verdicts: [Verdict]) {
        kind = verdicts.first?.kind ?? .approve
        rows = verdicts.map { Row(id: $0.id, target: $0.target) }
    }

    /// Writes down what became of one; whether it is in this batch.
    mutating func note(_ id: DecisionID, _ outcome: Outcome) -> Bool {
        guard let index = rows.firstIndex(where: { $0.id == id }) else { return false }
        rows[index].outcome = outcome
        return true
    }

    package var recorded: Int { count { if case .recorded = $0 { true } else { false } } }
    package var refused: Int { count { if case .refused = $0 { true } else { false } } }
    package var open: Int { count { $0 == .sent || $0 == .unknown } }
    package var lost: Int { count { $0 == .notRecorded } }

    private func count(_ fits: (Outcome) -> Bool) -> Int { rows.count { fits($0.outcome) } }
}
