import HoldCore
import HoldWire

/// The words of the core and of the wire are the same; a test holds them against each other.
func word<Word: RawRepresentable<String>>(
    _ other: some RawRepresentable<String>,
    else fallback: Word
) -> Word {
    Word(rawValue: other.rawValue) ?? fallback
}

extension WireItemState {
    init(_ state: ItemState) { self = word(state, else: .pendingReview) }
}

extension ItemState {
    init(_ state: WireItemState) { self = word(state, else: .pendingReview) }
}

extension WireMode {
    init(_ mode: Mode) { self = word(mode, else: .sync) }
}

extension WireRiskClass {
    init(_ risk: RiskClass) { self = word(risk, else: .high) }
}

extension WireWorkflowStatus {
    init(_ status: Workflow.Status) { self = word(status, else: .running) }
}

extension WireUndoState {
    init(_ state: UndoLink.State) { self = word(state, else: .recorded) }
}

extension WireDecision {
    init(_ decision: Decision) {
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
    init?(_ phase: UndoPhase) {
        switch phase {
        case .rolledBack: self = .rolledBack
        case .rolledBackWithExceptions: self = .rolledBackWithExceptions
        case .stuck: self = .rollbackBlocked
        case .idle, .quiescing, .unwinding: return nil
        }
    }
}
