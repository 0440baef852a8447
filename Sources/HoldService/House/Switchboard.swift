import HoldBroker
import HoldCore
import HoldWire
import Synchronization

/// Who is connected, and what of: subscriptions, offered undos, interest in workflows.
final class Switchboard: Sendable {
    /// One connection, as others reach it; every closure may be called from any thread.
    struct Line: Sendable {
        var role: Role
        var send: @Sendable (RPCMessage) -> Void
        /// The queue may look different now.
        var queueChanged: @Sendable () -> Void
        /// The journal has grown.
        var journalGrew: @Sendable (Int64) -> Void
        var runUndo: @Sendable (UndoRun.Params, @escaping @Sendable (UndoReport) -> Void) -> Void
    }

    /// Which socket a connection came in by.
    enum Role: Sendable, Hashable {
        case agent, reviewer
    }

    fileprivate struct Offer {
        var session: Int
        var operations: Set<String>
        /// nil: for every workflow.
        var workflows: Set<String>?
        var account: Account
        /// The account's name.
        var user: String
    }

    private struct State {
        var next = 1
        var lastSeq: Int64 = 0
        var lines: [Int: Line] = [:]
        /// How often each connection has said that it works on a workflow, and not taken it back.
        var interest: [WorkflowKey: [Int: Int]] = [:]
        var offers: [Offer] = []
        var undosWaiting: [UndoWaiting] = []

        mutating func forget(_ session: Int, in workflow: WorkflowKey) {
            interest[workflow]?[session] = nil
            if interest[workflow]?.isEmpty == true { interest[workflow] = nil }
        }
    }

    /// An undo that no connected executor offers yet.
    private struct UndoWaiting {
        var errand: HandedUndo
        var params: UndoRun.Params
    }

    private let state = Mutex(State())

    /// Takes a connection in; its number is for ``hangUp(_:)``.
    func connect(_ line: Line) -> Int {
        state.withLock { state in
            defer { state.next += 1 }
            state.lines[state.next] = line
            return state.next
        }
    }

    func hangUp(_ session: Int) {
        state.withLock { state in
            state.lines[session] = nil
            state.offers.removeAll { $0.session == session }
            for workflow in state.interest.keys { state.forget(session, in: workflow) }
        }
    }

    /// The connection works on this workflow of its account: it is told of decisions and unwinding there.
    func note(_ session: Int, worksOn workflow: WorkflowKey) {
        state.withLock { $0.interest[workflow, default: [:]][session, default: 0] += 1 }
    }

    /// Takes one ``note(_:worksOn:)`` back, whose request was refused; others of it stand.
    func takeBack(_ session: Int, worksOn workflow: WorkflowKey) {
        state.withLock { state in
            guard let count = state.interest[workflow]?[session] else { return }
            guard count > 1 else { return state.forget(session, in: workflow) }
            state.interest[workflow]?[session] = count - 1
        }
    }

    /// Whether an agent of this workflow is connected.
    func isAttended(_ workflow: WorkflowKey) -> Bool {
        state.withLock { $0.interest[workflow]?.isEmpty == false }
    }

    /// Sends a notification to the workflow's agent connections.
    func notify(_ workflow: WorkflowKey, _ message: RPCMessage) {
        let lines = state.withLock { state in
            (state.interest[workflow] ?? [:]).keys.sorted().compactMap { state.lines[$0] }
        }
        for line in lines where line.role == .agent { line.send(message) }
    }

    /// Tells every reviewer that the queue may look different.
    func queueChanged(seq: Int64) {
        let lines = state.withLock { state in
            state.lastSeq = max(state.lastSeq, seq)
            return state.lines.values.filter { $0.role == .reviewer }
        }
        for line in lines {
            line.queueChanged()
            line.journalGrew(seq)
        }
    }

    /// The journal's end as last told.
    var lastSeq: Int64 { state.withLock { $0.lastSeq } }

