/// The action manifest: which actions need a person, who is asked, for how long, and how each is undone.
///
/// A value, checked when it was loaded; the core trusts every name in it to resolve.
public struct Manifest: Sendable, Hashable {
    /// The digest of the file's bytes; each event names the manifest in force.
    public var digest: Digest
    /// The file's name as people are shown it, before `:line:column`.
    public var file: String
    /// What holds for every action that does not say otherwise.
    public var defaults: Defaults
    /// Names of the file → accounts of this host.
    ///
    /// Empty: whoever can open the review socket decides.
    public var roles: [String: Role]
    /// The listed actions by name.
    public var actions: [String: ActionPolicy]
    /// How undos run, by name.
    public var operations: [String: Operation]
    /// Whom to tell of what.
    public var notifiers: [Notifier]
    /// What to start, by agent name, when a decision lands and the agent is gone.
    public var resumes: [String: [String]]
    /// The names that agents may bear, with the accounts, by name, that may bear each.
    public var agents: [String: [String]]
    /// The realm of this host's accounts, where several hosts share one user directory; nil: the
    /// store's own id.
    public var realm: String?

    /// A manifest of these parts.
    public init(
        digest: Digest,
        file: String,
        defaults: Defaults = Defaults(),
        roles: [String: Role] = [:],
        actions: [String: ActionPolicy] = [:],
        operations: [String: Operation] = [:],
        notifiers: [Notifier] = [],
        resumes: [String: [String]] = [:],
        agents: [String: [String]] = [:],
        realm: String? = nil
    ) {
        self.digest = digest
        self.file = file
        self.defaults = defaults
        self.roles = roles
        self.actions = actions
        self.operations = operations
        self.notifiers = notifiers
        self.resumes = resumes
        self.agents = agents
        self.realm = realm
    }

    /// Whether the manifest gives this name to agents of this account; any other name is a label.
    public func isVerified(agent: String, user: String) -> Bool {
        agents[agent]?.contains(user) == true
    }
}

/// A value with the place in the manifest that it came from.
public struct Sourced<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public var value: Value
    /// Line of the key, from 1; 0 when no line of a file says it.
    public var line: Int
    /// Column of the key, from 1.
    public var column: Int

    /// A value read at this place.
    public init(_ value: Value, line: Int = 0, column: Int = 0) {
        self.value = value
        self.line = line
        self.column = column
    }
}

/// What holds for every action that does not say otherwise.
public struct Defaults: Sendable, Hashable {
    /// How the path is asked: the sum of the tiers' times.
    ///
    /// Above zero.
    public var timeout: Sourced<Span> = Sourced(Span(minutes: 15))
    /// The most exposed steps a workflow may have; at least 1.
    public var maxAsyncDepth: Sourced<Int> = Sourced(5)
    /// How long an approval may wait to be used.
    public var runWithin: Sourced<Span> = Sourced(Span(minutes: 60))
    /// The most open items of one agent.
    public var openItemsPerAgent: Sourced<Int> = Sourced(100)
    /// The most proposals a second of one agent.
    public var proposalsPerSecond: Sourced<Int> = Sourced(100)
    /// The share of a tier's time gone when colleagues of the tier are warned; 0…1.
    public var warnAt: Sourced<Double> = Sourced(0.5)
    /// Who is asked, in order.
    public var escalation: Sourced<[TierSpec]> = Sourced([
        TierSpec(role: "primary"), TierSpec(role: "secondary"),
    ])
    /// What happens to an action that the manifest does not list.
    public var unlistedAction: Sourced<UnlistedAction> = Sourced(.block)
    /// Whether who asked is kept from deciding; nil when the file leaves it to the service.
    public var separateRequester: Sourced<Bool>?

    /// The defaults of a manifest that has no `defaults`.
    public init() {}
}

/// What happens to an action that the manifest does not list.
public enum UnlistedAction: String, Sendable, Hashable, Codable, CaseIterable {
    /// It needs an approval and waits for it.
    case block
    /// It is refused with `unlisted_action`.
    case refuse
}

/// Accounts of this host that act under one name of the manifest.
public struct Role: Sendable, Hashable, Codable {
    /// Account names.
    public var users: [String]
    /// Group names.
    public var groups: [String]

    /// A role of these accounts.
    public init(users: [String] = [], groups: [String] = []) {
        self.users = users
        self.groups = groups
    }

    /// Whether the account that the kernel reports has this role.
    public func includes(_ peer: Peer) -> Bool {
        users.contains(peer.user) || groups.contains { peer.groups.contains($0) }
    }
}

/// One rung of an escalation path, as the manifest writes it.
public struct TierSpec: Sendable, Hashable {
    /// The role that is asked.
    public var role: String
    /// How long it is asked; nil: an even share of what the other tiers leave of the timeout.
    public var span: Span?

    /// A rung for this role.
    public init(role: String, span: Span? = nil) {
        self.role = role
        self.span = span
    }
}

/// How an undo runs; named by the operator, never by an agent.
public struct Operation: Sendable, Hashable {
    /// Who carries the undo out.
    public enum Executor: Sendable, Hashable {
        /// A command on the service's host: no shell, JSON on standard input.
        case run([String])
        /// A connection that offered the operation with `undo.serve`: of one of these accounts, by
        /// name, or, when nil, of the account that the workflow belongs to, and of no other.
        case agent(users: [String]?)
    }

    /// The operation's name.
    public var name: String
    /// Who carries it out; nil when the manifest names none (then its undo can only be resolved by hand).
    public var executor: Executor?
    /// How long one attempt may take.
    public var timeout: Span
    /// How many refusals make the chain stuck; at least 1.
    public var retries: Int
    /// The pause after the first failure; doubled each time, at most 5 minutes.
    public var backoff: Span
    /// How long an `agent` executor may take to connect before it counts as unreachable.
    public var executorWait: Span
    /// The command that a drill runs before the undo.
    public var drill: [String]?
    /// Line of the operation in the file, from 1.
    public var line: Int

    /// An operation of these parts.
    public init(
        name: String,
        executor: Executor?,
        timeout: Span = Span(seconds: 60),
        retries: Int = 5,
        backoff: Span = Span(seconds: 2),
        executorWait: Span = Span(seconds: 30),
        drill: [String]? = nil,
        line: Int = 0
    ) {
        self.name = name
        self.executor = executor
        self.timeout = timeout
        self.retries = retries
        self.backoff = backoff
        self.executorWait = executorWait
        self.drill = drill
        self.line = line
    }
}

/// Whom to tell of what: a command with JSON on standard input.
public struct Notifier: Sendable, Hashable {
    /// What can be told.
    public enum Occasion: String, Sendable, Hashable, Codable, CaseIterable {
        case itemOpened = "item_opened"
        case escalated
        case warned
        case decided
        case undoStuck = "undo_stuck"
        case unwound
    }

    /// The occasions that it is told of.
    public var occasions: [Occasion]
    /// Only for items whose current tier is this role; nil: for all.
    public var role: String?
    /// The command and its arguments.
    public var command: [String]

    /// A notifier of these parts.
    public init(occasions: [Occasion], role: String?, command: [String]) {
        self.occasions = occasions
        self.role = role
        self.command = command
    }
}
