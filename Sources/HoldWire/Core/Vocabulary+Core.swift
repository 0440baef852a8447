package import HoldCore

/// The words of the core and of the wire are the same; a test holds them against each other.
package func word<Word: RawRepresentable<String>>(
    _ other: some RawRepresentable<String>,
    else fallback: Word
) -> Word {
    Word(rawValue: other.rawValue) ?? fallback
}

extension WireItemState {
    package init(_ state: ItemState) { self = word(state, else: .pendingReview) }
}

extension ItemState {
    package init(_ state: WireItemState) { self = word(state, else: .pendingReview) }
}

extension WireMode {
    package init(_ mode: Mode) { self = word(mode, else: .sync) }
}

extension WireRiskClass {
    package init(_ risk: RiskClass) { self = word(risk, else: .high) }
}

extension WireWorkflowStatus {
    package init(_ status: Workflow.Status) { self = word(status, else: .running) }
}

extension WireUndoState {
    package init(_ state: UndoLink.State) { self = word(state, else: .recorded) }
}

extension WireDecision {
    package init(_ decision: Decision) {
        self.init(
            outcome: word(decision.outcome, else: .rejected),
            modified: decision.modified,
            reviewedBy: decision.reviewedBy,
            reviewedAt: decision.reviewedAt,
            reason: decision.reason,
            digest: decision.digest,
            tier: decision.tier
        )
    }
}

extension WireRollback {
    /// How the last unwind ended, or that it cannot go on; nil when there was none.
    package init?(_ phase: UndoPhase) {
        switch phase {
        case .rolledBack: self = .rolledBack
        case .rolledBackWithExceptions: self = .rolledBackWithExceptions
        case .stuck: self = .rollbackBlocked
        case .idle, .quiescing, .unwinding: return nil
        }
    }
}