    var counts: (agents: Int, reviewers: Int, executors: Int) {
        state.withLock { state in
            let reviewers = state.lines.values.count { $0.role == .reviewer }
            return (
                state.lines.count - reviewers, reviewers, Set(state.offers.map(\.session)).count
            )
        }
    }

    // MARK: - Undos

    /// A connection offers to run these undos, for some workflows or all; waiting ones start at once.
    func offer(
        _ operations: [String],
        workflows: [String]?,
        session: Int,
        by peer: Peer
    ) {
        let ready = state.withLock { state in
            state.offers.removeAll { $0.session == session }
            let offer = Offer(
                session: session,
                operations: Set(operations),
                workflows: workflows.map(Set.init),
                account: peer.account,
                user: peer.user
            )
            state.offers.append(offer)
            let ready = state.undosWaiting.filter { offer.serves($0.errand) }
            state.undosWaiting.removeAll { offer.serves($0.errand) }
            return (state.lines[session], ready)
        }
        for waiting in ready.1 {
            ready.0?.runUndo(waiting.params) {
                waiting.errand.done(UndoWord($0, by: peer.account))
            }
        }
    }

    /// Hands an undo to a connection that offers it and may have it, or keeps it until one does (I23).
    ///
    /// A connection that names the workflow comes before one that serves any, and the oldest first: who
    /// comes later cannot take an executor's place.
    func run(_ errand: HandedUndo) {
        let call = errand.call
        let params = UndoRun.Params(
            key: call.key,
            workflow: call.workflow.text,
            step: call.step.text,
            operation: call.operation,
            arguments: call.arguments,
            result: call.result,
            attempt: call.attempt,
            inDoubt: call.isInDoubt,
            drill: call.isDrill
        )
        let found = state.withLock { state -> (line: Line, account: Account)? in
            let offers = state.offers.filter { $0.serves(errand) }
            let offer = offers.first { $0.workflows != nil } ?? offers.first
            guard let offer, let line = state.lines[offer.session] else {
                state.undosWaiting.append(UndoWaiting(errand: errand, params: params))
                return nil
            }
            return (line, offer.account)
        }
        if let found {
            found.line.runUndo(params) { errand.done(UndoWord($0, by: found.account)) }
        }
    }

    /// Whether a connection that may offers to undo what a drill of this operation does.
    func offersDrill(of operation: Operation) -> Bool {
        state.withLock { state in
            state.offers.contains { offer in
                offer.names(operation.name, in: Workflow.drill)
                    && operation.admits(offer.account, user: offer.user, owner: nil)
            }
        }
    }

    /// Gives up on every undo that nobody offered.
    func giveUpAll() {
        let waiting = state.withLock { state in
            defer { state.undosWaiting = [] }
            return state.undosWaiting
        }
        for undo in waiting { undo.errand.done(UndoWord(.unreachable("the service stops"))) }
    }

    /// Gives up on an undo that nobody offered; what still waits for it is told so.
    func giveUp(_ call: UndoCall, _ report: UndoReport) {
        let waiting = state.withLock { state in
            let waiting = state.undosWaiting.filter { $0.errand.call == call }
            state.undosWaiting.removeAll { $0.errand.call == call }
            return waiting
        }
        for undo in waiting { undo.errand.done(UndoWord(report)) }
    }
}

/// One undo for a connection: which ones may have it, and who is told what came of it.
struct HandedUndo: Sendable {
    var call: UndoCall
    /// Whether the account of this number and name may have it.
    var admits: @Sendable (Account, String) -> Bool
    /// Told the outcome, and which account gave it.
    var done: @Sendable (UndoWord) -> Void
}

extension Switchboard.Offer {
    func serves(_ errand: HandedUndo) -> Bool {
        names(errand.call.operation, in: errand.call.workflow) && errand.admits(account, user)
    }

    /// Whether it was made for this operation in this workflow.
    func names(_ operation: String, in workflow: WorkflowKey) -> Bool {
        operations.contains(operation) && workflows.map { $0.contains(workflow.text) } ?? true
    }
}
