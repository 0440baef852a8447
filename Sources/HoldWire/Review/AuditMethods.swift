public import HoldCore

/// Lists events of the journal.
///
/// Every filter may be left out. A long search is answered in parts: ``Reply/reached`` says where the
/// next part begins.
public enum AuditList: WireMethod {
    /// The name on the wire.
    public static let method = "audit.list"

    /// Which ones.
    public struct Params: WireParams {
        /// Only those with a higher sequence number.
        public var after: Int?
        /// Only those with a lower sequence number.
        public var before: Int?
        /// How many at most, 1…1000; 100 when left out.
        public var limit: Int?
        /// Whose workflow: the account's name, number or written form.
        public var account: String?
        /// Only those of this workflow.
        public var workflow: String?
        /// Only those of these names, such as `item_decided`.
        public var types: [String]?
        /// Only those that a party of these kinds caused.
        public var kinds: [Actor.Kind]?
        /// Only those that this account caused.
        public var user: String?
        /// Only those with these words in them, or in what lists show of their item.
        public var text: String?
        /// Only those from then on.
        public var since: Instant?
        /// Which comes first; the oldest when left out.
        public var order: WireAuditOrder?
        /// Whether each event comes with its item as it stands now; not when left out.
        public var withItems: Bool?
        /// With nothing to list, waits this long for something.
        public var waitSeconds: Double?

        /// Puts the parameters together.
        public init(
            after: Int? = nil,
            before: Int? = nil,
            limit: Int? = nil,
            account: String? = nil,
            workflow: String? = nil,
            types: [String]? = nil,
            kinds: [Actor.Kind]? = nil,
            user: String? = nil,
            text: String? = nil,
            since: Instant? = nil,
            order: WireAuditOrder? = nil,
            withItems: Bool? = nil,
            waitSeconds: Double? = nil
        ) {
            self.after = after
            self.before = before
            self.limit = limit
            self.account = account
            self.workflow = workflow
            self.types = types
            self.kinds = kinds
            self.user = user
            self.text = text
            self.since = since
            self.order = order
            self.withItems = withItems
            self.waitSeconds = waitSeconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try after?.checkOffset("after")
            try before?.checkOffset("before")
            try limit?.checkLimit("limit")
            try account?.checkId("account")
            try workflow?.checkId("workflow")
            try types?.checkIds("types")
            try waitSeconds?.checkSeconds("wait_seconds")
        }
    }

    /// A stretch of the journal.
    public struct Reply: Codable, Hashable, Sendable {
        /// The events.
        public var events: [WireAuditEvent]
        /// The journal's last sequence number.
        public var seq: Int?
        /// The sequence number that was looked at last; null when there is nothing behind it.
        ///
        /// The next `after`, or with the newest first the next `before`.
        public var reached: Int?

        /// Puts the parts together.
        public init(events: [WireAuditEvent], seq: Int? = nil, reached: Int? = nil) {
            self.events = events
            self.seq = seq
            self.reached = reached
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
