// HoldAgents
