#if PlantedFaults
    /// A fault built in on purpose, to show that the simulator finds it.
    ///
    /// There is none of this in an ordinary build: the package trait `PlantedFaults` compiles it in, and
    /// even then nothing is faulty before one is chosen.
    package enum PlantedFault: String, CaseIterable, Sendable {
        /// Answers are given although the commit failed.
        case answerBeforeCommit = "answer-before-commit"
        /// A batch is appended whatever version it was decided on.
        case noCompareAndSet = "no-compare-and-set"
        /// A commit that returned an error is taken for one that did not happen.
        case trustCommitError = "trust-commit-error"
        /// Executors: undoing what was never done leaves no mark.
        case noMark = "no-mark"
        /// Deadlines follow the wall clock.
        case wallClockTimer = "wall-clock-timer"
        /// Undo runs oldest first.
        case forwardOrder = "forward-order"
        /// What is in flight is left out of the unwind.
        case skipInFlight = "skip-in-flight"
        /// Everything since the gate is undone, whatever it depends on.
        case undoEverythingSince = "undo-everything-since"
        /// New work may start while a chain unwinds.
        case noFreeze = "no-freeze"
        /// An undo is recorded as undone before its executor answers.
        case undoneBeforeReply = "undone-before-reply"
        /// The key of an undo changes with each attempt.
        case noDeduplication = "no-deduplication"
        /// Items that depend on a rejected one stay open.
        case dependentsStayOpen = "dependents-stay-open"
        /// A reply is taken for that of whatever undo runs now.
        case uncorrelatedReplies = "uncorrelated-replies"

        /// The one that is active in this task; nil: none.
        @TaskLocal package static var active: PlantedFault?
    }
#endif
