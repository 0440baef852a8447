extension ExitStatus {
    /// What it says, in a few words: the one table that the help and the manual page print.
    var meaning: String {
        switch self {
        case .done: "done, or approved"
        case .failed: "failed"
        case .rejected: "rejected"
        case .timedOut: "timed out"
        case .withdrawn: "withdrawn"
        case .alreadyDecided: "already decided"
        case .stale: "stale digest"
        case .usage: "usage"
        case .noService: "no service"
        case .stillPending: "the wait ran out, still pending"
        case .forbidden: "forbidden"
        }
    }

    /// The whole table in one sentence.
    static var sentence: String {
        let codes = allCases.map { "\($0.rawValue) \($0.meaning)" }
        return "Exit codes: " + codes.joined(separator: "; ") + "."
    }
}
