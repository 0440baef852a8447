import HoldCore

extension Words {
    /// A step among the steps of its workflow: without the workflow's name, where it begins with
    /// that, so that a narrow column keeps what tells one step from another.
    static func step(_ step: StepID, of workflow: WorkflowKey) -> SafeText {
        let (whole, start) = (step.text.utf8, workflow.text.utf8)
        guard whole.starts(with: start), whole.dropFirst(start.count).first == UInt8(ascii: "/"),
            whole.count > start.count + 1
        else { return name(step.text) }
        return name(String(whole.dropFirst(start.count)) ?? step.text)
    }
}

/// What is said of a step in few words.
extension WorkflowStep {
    var modeWord: SafeText {
        switch mode {
        case .autonomous: "auto"
        case .async: "async"
        case .sync: "sync"
        }
    }

    var modeWords: SafeText {
        switch mode {
        case .autonomous: "autonomous: nobody is asked"
        case .async: "async: reviewed while it runs"
        case .sync: "sync: the agent waits"
        }
    }

    var stateWords: SafeText {
        if isParked { return "PARKED" }
        switch state {
        case nil: return "no gate"
        case .pendingReview: return number.map { "waits #\($0)" } ?? "waits"
        case .modified: return number.map { "edited #\($0)" } ?? "edited"
        case .approved: return decision?.modified == true ? "approved ed." : "approved"
        case .rejected: return "rejected"
        case .timeout: return "EXPIRED"
        case .withdrawn: return "withdrawn"
        }
    }

    var stateStyle: Style {
        let ink = Ink.panel
        if isParked { return ink(.warn, .bold) }
        switch state {
        case .pendingReview, .modified: return ink(.pending, .bold)
        case .rejected, .timeout: return ink(.danger)
        case .approved: return ink.text
        case nil, .withdrawn: return ink.muted
        }
    }

    /// Whether it ran and how it ended.
    func runWords(at now: Instant) -> SafeText {
        RunWords(outcome, began: beganAt, finished: finishedAt, isInFlight: isInFlight).words(now)
    }

    var runStyle: Style {
        RunWords(outcome, began: beganAt, finished: finishedAt, isInFlight: isInFlight).style
    }

    /// Where its undo stands: the chain knows the most.
    func undoWords(_ detail: WorkflowDetail) -> SafeText {
        guard let undo else { return "-" }
        return undo.words(isUnwinding: detail.line.isUnwinding)
    }

    var undoStyle: Style {
        let ink = Ink.panel
        switch undo {
        case .undoFailed: return ink(.danger, .bold)
        case .undoStarted: return ink(.warn, .bold)
        case .undone, .resolved: return ink(.info)
        case .skipped: return ink(.warn)
        case .recorded: return ink(.ok)
        case nil: return ink.muted
        }
    }
}

/// How a run ended, in few words.
struct RunWords {
    let outcome: StepOutcome?
    let began: Instant?
    let finished: Instant?
    let isInFlight: Bool

    init(_ outcome: StepOutcome?, began: Instant?, finished: Instant?, isInFlight: Bool) {
        self.outcome = outcome
        self.began = began
        self.finished = finished
        self.isInFlight = isInFlight
    }

    func words(_ now: Instant) -> SafeText {
        var took: SafeText = .empty
        if let began, let finished { took = " \(Clock.age(finished - began))" }
        switch outcome {
        case .succeeded: return "ok\(took)"
        case .failed: return "FAILED\(took)"
        case .notStarted: return "never began"
        case nil: break
        }
        guard let began else { return "-" }
        return isInFlight ? "runs \(Clock.age(now - began))" : "no report"
    }

    var style: Style {
        let ink = Ink.panel
        switch outcome {
        case .succeeded: return ink(.ok)
        case .failed: return ink(.danger, .bold)
        case .notStarted: return ink.muted
        case nil: return isInFlight ? ink(.pending) : began == nil ? ink.muted : ink(.warn)
        }
    }
}

extension UndoLink.State {
    /// The state of an undo for people.
    func words(isUnwinding: Bool) -> SafeText {
        switch self {
        case .recorded: isUnwinding ? "waiting" : "undoable"
        case .undoStarted: "undoing"
        case .undone: "undone"
        case .undoFailed: "FAILED"
        case .skipped: "skipped"
        case .resolved: "by hand"
        }
    }
}
