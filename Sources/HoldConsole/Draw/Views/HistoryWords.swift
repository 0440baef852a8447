import HoldCore

/// What is said of an event of the journal in few words; all of them ours.
extension HistoryEvent {
    /// What was done, in a word.
    var did: SafeText {
        switch type {
        case "item_decided": decided
        case "item_reviewed": verdict
        case "item_modified": "modify"
        case "item_escalated": "escalate"
        case "item_opened": "ask"
        case "item_warned": "warn"
        case "late_review_noted": "too late"
        case "unwind_planned": "unwind"
        case "undo_started": "undo try"
        case "undone": "undone"
        case "undo_failed": "undo fail"
        case "undo_stuck": "STUCK"
        case "undo_retried": "retry"
        case "undo_skip_agreed": "skip 1/2"
        case "undo_skipped": "skip"
        case "undo_resolved": "by hand"
        case "unwind_ended": "unwound"
        case "workflow_halted", "account_halted", "agent_halted", "everything_halted": "halt"
        case "workflow_resumed", "account_resumed", "agent_resumed", "everything_resumed":
            "resume"
        case "workflow_opened": "open"
        case "workflow_finished": "finish"
        case "checkpoint_saved": "save"
        case "step_proposed": "propose"
        case "step_began": "begin"
        case "step_finished": "ran"
        case "step_withdrawn": "withdraw"
        case "lease_ended": "lease end"
        case "drill_started": "drill"
        case "drill_passed": "drill ok"
        case "drill_failed": "drill fail"
        default: Words.name(type)
        }
    }

    private var decided: SafeText {
        switch word {
        case "approved": isModified ? "modify" : "approve"
        case "rejected": "reject"
        case "timeout": "expire"
        case "withdrawn": "withdraw"
        case let other: other.map(Words.name) ?? "decide"
        }
    }

    private var verdict: SafeText {
        switch word {
        case "approve": "approve"
        case "reject": "reject"
        case "modify": "modify"
        case let other: other.map(Words.name) ?? "review"
        }
    }

    /// Who did it.
    var who: SafeText {
        switch actor.kind {
        case .service: "service"
        case .agent: item.map { Words.name($0.agent) } ?? actor.user.map(Words.name) ?? "agent"
        case .reviewer: actor.user.map(Words.name) ?? "-"
        }
    }

    /// What it was done to.
    var what: SafeText {
        if let item {
            guard let summary = item.summary, !summary.isEmpty else {
                return Words.name(item.action)
            }
            return "\(Words.name(item.action))  \(Words.sentence(summary))"
        }
        switch type {
        case "unwind_planned": return .count(count, "step")
        case "everything_halted", "everything_resumed": return "everything"
        default: return step.map { Words.name($0.text) } ?? "-"
        }
    }

    /// What came of it, as far as it is known now.
    var outcome: SafeText {
        switch type {
        case "item_decided":
            guard word == "approved", let item else { return note.map(Words.sentence) ?? "-" }
            return item.run.words(at)
        case "unwind_ended":
            return count == 0 ? "rolled back" : .count(count, "exception")
        case "unwind_planned": return "-"
        default: return note.map(Words.sentence) ?? "-"
        }
    }

    var outcomeStyle: Style {
        let ink = Ink.panel
        switch type {
        case "item_decided" where word == "approved": return item?.run.style ?? ink.text
        case "undo_stuck", "undo_failed", "drill_failed": return ink(.danger, .bold)
        case "unwind_ended": return count == 0 ? ink(.ok) : ink(.warn, .bold)
        default: return ink.text
        }
    }

    var didStyle: Style {
        let ink = Ink.panel
        switch type {
        case "undo_stuck", "undo_failed", "drill_failed": return ink(.danger, .bold)
        case "workflow_halted", "account_halted", "agent_halted", "everything_halted",
            "unwind_planned":
            return ink(.warn, .bold)
        case "item_decided" where word == "rejected" || word == "timeout": return ink(.danger)
        case "item_decided" where word == "approved": return ink(.ok)
        default: return ink.text
        }
    }

    /// Where the undo of its step stands.
    var undoWords: SafeText {
        guard let undo = item?.undo else { return "-" }
        return undo == .recorded ? "open" : undo.words(isUnwinding: false)
    }
}

extension HistoryItem {
    /// How its run ended.
    var run: RunWords {
        RunWords(outcome, began: beganAt, finished: finishedAt, isInFlight: false)
    }
}

extension ChainCheck {
    /// How the check stands, in few words.
    var words: SafeText {
        switch self {
        case .running: "checking the chain"
        case .sound(_, let at): "chain ok \(Clock.minuteOfDay(at))Z"
        case .broken(let first?): "CHAIN BROKEN at \(first)"
        case .broken(nil): "CHAIN BROKEN"
        case .failed: "chain not checked"
        }
    }

    var style: Style {
        switch self {
        case .running: Ink.panel.muted
        case .sound: Ink.panel(.ok)
        case .broken: .errorBar
        case .failed: Ink.panel(.warn)
        }
    }
}
