/// One run of one agent: its steps, items, undo chain and depth.
///
/// The one aggregate.
///
/// ``decide(_:by:at:under:)`` is the one place for rules; ``evolve(_:at:by:)`` the one place where state
/// changes. Both are pure.
public struct Workflow: Sendable, Hashable {
    /// The account that it belongs to, and the agent's own id of this run.
    public let id: WorkflowKey
    /// How many events it is the fold of.
    public internal(set) var version: Int = 0
    /// nil before the first event.
    public internal(set) var agent: AgentIdentity?
    /// What the run is about, in the agent's words.
    public internal(set) var title: String?
    /// What the agent labels the run with.
    public internal(set) var labels: JSONValue?
    /// When it was opened.
    public internal(set) var openedAt: Instant?
    /// When its newest event happened.
    public internal(set) var updatedAt: Instant?
    /// How it ended.
    public internal(set) var outcome: String?
    /// Who halted it, and why; nil when it may run.
    public internal(set) var halt: Halt?
    /// The newest checkpoint.
    public internal(set) var checkpoint: Checkpoint?
    /// In the order in which they were proposed.
    public internal(set) var steps: [Step] = []
    /// Its undo chain.
    public internal(set) var chain = UndoChain()
    /// The most exposed steps that the workflow may have; at least 1.
    public internal(set) var depthLimit = 0
    /// Halts that hold everywhere or for one agent; only the control workflow has any.
    public internal(set) var halts = Halts()
    /// The newest notes of shifts, oldest first; only the control workflow has any.
    public internal(set) var shiftNotes: [Note] = []
    /// Drills by operation; only the control workflow has any.
    public internal(set) var drills: [String: Drills] = [:]
    var index: [StepID: Int] = [:]
    var begun = 0

    /// A workflow that nothing has happened to yet.
    public init(id: WorkflowKey) { self.id = id }

    /// The newest checkpoint: where it is stored, and what it belongs to.
    public struct Checkpoint: Sendable, Hashable {
        /// The blob that holds it.
        public var blob: Digest
        /// The step.
        public var step: StepID?
        /// When it was saved.
        public var savedAt: Instant
    }

    /// The workflow whose events say what is halted everywhere or for one agent.
    ///
    /// No agent can name it: its id holds a character that ids on the wire may not have.
    public static let control = WorkflowKey(account: .service, text: "\u{0}control")
}

/// One use of the stop button: nothing starts there until a person resumes it.
public struct Halt: Sendable, Hashable {
    /// Why, in the person's own words.
    public var reason: String
    /// The account's name.
    public var by: String
    /// When, in the journal's time.
    public var at: Instant
}

/// What may not start, beyond single workflows (I20).
public struct Halts: Sendable, Hashable {
    /// Who halted everything, and why; nil when it is not.
    public internal(set) var everything: Halt?
    /// The same, by the name that the manifest gives an agent.
    public internal(set) var agents: [String: Halt] = [:]
    /// The same, by account.
    public internal(set) var accounts: [Account: AccountHalt] = [:]

    /// Nothing is halted.
    public init() {}
}

/// A halt of everything that one account does, whatever name its agents take.
public struct AccountHalt: Sendable, Hashable {
    /// The account's name.
    public var user: String
    /// Who halted it, and why.
    public var halt: Halt
}

extension Workflow {
    /// The step of this id.
    public func step(_ id: StepID) -> Step? { index[id].map { steps[$0] } }

    /// Where its undo chain stands.
    public var phase: UndoPhase {
        if chain.isRunning {
            if chain.isStuck { return .stuck }
            return head.flatMap { step($0) }?.isInFlight == true ? .quiescing : .unwinding
        }
        guard let exceptions = chain.exceptions else { return .idle }
        return exceptions.isEmpty ? .rolledBack : .rolledBackWithExceptions
    }

    /// The link at which the running plan stands: the one begun and not closed, else the newest one
    /// not closed.
    ///
    /// A plan that was extended with newer steps still ends first what it began (I7).
    public var head: StepID? {
        guard chain.isRunning else { return nil }
        let open = chain.plan.filter { step($0)?.link.isClosed == false }
        return open.first { step($0)?.link.state != .recorded } ?? open.first
    }

    /// The items that wait for a decision, in the order of their steps.
    public var pendingItems: [StepID] {
        steps.filter { $0.item?.state.isPending == true }.map(\.id)
    }

    /// The steps that would be undone if every pending item were rejected now, newest first.
    public var exposedSteps: [StepID] {
        let pending = Set(pendingItems)
        guard !pending.isEmpty else { return [] }
        return newestFirst(
            steps.filter { $0.isUndoable && !$0.deps.isDisjoint(with: pending) }
        )
    }

    /// The async depth: how many steps are exposed.
    public var depth: Int { exposedSteps.count }

    /// What a rejection of this item would undo now, newest first (I8).
    public func unwindSet(rejecting item: StepID) -> [StepID] {
        #if PlantedFaults
            if PlantedFault.active == .undoEverythingSince {
                let gate = steps.firstIndex { $0.id == item } ?? 0
                return newestFirst(steps.dropFirst(gate).filter(\.isUndoable))
            }
            if PlantedFault.active == .skipInFlight {
                return newestFirst(
                    steps.filter { $0.isUndoable && $0.deps.contains(item) && !$0.isInFlight }
                )
            }
        #endif
        return newestFirst(steps.filter { $0.isUndoable && $0.deps.contains(item) })
    }

    /// The steps that can still be reversed or were part of an unwind, newest first.
    public var undoChain: [Step] {
        steps.filter { $0.permit != nil && $0.undo != nil && $0.outcome != .notStarted }
            .sorted { ($0.beganOrder ?? 0) > ($1.beganOrder ?? 0) }
    }

    func newestFirst(_ steps: [Step]) -> [StepID] {
        #if PlantedFaults
            if PlantedFault.active == .forwardOrder {
                return steps.sorted { ($0.beganOrder ?? 0) < ($1.beganOrder ?? 0) }.map(\.id)
            }
        #endif
        return steps.sorted { ($0.beganOrder ?? 0) > ($1.beganOrder ?? 0) }.map(\.id)
    }

    /// In one word, for lists of workflows.
    public var status: Status {
        switch phase {
        case .stuck: return .stuck
        case .quiescing, .unwinding: return .unwinding
        case .idle, .rolledBack, .rolledBackWithExceptions: break
        }
        if outcome != nil { return .finished }
        if halt != nil { return .halted }
        return steps.contains { waits($0) } ? .waiting : .running
    }

    /// A workflow in one word.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        case running, waiting, unwinding, stuck, halted, finished
    }

    /// Whether a step waits for leave to run without an open item of its own: for others' items, or for
    /// the depth to fall.
    public func isParked(_ step: Step) -> Bool {
        waits(step) && step.item?.state.isPending != true
    }

    /// Whether a step is proposed and neither begun nor over.
    func waits(_ step: Step) -> Bool {
        guard step.permit == nil, !step.isWithdrawn else { return false }
        switch step.item?.state {
        case nil, .pendingReview, .modified: return true
        case .approved: return !step.isLeaseOver
        case .rejected, .timeout, .withdrawn: return false
        }
    }
}
