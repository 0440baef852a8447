#if FAILPOINTS
    package import HoldCore

    /// What a commit makes durable, as far as a crash beside it could tell the difference.
    ///
    /// A pure classification of events; a batch stands at every point that any of its events stands
    /// at. In this design a permit is given by `step_began` (``begin``) and spent when the run is
    /// reported, or ends by itself with its lease: both of these are the permit's end
    /// (``permitEnd``), so that a `step_finished` stands at two points.
    package enum PersistencePoint: String, Sendable, Hashable, CaseIterable {
        /// A step, its gate and its checkpoint are recorded.
        case submit = "P0"
        /// A step begins: its permit is given, what it is undone with is fixed.
        case begin = "P1"
        /// An agent reports a run, or the end of its workflow.
        case result = "P2"
        /// A person or a deadline moves an item on, up to its decision and the plan of the unwind.
        case decision = "P3"
        /// An undo is about to be called.
        case undoStart = "P4"
        /// What an undo came to.
        case undoResult = "P5"
        /// Nothing of a plan is left to undo.
        case unwindEnd = "P6"
        /// A person steers a chain, presses the stop button, or tells colleagues something.
        case operatorAct = "P7"
        /// A permit is used up: by a report of the run, or by the end of its lease.
        case permitEnd = "P8"

        /// The points at which a batch of these events stands.
        package static func points(of events: some Sequence<Event>) -> Set<PersistencePoint> {
            events.reduce(into: []) { points, event in points.formUnion(of(event)) }
        }

        private static func of(_ event: Event) -> Set<PersistencePoint> {
            switch event {
            case .workflowOpened, .checkpointSaved, .stepProposed, .itemOpened: [.submit]
            case .stepBegan: [.begin]
            case .stepFinished(let data):
                data.outcome == .notStarted ? [.result] : [.result, .permitEnd]
            case .workflowFinished: [.result]
            case .leaseEnded: [.permitEnd]
            case .itemReviewed, .itemModified, .itemDecided, .itemEscalated, .itemWarned,
                .lateReviewNoted, .stepWithdrawn, .unwindPlanned:
                [.decision]
            case .undoStarted, .drillStarted: [.undoStart]
            case .undone, .undoFailed, .undoStuck, .drillPassed, .drillFailed: [.undoResult]
            case .unwindEnded: [.unwindEnd]
            case .undoRetried, .undoSkipAgreed, .undoSkipped, .undoResolved, .workflowHalted,
                .workflowResumed, .everythingHalted, .everythingResumed, .accountHalted,
                .accountResumed, .agentHalted, .agentResumed, .itemClaimed, .itemReleased,
                .itemSnoozed, .itemNoted, .shiftNoted:
                [.operatorAct]
            }
        }
    }
#endif
