/// The drills of one operation, as the record has them.
public struct Drills: Sendable, Hashable {
    /// The one that runs now; nil when none does.
    public internal(set) var running: Running?
    /// How the newest one that has ended ended; nil before that.
    public internal(set) var last: Outcome?
    /// How many have failed since one passed.
    public internal(set) var failures = 0

    /// A drill that has begun and not ended.
    public struct Running: Sendable, Hashable {
        /// Its step, as its executor is told.
        public var step: StepID
        /// Its own key.
        public var key: String
        /// When it began.
        public var startedAt: Instant
    }

    /// How a drill ended.
    public struct Outcome: Sendable, Hashable {
        /// Its own key.
        public var key: String
        /// When it began.
        public var startedAt: Instant
        /// When it ended; for one that passed, when the undo was proven.
        public var endedAt: Instant
        /// What went wrong; nil when it passed.
        public var error: String?
        /// What the executor adds.
        public var detail: String?
        /// Whether the service stopped in the middle of it.
        public var isLost: Bool
    }
}

extension Drills {
    mutating func end(
        _ key: String,
        at now: Instant,
        error: String? = nil,
        detail: String? = nil,
        isLost: Bool = false
    ) {
        last = Outcome(
            key: key,
            startedAt: running?.startedAt ?? now,
            endedAt: now,
            error: error,
            detail: detail,
            isLost: isLost
        )
        running = nil
        // A drill that was cut short says nothing of the undo.
        if error == nil { failures = 0 } else if !isLost { failures += 1 }
    }
}

extension Workflow {
    /// The workflow that an executor is told a drill belongs to; no agent can have one of this name.
    public static let drill = WorkflowKey(account: .service, text: "holdshort:drill")

    /// The operation whose drill runs now, and that drill; nil when none does.
    ///
    /// There is at most one at a time.
    public var runningDrill: (operation: String, drill: Drills.Running)? {
        drills.lazy.compactMap { name, drills in drills.running.map { (name, $0) } }.first
    }
}
