import Dispatch
import HoldBroker
import HoldCore
import HoldWire

/// The stop button (I20).
extension Session {
    func halt(_ call: Call) throws(RPCError) {
        try press(call, ControlHalt.self) { .halt($0, reason: $1) }
    }

    func resume(_ call: Call) throws(RPCError) {
        try press(call, ControlResume.self) { .resume($0, reason: $1) }
    }

    private func press<Method: WireMethod & SendableMetatype>(
        _ call: Call,
        _ method: Method.Type,
        _ command: @escaping @Sendable (HaltScope, String) -> Command
    ) throws(RPCError) where Method.Params == HaltOrder, Method.Reply == HaltReply {
        let params = try call.params(of: method)
        let order = { @Sendable (scope: HaltScope) in command(scope, params.reason) }
        switch (params.scope, params.id, params.account) {
        case (.workflow, let id?, let account):
            resolve(workflow: id, account: account, call) { session, workflow in
                session.press(order(.workflow), in: workflow, call, method)
            }
        case (.agent, let name?, _): press(order(.agent(name)), in: Workflow.control, call, method)
        case (.agent, nil, let name?):
            let hand = later { (session: Session, found: HostAccount?) in
                guard let found else {
                    return session.fail(
                        call,
                        RPCError(.invalidParams, "params.account: there is no account \(name)")
                    )
                }
                let account = Account(realm: session.peer.account.realm, uid: found.uid)
                let scope = HaltScope.account(account, user: found.name)
                session.press(order(scope), in: Workflow.control, call, method)
            }
            HostAccount.lookups.async { hand(HostAccount(given: name)) }
        case (.all, _, _): press(order(.everything), in: Workflow.control, call, method)
        case (.workflow, nil, _), (.agent, nil, nil):
            // Checked with the parameters; never taken for everything.
            throw RPCError(.invalidParams, "params.id: is missing")
        }
    }

    private func press<Method: WireMethod & SendableMetatype>(
        _ command: Command,
        in workflow: WorkflowKey,
        _ call: Call,
        _ method: Method.Type
    ) where Method.Reply == HaltReply {
        ask(.command(command), in: workflow, by: .reviewer(peer), call) { session, changed, _ in
            var halts = session.house.lane.standing.halts.wire
            if let halt = changed.halt {
                halts.append(
                    WireHalt(
                        halt,
                        scope: .workflow,
                        id: changed.id.text,
                        account: changed.agent?.user
                    )
                )
            }
            session.reply(call, to: method, HaltReply(halts: halts))
        }
    }
}

extension Halts {
    var wire: [WireHalt] {
        (everything.map { [WireHalt($0, scope: .all)] } ?? [])
            + accounts.sorted { $0.key.text < $1.key.text }.map {
                WireHalt($1.halt, scope: .agent, account: $1.user)
            }
            + agents.sorted { $0.key < $1.key }.map { WireHalt($1, scope: .agent, id: $0) }
    }
}

extension WireHalt {
    init(_ halt: Halt, scope: WireHaltScope, id: String? = nil, account: String? = nil) {
        self.init(
            scope: scope,
            id: id,
            account: account,
            reason: halt.reason,
            by: halt.by,
            at: halt.at
        )
    }
}
