package import HoldCore

/// One thing that happened lately, whoever did it; texts of others are raw.
package struct ActivityLine: Hashable, Sendable {
    /// What the console acts upon; the words are for people.
    package enum Kind: Hashable, Sendable {
        /// An item was opened.
        case asked
        /// Its share of time is over at which colleagues are warned.
        case warned
        /// Somebody wrote something to it.
        case noted
        /// Somebody left a note for who comes next.
        case handedOver
        case other
    }

    package var kind = Kind.other
    /// The place in the journal; later is larger.
    package var sequence: Int64
    package var at: Instant
    /// The account's name; nil for the service itself.
    package var user: String?
    /// What happened, in a word or a few: `approved`, `undo failed`.
    package var what: String
    package var workflow: WorkflowKey
    package var step: StepID?
    /// The number of the item it is about.
    package var number: Int64?
    package var action: String?
    /// A reason or an error, raw.
    package var note: String?
    /// Needs a person: drawn in the danger role.
    package var isLoud: Bool

    package init(
        sequence: Int64,
        at: Instant,
        user: String?,
        what: String,
        workflow: WorkflowKey,
        step: StepID? = nil,
        number: Int64? = nil,
        action: String? = nil,
        note: String? = nil,
        isLoud: Bool = false,
        kind: Kind = .other
    ) {
        self.kind = kind
        self.sequence = sequence
        self.at = at
        self.user = user
        self.what = what
        self.workflow = workflow
        self.step = step
        self.number = number
        self.action = action
        self.note = note
        self.isLoud = isLoud
    }
}
