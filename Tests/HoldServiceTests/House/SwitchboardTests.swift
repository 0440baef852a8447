import HoldBroker
import HoldCore
import HoldWire
import Synchronization
import TestAccounts
import Testing

@testable import HoldService

/// Who is handed an undo, and who is told of a workflow: never an account that nobody named.
@Suite struct SwitchboardTests {
    private let owner = Account.bots
    private let stranger = Account.test(666)

    /// What one connection was handed and told.
    private final class Ends: Sendable {
        private let handed = Mutex<[UndoRun.Params]>([])
        private let told = Mutex<[RPCMessage]>([])
        var undos: [UndoRun.Params] { handed.withLock { $0 } }
        var messages: [RPCMessage] { told.withLock { $0 } }

        var line: Switchboard.Line {
            Switchboard.Line(
                role: .agent,
                send: { message in self.told.withLock { $0.append(message) } },
                queueChanged: {},
                journalGrew: { _ in },
                runUndo: { params, done in
                    self.handed.withLock { $0.append(params) }
                    done(.done(.undone, detail: nil))
                }
            )
        }
    }

    private func serve(
        _ ends: Ends,
        on switchboard: Switchboard,
        as account: Account,
        named user: String,
        workflows: [String]? = nil
    ) {
        switchboard.offer(
            ["destroy"],
            workflows: workflows,
            session: switchboard.connect(ends.line),
            by: Peer(account: account, user: user)
        )
    }

    private func call(in workflow: WorkflowKey) -> UndoCall {
        UndoCall(
            workflow: workflow,
            step: "1",
            operation: "destroy",
            key: "key",
            arguments: ["secret": 1],
            result: nil,
            attempt: 1,
            isInDoubt: false
        )
    }

    private func operation(_ users: [String]?) -> HoldCore.Operation {
        HoldCore.Operation(name: "destroy", executor: .agent(users: users))
    }

    /// Hands one undo of the owner's workflow out; gives the accounts that answered it.
    private func hand(
        _ operation: HoldCore.Operation,
        on switchboard: Switchboard
    ) -> [Account?] {
        let words = Mutex<[Account?]>([])
        let owner = owner
        switchboard.run(
            HandedUndo(
                call: call(in: "wf-1"),
                admits: { operation.admits($0, user: $1, owner: owner) },
                done: { word in words.withLock { $0.append(word.executor) } }
            )
        )
        return words.withLock { $0 }
    }

    @Test func `an undo goes to the workflow's own account, whoever else serves it`() {
        let switchboard = Switchboard()
        let (theirs, own) = (Ends(), Ends())
        serve(theirs, on: switchboard, as: stranger, named: "mallory", workflows: ["wf-1"])
        #expect(hand(operation(nil), on: switchboard).isEmpty)

        serve(own, on: switchboard, as: owner, named: "bots")

        #expect(theirs.undos.isEmpty && own.undos.map(\.arguments) == [["secret": 1]])
        #expect(hand(operation(nil), on: switchboard) == [owner])
        #expect(theirs.undos.isEmpty)
    }

    @Test func `where the manifest names accounts, the workflow's own is none of them`() {
        let switchboard = Switchboard()
        let (own, named) = (Ends(), Ends())
        serve(own, on: switchboard, as: owner, named: "bots", workflows: ["wf-1"])
        serve(named, on: switchboard, as: .test(7), named: "payments")

        #expect(hand(operation(["payments"]), on: switchboard) == [.test(7)])
        #expect(own.undos.isEmpty)
    }

    @Test func `the connection of the workflow comes first, then the oldest`() {
        let switchboard = Switchboard()
        let (old, new, scoped) = (Ends(), Ends(), Ends())
        serve(old, on: switchboard, as: owner, named: "bots")
        serve(new, on: switchboard, as: owner, named: "bots")
        _ = hand(operation(nil), on: switchboard)
        #expect(old.undos.count == 1 && new.undos.isEmpty)

        serve(scoped, on: switchboard, as: owner, named: "bots", workflows: ["wf-1"])
        _ = hand(operation(nil), on: switchboard)
        #expect(scoped.undos.count == 1 && old.undos.count == 1 && new.undos.isEmpty)
    }

    @Test func `a drill is for named accounts alone`() {
        let switchboard = Switchboard()
        serve(Ends(), on: switchboard, as: owner, named: "bots")
        #expect(!switchboard.offersDrill(of: operation(nil)))
        #expect(!switchboard.offersDrill(of: operation(["payments"])))

        serve(Ends(), on: switchboard, as: .test(7), named: "payments")
        #expect(switchboard.offersDrill(of: operation(["payments"])))
    }

    @Test func `news of a workflow reach its own account alone, under whatever id`() {
        let switchboard = Switchboard()
        let (theirs, own) = (Ends(), Ends())
        let mine = WorkflowKey(account: owner, text: "wf-1")
        let foreign = WorkflowKey(account: stranger, text: "wf-1")
        switchboard.note(switchboard.connect(theirs.line), worksOn: foreign)
        #expect(!switchboard.isAttended(mine))
        switchboard.note(switchboard.connect(own.line), worksOn: mine)

        switchboard.notify(mine, .notification(method: "item.decided", params: nil))

        #expect(own.messages.count == 1 && theirs.messages.isEmpty)
    }

    @Test func `what is refused takes nothing from what was taken up or still waits`() {
        let switchboard = Switchboard()
        let session = switchboard.connect(Ends().line)
        let workflow = WorkflowKey(account: owner, text: "wf-1")
        // A first request, and a wait behind it; then the first is refused.
        switchboard.note(session, worksOn: workflow)
        switchboard.note(session, worksOn: workflow)
        switchboard.takeBack(session, worksOn: workflow)
        #expect(switchboard.isAttended(workflow))

        switchboard.takeBack(session, worksOn: workflow)
        #expect(!switchboard.isAttended(workflow))
        switchboard.takeBack(session, worksOn: workflow)
        #expect(!switchboard.isAttended(workflow))
    }
}
