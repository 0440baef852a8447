extension Operation {
    /// Whether a connection of an account may be handed an undo of this operation (I23).
    ///
    /// - Parameters:
    ///   - account: The connection's account.
    ///   - user: The account's name.
    ///   - owner: The account that the workflow belongs to; nil for a drill, which no account's word
    ///     about itself can pass.
    /// - Returns: Whether it may; never for an operation that a command carries out.
    public func admits(_ account: Account, user: String, owner: Account?) -> Bool {
        switch executor {
        case .agent(let users?): users.contains(user)
        case .agent(nil): account == owner
        case .run, nil: false
        }
    }
}
