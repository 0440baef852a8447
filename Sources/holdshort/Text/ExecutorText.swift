import HoldConsole
import HoldCore
import HoldService

/// What a trial of an executor found, as the verb prints it.
enum ExecutorText {
    static func line(_ finding: ExecutorTrial.Finding) -> SafeText {
        let rule = SafeText(ascii: finding.rule.sentence)
        switch finding.verdict {
        case .holds: return "ok         \(rule)"
        case .untried(let reason):
            return "not tried  \(rule): \(SafeText.foreign(reason))"
        case .broken(let reason):
            return
                "FAILED     \(rule)\n           why: \(SafeText.foreign(reason))\n           do:  "
                + SafeText(untrusted: finding.rule.advice, pane: .line)
        }
    }

    /// How many rules hold, and what was not tried.
    static func end(_ findings: [ExecutorTrial.Finding]) -> SafeText {
        var counts = (held: 0, broken: 0, untried: 0)
        for finding in findings {
            switch finding.verdict {
            case .holds: counts.held += 1
            case .broken: counts.broken += 1
            case .untried: counts.untried += 1
            }
        }
        var text: SafeText = "\(counts.held) rules hold, \(counts.broken) are broken"
        if counts.untried > 0 {
            text +=
                ", \(counts.untried) could not be tried: nothing can be done that could be undone"
        }
        return text
    }

    static func json(_ finding: ExecutorTrial.Finding) -> JSONValue {
        var members: [String: JSONValue] = [
            "rule": .string(finding.rule.rawValue), "sentence": .string(finding.rule.sentence),
        ]
        switch finding.verdict {
        case .holds: members["result"] = "ok"
        case .untried(let reason):
            members["result"] = "not_tried"
            members["reason"] = .string(reason)
        case .broken(let reason):
            members["result"] = "failed"
            members["reason"] = .string(reason)
            members["advice"] = .string(finding.rule.advice)
        }
        return .object(members)
    }
}
