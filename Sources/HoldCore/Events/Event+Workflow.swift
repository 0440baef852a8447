/// A workflow was opened, or given another title.
public struct WorkflowOpened: Sendable, Hashable, Codable {
    /// What the run is about, in the agent's words.
    public var title: String?
    /// What the agent labels the run with.
    public var labels: JSONValue?
    /// The agent.
    public var agent: AgentIdentity
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
}

/// Its agent says that the run is over.
public struct WorkflowFinished: Sendable, Hashable, Codable {
    /// How it ended.
    public var outcome: String
}

/// Something that a person gave a reason for.
public struct Reasoned: Sendable, Hashable, Codable {
    /// Why, in the person's own words.
    public var reason: String
}

/// Something about every agent of one account.
public struct AccountReasoned: Sendable, Hashable, Codable {
    /// The account.
    public var account: Account
    /// The account's name.
    public var user: String
    /// Why, in the person's own words.
    public var reason: String
}

/// Something about all workflows of one agent.
public struct AgentReasoned: Sendable, Hashable, Codable {
    /// The name that the manifest gives the agent.
    public var agent: String
    /// Why, in the person's own words.
    public var reason: String
}

/// A checkpoint is stored.
public struct CheckpointSaved: Sendable, Hashable, Codable {
    /// The step that it was saved with; nil when saved on its own.
    public var step: StepID?
    /// The blob that holds it.
    public var blob: Digest
    /// Its size.
    public var bytes: Int

    /// A checkpoint in this blob.
    public init(step: StepID?, blob: Digest, bytes: Int) {
        self.step = step
        self.blob = blob
        self.bytes = bytes
    }
}

/// A person wrote something for whoever comes next; who, the event's actor says.
public struct ShiftNoted: Sendable, Hashable, Codable {
    /// What it says, in the person's own words.
    public var text: String
}
