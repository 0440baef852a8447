public import HoldCore

// Accounts of one made-up host, for tests that have no kernel to ask.

extension Account {
    /// The account of this number.
    package static func test(_ uid: UInt32) -> Account { Account(realm: "test", uid: uid) }

    /// The account that agents run as unless a test says otherwise.
    package static let bots = Account.test(100)
}

extension Peer {
    /// A peer on the account of this number.
    package init(uid: UInt32, user: String, groups: [String] = [], pid: Int32 = 0) {
        self.init(account: .test(uid), user: user, groups: groups, pid: pid)
    }
}

extension AgentIdentity {
    /// An agent on the account of this number.
    package init(name: String, user: String, uid: UInt32) {
        self.init(name: name, user: user, account: .test(uid))
    }
}

extension Actor {
    /// An actor on the account of this number; nil: on none.
    package init(kind: Kind, user: String?, uid: UInt32?) {
        self.init(kind: kind, user: user, account: uid.map { .test($0) })
    }
}

extension WorkflowKey {
    /// The workflow of this id of the account that agents run as.
    package init(_ text: String) { self.init(account: .bots, text: text) }
}

extension WorkflowKey: ExpressibleByStringLiteral {
    /// The workflow of this id of the account that agents run as.
    public init(stringLiteral text: String) { self.init(text) }
}

extension StepID: ExpressibleByStringLiteral {
    /// The step of this id.
    public init(stringLiteral text: String) { self.init(text) }
}
