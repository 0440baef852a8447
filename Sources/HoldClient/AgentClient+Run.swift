public import HoldCore
public import HoldWire

/// How a step ended that was proposed, waited for and, if it could be, run.
public enum StepRun<Value: Sendable>: Sendable {
    /// It ran; what it gave, and the answer with the permit.
    case ran(Value, StepAnswer)
    /// It will never run: rejected, timed out, withdrawn, or its permit is over.
    case notToRun(StepAnswer)
    /// The wait ran out; the item is still pending.
    case stillWaiting(StepAnswer)
}

/// What a step's run gives back.
public struct StepResult<Value: Sendable>: Sendable {
    /// For the agent itself.
    public var value: Value
    /// For the record.
    public var result: JSONValue?
    /// What the undo needs and only the run could know.
    public var undoArguments: JSONValue?
    /// How it ended.
    public var outcome: WireStepOutcome

    /// Puts the parts together.
    public init(
        _ value: Value,
        result: JSONValue? = nil,
        undoArguments: JSONValue? = nil,
        outcome: WireStepOutcome = .succeeded
    ) {
        self.value = value
        self.result = result
        self.undoArguments = undoArguments
        self.outcome = outcome
    }
}

extension AgentClient {
    /// Proposes a step, waits for leave, runs it with the arguments approved and reports its outcome.
    ///
    /// When the body throws, the step is reported as failed, and the error goes on to the caller.
    ///
    /// - Parameters:
    ///   - proposal: What the agent wants to do.
    ///   - timeout: How long to wait for leave; nil for as long as it takes.
    ///   - body: Does it, with the arguments that were approved, in clear.
    /// - Throws: ``ClientError``, or what the body throws.
    /// - Returns: How it ended.
    public func run<Value: Sendable>(
        _ proposal: StepPropose.Params,
        timeout: Duration? = nil,
        _ body: @Sendable (_ arguments: JSONValue) async throws -> StepResult<Value>
    ) async throws -> StepRun<Value> {
        let answer = try await leave(proposal, timeout: timeout)
        guard answer.proceed else {
            try await giveBack(answer)
            return answer.isOpen ? .stillWaiting(answer) : .notToRun(answer)
        }
        let granted = try answer.granted(for: proposal)
        var report = StepFinish.Params(
            workflow: proposal.workflow,
            step: proposal.step,
            permit: granted.permit.id,
            outcome: .failed
        )
        let ran: StepResult<Value>
        do {
            ran = try await body(granted.arguments)
        } catch {
            report.result = ["error": .string("\(error)")]
            _ = try await finish(report)
            throw error
        }
        report.outcome = ran.outcome
        report.result = ran.result
        report.undo = ran.undoArguments.map { WireUndoArguments(arguments: $0) }
        _ = try await finish(report)
        return .ran(ran.value, answer)
    }

    /// Gives a permit back that came too late: the undo of its step need not wait for it to end.
    ///
    /// The step is said to have failed, and not to have never begun: a run of this agent before a
    /// restart may have begun it, and then there is something to undo.
    ///
    /// - Parameter answer: An answer with `proceed` false; without a permit there is nothing to do.
    /// - Throws: ``ClientError`` when the report does not come through.
    public func giveBack(_ answer: StepAnswer) async throws(ClientError) {
        guard !answer.proceed, let permit = answer.permit else { return }
        let report = StepFinish.Params(
            workflow: answer.workflow,
            step: answer.step,
            permit: permit.id,
            outcome: .failed,
            result: ["error": "it was not run: the workflow is being undone"]
        )
        do {
            _ = try await finish(report)
        } catch .refused(let error) where error.refusalCode == .conflict {
            // It was reported before, or in the meantime.
        }
    }

    /// Proposes a step, and waits until it may run or never will.
    public func leave(
        _ proposal: StepPropose.Params,
        timeout: Duration? = nil
    ) async throws(ClientError) -> StepAnswer {
        let answer = try await propose(proposal)
        guard !answer.proceed, answer.isOpen else { return answer }
        return try await wait(
            workflow: proposal.workflow,
            step: proposal.step,
            timeout: timeout
        )
    }
}

extension StepAnswer {
    /// Whether a later answer can still say otherwise.
    public var isOpen: Bool {
        switch state {
        case .pendingReview, .modified: true
        case .rejected, .timeout, .withdrawn: false
        // A step without an item, or with an approved one, waits for others, unless its permit is over.
        case .approved, nil: !proceed && reasons?.contains("permit_expired") != true
        }
    }

    /// The permit and the arguments in clear, once they are seen to be what the digest names (I12).
    ///
    /// - Throws: ``ClientError`` when they are not, or the permit is over.
    public func granted(
        for proposal: StepPropose.Params
    ) throws(ClientError) -> (permit: WirePermit, arguments: JSONValue) {
        guard proceed, let permit, let arguments else {
            throw .protocolBroken("leave to run without a permit or without arguments")
        }
        guard Instant.system < permit.validUntil else {
            throw .refused(
                RPCError(
                    .conflict,
                    "the permit ended at \(permit.validUntil.rfc3339); propose the step anew"
                )
            )
        }
        let plan: JSONValue =
            undo.map {
                [
                    "operation": $0.operation.map { .string($0) } ?? .null,
                    "arguments": $0.arguments ?? .null,
                ]
            } ?? .null
        let computed = Digest(
            of: [
                "account": .string(account.text), "workflow": .string(workflow),
                "step": .string(step), "action": .string(proposal.action),
                "arguments": arguments, "undo": plan,
            ]
        )
        let proposed = proposal.arguments ?? .object([:])
        let clear = try Redaction.restored(arguments, from: proposed)
        let isModified = decision?.modified == true
        guard computed == digest, isModified || clear == proposed else {
            throw .protocolBroken("the permit is not for the arguments that it carries")
        }
        return (permit, clear)
    }
}

extension Redaction {
    /// The value with what was redacted put back from the value as it was proposed.
    static func restored(
        _ value: JSONValue,
        from proposed: JSONValue?
    ) throws(ClientError) -> JSONValue {
        switch value {
        case .object(let members):
            if members.count == 1, members[Redaction.marker] != nil {
                guard let proposed else {
                    throw .protocolBroken(
                        "a redacted value stands where no clear value was proposed"
                    )
                }
                return proposed
            }
            var clear: [String: JSONValue] = [:]
            for (key, member) in members {
                clear[key] = try restored(member, from: proposed?[key])
            }
            return .object(clear)
        case .array(let elements):
            // With elements added or removed nobody can say which secret belongs where.
            var others: [JSONValue?] = Array(repeating: nil, count: elements.count)
            if case .array(let all)? = proposed, all.count == elements.count { others = all }
            var clear: [JSONValue] = []
            for (element, other) in zip(elements, others) {
                clear.append(try restored(element, from: other))
            }
            return .array(clear)
        case .null, .bool, .integer, .number, .string: return value
        }
    }
}
