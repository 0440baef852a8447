extension Manifest {
    /// What starts an agent again that is gone when a decision lands (I19).
    ///
    /// Only for a name that the manifest gives to the agent's account: under any other name an agent
    /// would start the operator's command by its own word.
    ///
    /// - Returns: The command; nil for an agent that is not started again.
    public func resumption(of agent: AgentIdentity) -> [String]? {
        isVerified(agent: agent.name, user: agent.user) ? resumes[agent.name] : nil
    }
}
