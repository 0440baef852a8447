import HoldCore
import HoldJournal
import TestAccounts

/// What the journal says, worked out without the service's own rules: only semantics.
struct Model {
    /// One step, as far as its events tell.
    struct Step {
        enum Link { case recorded, started, failed, undone(UndoOutcome), skipped, resolved }

        var proposed: StepProposed
        var digest: Digest
        var undo: UndoPlan?
        var number: Int64?
        var deadline: Instant?
        var decided: ItemDecided?
        var began: StepBegan?
        var order = 0
        /// The items that it is undone with, by the rule and not by the record.
        var deps: Set<StepID> = []
        var finished: StepFinished?
        var isWithdrawn = false
        var isLeaseOver = false
        var link = Link.recorded
        var attempts = 0
        /// Reviews that came after the decision.
        var lateReviews = 0

        var isUndoable: Bool {
            guard case .recorded = link else { return false }
            return began != nil && undo != nil && finished?.outcome != .notStarted
        }

        var isInFlight: Bool { began != nil && finished == nil && !isLeaseOver }
    }

    /// One workflow.
    struct Flow {
        var steps: [StepID: Step] = [:]
        var pending: Set<StepID> = []
        /// What is still to be undone, newest first.
        var plan: [StepID] = []
        var causes: [StepID] = []
        var isUnwinding = false
        var exceptions: [StepID]?
        /// Rejected items, and how many steps had begun by then.
        var dead: [StepID: Int] = [:]
        var begun = 0
        /// The plan that the rejection just read must be followed by.
        var owed: (cause: StepID, steps: [StepID])?
        var outcome: String?
        /// Undone for certain by an executor, in order.
        var undone: [StepID] = []
        var isHalted = false
        var halts = 0
        var unwinds = 0
    }

    private(set) var flows: [WorkflowKey: Flow] = [:]
    private(set) var numbers: Set<Int64> = []
    private(set) var events = 0
    /// How many events of each name there were.
    private(set) var counts: [String: Int] = [:]

    func step(_ workflow: String, _ step: String) -> Step? {
        flows[WorkflowKey(workflow)]?.steps[StepID(step)]
    }

    /// Workflows in which something is pending or being undone.
    var unsettled: [WorkflowKey] {
        flows.filter { !$0.value.pending.isEmpty || $0.value.isUnwinding }.map(\.key).sorted()
    }

    /// Takes the next event in.
    ///
    /// - Throws: ``Violation`` when it may not follow what was before.
    mutating func take(_ entry: Entry) throws {
        let event: Event
        do {
            event = try Event(type: entry.type, data: entry.data)
        } catch {
            throw Violation("event \(entry.seq) (\(entry.type)) cannot be read: \(error)")
        }
        events += 1
        counts[entry.type, default: 0] += 1
        do {
            // All agents here are of one account: an id alone tells their workflows apart.
            let workflow = WorkflowKey(entry.workflow.text)
            try flows[workflow, default: Flow()].take(event, at: entry.at)
        } catch let violation as Violation {
            throw Violation(
                "event \(entry.seq) (\(entry.type)) of \(entry.workflow.text): \(violation)"
            )
        }
        if case .itemOpened(let data) = event {
            guard numbers.insert(data.number).inserted else {
                throw Violation("event \(entry.seq): two items have the number \(data.number)")
            }
        }
    }

    /// What must hold wherever the journal ends.
    func checkEnd() throws {
        for (id, flow) in flows {
            if let owed = flow.owed {
                throw Violation(
                    "\(id.text): \(owed.cause.text) was rejected and the plan to undo"
                        + " \(owed.steps.map(\.text)) is not in the same commit"
                )
            }
        }
    }
}
