internal import HoldCore

extension ItemReview {
    /// Arguments are there exactly when the review modifies.
    func checkArguments() throws(FieldProblem) {
        switch (decision, arguments) {
        case (.modify, let arguments?): try arguments.checkObject("arguments")
        case (.modify, nil): throw FieldProblem("arguments", "is missing, and modify needs it")
        case (.approve, nil), (.reject, nil): break
        case (.approve, _?), (.reject, _?):
            throw FieldProblem("arguments", "is only for modify, not for \(decision.rawValue)")
        }
    }
}

extension ItemsDecide.Params {
    /// The most reviews in one request.
    private static let decisionsMax = 1000

    func checkDecisions() throws(FieldProblem) {
        guard (1...Self.decisionsMax).contains(decisions.count) else {
            throw FieldProblem(
                "decisions",
                "has \(decisions.count) entries, not 1…\(Self.decisionsMax)"
            )
        }
        for (index, review) in decisions.enumerated() {
            do {
                try review.validate()
            } catch {
                throw error.within("decisions.\(index)")
            }
        }
    }
}

extension HaltOrder {
    /// What is meant is named exactly when the scope is one of many.
    func checkScope() throws(FieldProblem) {
        try id?.checkId("id")
        try account?.checkId("account")
        switch (scope, id, account) {
        case (.all, nil, nil), (.workflow, _?, _), (.agent, _?, nil), (.agent, nil, _?): break
        case (.all, _?, _): throw FieldProblem("id", "is not for the scope all")
        case (.all, nil, _?): throw FieldProblem("account", "is not for the scope all")
        case (.workflow, nil, _):
            throw FieldProblem("id", "is missing, and the scope workflow needs it")
        case (.agent, _?, _?):
            throw FieldProblem(
                "account",
                "stands beside id; halt the account, or a name that the manifest gives"
            )
        case (.agent, nil, nil):
            throw FieldProblem(
                "id",
                "is missing, and so is account: the scope agent needs one of them"
            )
        }
    }
}
