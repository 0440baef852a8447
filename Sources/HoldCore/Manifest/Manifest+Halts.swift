extension Manifest {
    /// The halt of a name that holds for this agent, and the name; nil when none does (I20).
    ///
    /// Whoever calls itself so is held, even where a later manifest gives the name to nobody: a change of
    /// the file lifts no halt. An agent under a label might be any agent of its account: a halt of a name
    /// that the account may bear holds for it too, so that nobody gets out of one by taking another name.
    public func halt(of agent: AgentIdentity, among halts: Halts) -> (name: String, Halt)? {
        if let halt = halts.agents[agent.name] { return (agent.name, halt) }
        guard !halts.agents.isEmpty, !isVerified(agent: agent.name, user: agent.user) else {
            return nil
        }
        return halts.agents.sorted { $0.key < $1.key }.first { name, _ in
            isVerified(agent: name, user: agent.user)
        }.map { ($0.key, $0.value) }
    }
}
