import HoldCore
import HoldWire

/// The bytes of the wire between a client and the service: what comes out must be what went in.
enum SimulationCodec {
    /// Sends a request through lines of bytes, and gives what the service reads.
    ///
    /// - Throws: Whatever the wire's code throws; each is a fault of the product.
    static func carried(_ ask: Ask, in workflow: WorkflowKey, chunk: Int) throws -> Ask {
        let id = RPCID.integer(7)
        switch ask {
        case .wait(let step):
            let params = StepWait.Params(workflow: workflow.text, step: step.text)
            let read = try through(StepWait.self, params, id, chunk)
            return .wait(StepID(read.step))
        case .command(.propose(let proposal)):
            let read = try through(StepPropose.self, wire(proposal, workflow), id, chunk)
            var blobs: [Digest: [UInt8]] = [:]
            return .command(.propose(try Proposal(read, storing: &blobs)))
        case .command(.finish(let report)):
            let params = StepFinish.Params(
                workflow: workflow.text,
                step: report.step.text,
                permit: report.permit,
                outcome: word(report.outcome, else: .failed),
                result: report.result,
                undo: report.undoArguments.map { WireUndoArguments(arguments: $0) }
            )
            return .command(.finish(StepReport(try through(StepFinish.self, params, id, chunk))))
        case .command(.withdraw(let step, let reason)):
            let params = StepWithdraw.Params(
                workflow: workflow.text,
                step: step.text,
                reason: reason
            )
            let read = try through(StepWithdraw.self, params, id, chunk)
            return .command(.withdraw(StepID(read.step), reason: read.reason))
        case .command(.review(let review)):
            let pair = WireStepReference(workflow: workflow.text, step: review.step.text)
            let params = ItemReview(
                item: .step(pair),
                decision: word(review.verdict, else: .reject),
                digest: review.digest,
                reason: review.reason,
                arguments: review.arguments,
                confirm: review.confirm
            )
            let read = try through(ItemDecide.self, params, id, chunk)
            return .command(.review(ReviewDraft(read, of: review.step)))
        case .command(.claim(let step, let span)):
            let params = ItemClaim.Params(item: pair(step, workflow), seconds: span?.seconds)
            let read = try through(ItemClaim.self, params, id, chunk)
            return .command(.claim(step, read.seconds.map { Span(seconds: $0) }))
        case .command(.snooze(let step, let span)):
            let params = ItemSnooze.Params(item: pair(step, workflow), seconds: span.seconds)
            let read = try through(ItemSnooze.self, params, id, chunk)
            return .command(.snooze(step, Span(seconds: read.seconds)))
        case .command(.note(let step, let text)):
            let params = ItemNote.Params(item: pair(step, workflow), text: text)
            return .command(.note(step, try through(ItemNote.self, params, id, chunk).text))
        case .command(.noteShift(let text)):
            let read = try through(HandoffNote.self, HandoffNote.Params(text: text), id, chunk)
            return .command(.noteShift(read.text))
        default: return ask
        }
    }

    private static func pair(_ step: StepID, _ workflow: WorkflowKey) -> WireItemReference {
        WireItemReference(workflow: workflow.text, step: step.text)
    }

    /// Sends an answer through lines of bytes, and gives what the agent reads.
    static func carried(_ answer: StepAnswer) throws -> StepAnswer {
        let line = StepWait.response(id: 7, answer).line.dropLast()
        guard case .response(_, let result) = try RPCMessage(line: Array(line), limits: .answers)
        else {
            throw RPCError(.internalError, "the answer came out as something else")
        }
        return try StepWait.reply(from: result)
    }

    private static func through<Method: WireMethod>(
        _ method: Method.Type,
        _ params: Method.Params,
        _ id: RPCID,
        _ chunk: Int
    ) throws -> Method.Params {
        let bytes = try Method.request(id: id, params).line
        var decoder = LineDecoder()
        var line: [UInt8]?
        var start = 0
        while line == nil, start < bytes.count {
            let end = min(start + max(1, chunk), bytes.count)
            decoder.append(bytes[start..<end])
            start = end
            line = try decoder.next()
        }
        guard let line, case .request(_, _, let read) = try RPCMessage(line: line) else {
            throw RPCError(.internalError, "the request came out as something else")
        }
        return try Method.params(from: read)
    }

    private static func wire(_ proposal: Proposal, _ workflow: WorkflowKey) -> StepPropose.Params {
        StepPropose.Params(
            workflow: workflow.text,
            step: proposal.step.text,
            action: proposal.action,
            arguments: proposal.arguments,
            summary: proposal.summary,
            risk: proposal.risk,
            undo: proposal.undo.map {
                WireUndoSpec(operation: $0.operation, arguments: $0.arguments)
            },
            dependsOn: proposal.dependsOn.map(\.text)
        )
    }
}
