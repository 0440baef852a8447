/// Lists events in the journal's order.
public enum AuditList: WireMethod {
    /// The name on the wire.
    public static let method = "audit.list"

    /// Which ones.
    public struct Params: WireParams {
        /// Only those with a higher sequence number.
        public var after: Int?
        /// How many at most, 1…1000.
        public var limit: Int?
        /// Only those of this workflow.
        public var workflow: String?
        /// With nothing to list, waits this long for something.
        public var waitSeconds: Double?

        /// Puts the parameters together.
        public init(
            after: Int? = nil,
            limit: Int? = nil,
            workflow: String? = nil,
            waitSeconds: Double? = nil
        ) {
            self.after = after
            self.limit = limit
            self.workflow = workflow
            self.waitSeconds = waitSeconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try after?.checkOffset("after")
            try limit?.checkLimit("limit")
            try workflow?.checkId("workflow")
            try waitSeconds?.checkSeconds("wait_seconds")
        }
    }

    /// A stretch of the journal.
    public struct Reply: Codable, Hashable, Sendable {
        /// The events.
        public var events: [WireAuditEvent]
        /// The journal's last sequence number.
        public var seq: Int?

        /// Puts the parts together.
        public init(events: [WireAuditEvent], seq: Int? = nil) {
            self.events = events
            self.seq = seq
        }
    }
}

/// Checks the hash chain from its first event.
public enum AuditVerify: WireMethod {
    /// The name on the wire.
    public static let method = "audit.verify"

    /// What it asks for.
    public typealias Params = WireNothing

    /// What was found.
    public struct Reply: Codable, Hashable, Sendable {
        /// How many events were checked.
        public var events: Int
        /// Whether all of them are as they were written.
        public var ok: Bool
        /// The sequence number of the first that is not.
        public var firstBad: Int?
        /// What is wrong with it.
        public var problem: String?

        /// Puts the parts together.
        public init(events: Int, ok: Bool, firstBad: Int? = nil, problem: String? = nil) {
            self.events = events
            self.ok = ok
            self.firstBad = firstBad
            self.problem = problem
        }
    }
}
