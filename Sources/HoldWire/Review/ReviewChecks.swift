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
    /// An id is there exactly when the scope is one of many.
    func checkScope() throws(FieldProblem) {
        switch (scope, id) {
        case (.all, nil): break
        case (.all, _?): throw FieldProblem("id", "is not for the scope all")
        case (.workflow, let id?), (.agent, let id?): try id.checkId("id")
        case (.workflow, nil), (.agent, nil):
            throw FieldProblem("id", "is missing, and the scope \(scope.rawValue) needs it")
        }
    }
}
