/// What forced a step to wait.
public enum Reason: Sendable, Hashable {
    /// The action's `blocking` key.
    case manifest
    /// A rule's `blocking` key.
    case rule(String)
    /// The risk is at or above the action's threshold.
    case risk
    /// An approval is required and there is no undo.
    case noUndo
    /// The undo was not proven within `undo_drill_days`.
    case undoUnproven
    /// The workflow's async depth is used up.
    case maxAsyncDepth
    /// The manifest does not list the action.
    case unlistedAction
    /// The step has side effects and no undo, and an item of its workflow is pending (I4).
    case irreversibleBarrier
    /// Its permit, or the approval behind it, was not used in time.
    case permitExpired
}

extension Reason: CustomStringConvertible, Codable {
    /// The reason as the wire says it.
    public var description: String {
        switch self {
        case .manifest: "manifest"
        case .rule(let name): "rule:\(name)"
        case .risk: "risk"
        case .noUndo: "no_undo"
        case .undoUnproven: "undo_unproven"
        case .maxAsyncDepth: "max_async_depth"
        case .unlistedAction: "unlisted_action"
        case .irreversibleBarrier: "irreversible_barrier"
        case .permitExpired: "permit_expired"
        }
    }

    private static let plain: [Reason] = [
        .manifest, .risk, .noUndo, .undoUnproven, .maxAsyncDepth, .unlistedAction,
        .irreversibleBarrier, .permitExpired,
    ]

    /// Reads the reason as the wire says it.
    ///
    /// - Throws: `DecodingError` for a word that is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        if text.hasPrefix("rule:") {
            self = .rule(String(text.dropFirst(5)))
        } else if let reason = Reason.plain.first(where: { $0.description == text }) {
            self = reason
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "is no reason: \(text)"
            )
        }
    }

    /// Writes the reason as the wire says it.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// How a step meets its gate.
public enum Mode: String, Sendable, Hashable, Codable {
    /// It proceeds at once; no person is asked before.
    case autonomous
    /// It proceeds at once and is reviewed in parallel.
    case async
    /// It waits for the decision.
    case sync
}

/// How dangerous an item looks, for people.
public enum RiskClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Side effects and no undo.
    case irreversible = "IRREV"
    /// Risk at or above the action's threshold, or an unlisted action.
    case high = "HIGH"
    /// Risk from 0.5, or not given.
    case medium = "MED"
    /// The rest.
    case low = "LOW"
}
