package import HoldCore

/// What every undo executor promises, rule by rule, and what of its answers keeps each rule.
///
/// The service counts on this whatever the executor is written in: an undo may be called again at any
/// moment, also beside one that still runs, and also for a step that never happened (I10).
package enum ExecutorContract {
    /// One rule, in the order in which they are tried.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        case words
        case neverDone = "never_done"
        case repeated
        case mark
        case doneAndUndone = "done_and_undone"
        case lateDo = "late_do"
        case atOnce = "at_once"
        case killed
        case hostile
        case large
        case inTime = "in_time"
        case terminal

        /// The rule in one line.
        package var sentence: String {
            switch self {
            case .words: "it answers in the contract's words"
            case .neverDone: "undoing what was never done succeeds, as not_applied"
            case .repeated: "asked again with the same key it succeeds again"
            case .mark: "undoing what was never done leaves a mark: a later do is refused"
            case .doneAndUndone: "what was done is undone, and already_undone or undone after that"
            case .lateDo: "a do after its undo is refused"
            case .atOnce: "two calls with the same key at once both succeed"
            case .killed: "killed in the middle and asked again, it succeeds, and its mark stands"
            case .hostile: "hostile arguments are taken literally"
            case .large: "four megabytes of input are no trouble"
            case .inTime: "every answer comes within timeout_seconds"
            case .terminal: "it never asks on a terminal"
            }
        }

        /// What to do about an executor that breaks it.
        package var advice: String {
            switch self {
            case .words:
                "print {\"outcome\":\"undone\"}, \"already_undone\" or \"not_applied\", or"
                    + " {\"retry_after_seconds\":N}, or {\"terminal\":true,\"reason\":\"…\"}"
            case .neverDone:
                "when there is nothing to undo, keep the key as undone and answer not_applied"
            case .repeated:
                "keep each key with how its undo ended, and answer a repeat from that"
            case .mark, .lateDo:
                "keep the key for good when it is undone, and let the do look for it first: where"
                    + " it stands, end with a status that is not 0"
            case .doneAndUndone:
                "answer undone when this call took something away, and already_undone when an"
                    + " earlier one had"
            case .atOnce:
                "take a lock for the key, wait for it, and answer what the first call answered"
            case .killed:
                "write the mark first and the outcome last, and let nothing in between, such as a"
                    + " lock file, stop the next call"
            case .hostile:
                "give arguments to commands as a list of words, never as text for a shell"
            case .large: "read standard input to its end, and hand it on by a pipe or a file"
            case .inTime: "answer {\"retry_after_seconds\":N} for what takes longer, and go on"
            case .terminal:
                "give commands what they would ask for (--yes, BatchMode), and do not open /dev/tty"
            }
        }

        /// Whether it takes something that was done, and so the operation's drill command.
        package var needsDo: Bool {
            switch self {
            case .mark, .doneAndUndone, .lateDo: true
            case .words, .neverDone, .repeated, .atOnce, .killed, .hostile, .large, .inTime,
                .terminal:
                false
            }
        }
    }

    /// What was found of one rule.
    package enum Verdict: Sendable, Hashable {
        case holds
        /// It does not hold; why.
        case broken(String)
        /// It could not be tried; why.
        case untried(String)
    }

    // MARK: - What answers keep which rule

    /// An answer is one of the words, whichever.
    package static func words(_ report: UndoReport) -> Verdict {
        switch report {
        case .done, .retry, .terminal: .holds
        case .failed(let error): .broken(error)
        case .unreachable(let error): .broken(error)
        }
    }

    /// The answer for a key that nothing was ever done under.
    package static func neverDone(_ report: UndoReport) -> Verdict {
        switch report {
        case .done(.notApplied, _): .holds
        case .done(let outcome, _):
            .broken(
                "it answers \(outcome.rawValue) for what was never done: then a drill proves nothing"
            )
        case .retry, .terminal, .failed, .unreachable: .broken(report.sentence)
        }
    }

    /// The answer for a key that was undone before, whichever way that ended.
    package static func repeated(_ report: UndoReport) -> Verdict {
        guard case .done = report else { return .broken(report.sentence) }
        return .holds
    }

    /// The first answer for what was done.
    package static func undone(_ report: UndoReport) -> Verdict {
        switch report {
        case .done(.undone, _): .holds
        case .done(let outcome, _):
            .broken("it answers \(outcome.rawValue) for what had just been done")
        case .retry, .terminal, .failed, .unreachable: .broken(report.sentence)
        }
    }

    /// The answer to a second undo of what was done.
    package static func undoneAgain(_ report: UndoReport) -> Verdict {
        switch report {
        case .done(.undone, _), .done(.alreadyUndone, _): .holds
        case .done(.notApplied, _):
            .broken("it answers not_applied for what it had undone itself")
        case .retry, .terminal, .failed, .unreachable: .broken("again: \(report.sentence)")
        }
    }

    /// Two answers given at once for what was done: one of them undid it.
    package static func atOnce(_ first: UndoReport, _ second: UndoReport, wasDone: Bool) -> Verdict
    {
        for report in [first, second] {
            guard case .done = report else { return .broken(report.sentence) }
        }
        let isUndone = [first, second].contains {
            if case .done(.undone, _) = $0 { return true }
            return false
        }
        guard wasDone, !isUndone else { return .holds }
        return .broken("neither call answers undone for what had just been done")
    }

    /// What the do came to after its key was undone.
    package static func refused(_ rehearsal: RunExecutor.Rehearsal) -> Verdict {
        switch rehearsal {
        case .notDone(.failed): .holds
        case .notDone(let report): .broken(report.sentence)
        case .done: .broken("the do goes through although its undo came first")
        case .inDoubt(let error): .broken(error)
        }
    }

    /// What the do came to under a key that was never used.
    package static func done(_ rehearsal: RunExecutor.Rehearsal) -> Verdict {
        switch rehearsal {
        case .done: .holds
        case .notDone(let report): .broken("nothing could be done: \(report.sentence)")
        case .inDoubt(let error): .broken("nothing could be done: \(error)")
        }
    }
}

extension ExecutorContract.Verdict {
    /// The first of them that does not hold; else that they hold.
    static func all(_ verdicts: [ExecutorContract.Verdict]) -> ExecutorContract.Verdict {
        verdicts.first { $0 != .holds } ?? .holds
    }
}
