/// A fact about one workflow, in the past tense.
///
/// The journal is the ordered list of these; state is derived from it and from nothing else (I17).
public enum Event: Sendable, Hashable {
    case workflowOpened(WorkflowOpened)
    case workflowFinished(WorkflowFinished)
    case workflowHalted(Reasoned)
    case workflowResumed(Reasoned)
    case checkpointSaved(CheckpointSaved)

    case stepProposed(StepProposed)
    case stepBegan(StepBegan)
    case stepFinished(StepFinished)
    case stepWithdrawn(StepReasoned)
    /// An in-flight step will report no more: its permit's time is over, or a person said so.
    case leaseEnded(StepNamed)

    case itemOpened(ItemOpened)
    case itemReviewed(ItemReviewed)
    case itemModified(ItemModified)
    case itemDecided(ItemDecided)
    case itemEscalated(ItemEscalated)
    case itemWarned(StepNamed)
    /// A review that came after the decision: kept, and without any effect.
    case lateReviewNoted(ItemReviewed)

    /// What reviewers tell each other about an item.
    case itemClaimed(ItemClaimed)
    case itemReleased(StepNamed)
    case itemSnoozed(ItemSnoozed)
    case itemNoted(ItemNoted)

    case unwindPlanned(UnwindPlanned)
    case undoStarted(UndoStarted)
    case undone(UndoneLink)
    case undoFailed(UndoFailed)
    case undoStuck(UndoStuck)
    case undoRetried(StepReasoned)
    /// One of the two people that a skip needs has agreed.
    case undoSkipAgreed(StepReasoned)
    case undoSkipped(StepReasoned)
    case undoResolved(StepReasoned)
    case unwindEnded(UnwindEnded)

    /// Facts of the control workflow: what may not start anywhere, or for one account or agent.
    case everythingHalted(Reasoned)
    case everythingResumed(Reasoned)
    case accountHalted(AccountReasoned)
    case accountResumed(AccountReasoned)
    case agentHalted(AgentReasoned)
    case agentResumed(AgentReasoned)

    /// A fact of the control workflow: what a person wrote for whoever comes next.
    case shiftNoted(ShiftNoted)

    /// Facts of the control workflow: proofs of undos, without an incident.
    case drillStarted(DrillStarted)
    case drillPassed(DrillPassed)
    case drillFailed(DrillFailed)
}
