package import HoldCore

/// What the core is asked, as the wire carries it.
extension Proposal {
    /// The proposal that a request holds; what is stored apart is handed out by digest.
    ///
    /// - Throws: The error to answer with, when the context has no JSON form.
    package init(
        _ params: StepPropose.Params,
        storing blobs: inout [Digest: [UInt8]]
    ) throws(RPCError) {
        let step = StepID(params.step)
        var context: Digest?
        if let parts = params.context {
            do {
                let bytes = try JSONValue(encoding: parts).canonical
                context = Digest(of: bytes)
                blobs[Digest(of: bytes)] = bytes
            } catch { throw RPCError(.invalidParams, "\(error)") }
        }
        let checkpoint = params.checkpoint.map {
            CheckpointSaved(storing: $0, of: step, in: &blobs)
        }
        self.init(
            step: step,
            action: params.action,
            arguments: params.arguments ?? .object([:]),
            summary: params.summary,
            context: context,
            risk: params.risk,
            undo: params.undo.map { Undo(operation: $0.operation, arguments: $0.arguments) },
            dependsOn: (params.dependsOn ?? []).map { StepID($0) },
            checkpoint: checkpoint
        )
    }
}

extension CheckpointSaved {
    /// A checkpoint, its content stored apart.
    package init(
        storing checkpoint: JSONValue,
        of step: StepID?,
        in blobs: inout [Digest: [UInt8]]
    ) {
        let bytes = checkpoint.canonical
        let digest = Digest(of: bytes)
        blobs[digest] = bytes
        self.init(step: step, blob: digest, bytes: bytes.count)
    }
}

extension StepReport {
    /// The report that a request holds.
    package init(_ params: StepFinish.Params) {
        self.init(
            step: StepID(params.step),
            permit: params.permit,
            outcome: word(params.outcome, else: .failed),
            result: params.result,
            undoArguments: params.undo?.arguments
        )
    }
}

extension ReviewDraft {
    /// The review that a request holds.
    package init(_ review: ItemReview, of step: StepID) {
        self.init(
            step: step,
            verdict: word(review.decision, else: .reject),
            digest: review.digest,
            reason: review.reason,
            arguments: review.arguments,
            confirm: review.confirm
        )
    }
}
