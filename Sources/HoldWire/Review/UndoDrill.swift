public import HoldCore

/// Proves an operation's undo without an incident, and answers once the outcome is in the record.
public enum UndoDrill: WireMethod {
    /// The name on the wire.
    public static let method = "undo.drill"

    /// What to drill.
    public struct Params: WireParams {
        /// The operation, as the manifest names it.
        public var operation: String

        /// Puts the parameters together.
        public init(operation: String) { self.operation = operation }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try operation.checkId("operation")
        }
    }

    /// How the drill ended.
    public struct Reply: Codable, Hashable, Sendable {
        /// The operation.
        public var operation: String
        /// Whether the undo is proven by it.
        public var passed: Bool
        /// What went wrong; nil when it passed.
        public var error: String?
        /// More, for people.
        public var detail: String?
        /// The drill's own key.
        public var key: String
        /// When it began.
        public var startedAt: Instant
        /// When it ended.
        public var endedAt: Instant
        /// When the operation was last proven, by this drill or before it.
        public var provenAt: Instant?

        /// Puts the parts together.
        public init(
            operation: String,
            passed: Bool,
            error: String?,
            detail: String?,
            key: String,
            startedAt: Instant,
            endedAt: Instant,
            provenAt: Instant?
        ) {
            self.operation = operation
            self.passed = passed
            self.error = error
            self.detail = detail
            self.key = key
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.provenAt = provenAt
        }
    }
}
