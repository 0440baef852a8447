/// Presses the stop button: nothing may start in that scope until resumed.
public enum ControlHalt: WireMethod {
    /// The name on the wire.
    public static let method = "control.halt"

    /// What it asks for.
    public typealias Params = HaltOrder

    /// What it answers.
    public typealias Reply = HaltReply
}

/// Releases the stop button.
public enum ControlResume: WireMethod {
    /// The name on the wire.
    public static let method = "control.resume"

    /// What it asks for.
    public typealias Params = HaltOrder

    /// What it answers.
    public typealias Reply = HaltReply
}

/// What to stop or resume, and why.
public struct HaltOrder: WireParams {
    /// How much.
    public var scope: WireHaltScope
    /// The workflow's id, or an agent's name that the manifest gives; left out for all.
    public var id: String?
    /// Whose workflow, or the account whose agents are meant: its name, number or written form.
    public var account: String?
    /// Why.
    public var reason: String

    /// Puts the parameters together.
    public init(
        scope: WireHaltScope,
        id: String? = nil,
        account: String? = nil,
        reason: String
    ) {
        self.scope = scope
        self.id = id
        self.account = account
        self.reason = reason
    }

    /// Refuses values that make no sense, naming the field.
    public func validate() throws(FieldProblem) {
        try checkScope()
    }
}

/// What is halted now.
public struct HaltReply: Codable, Hashable, Sendable {
    /// Every stop button that is pressed.
    public var halts: [WireHalt]

    /// Puts the parts together.
    public init(halts: [WireHalt]) {
        self.halts = halts
    }
}
