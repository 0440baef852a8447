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
        var uid: UInt32
    }

    private struct State {
        var next = 1
        var lastSeq: Int64 = 0
        var lines: [Int: Line] = [:]
        var interest: [String: Set<Int>] = [:]
        var offers: [Offer] = []
        var undosWaiting: [UndoWaiting] = []
    }

    /// An undo that no connected executor offers yet.
    private struct UndoWaiting {
        var call: UndoCall
        var params: UndoRun.Params
        var done: @Sendable (UndoReport) -> Void
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
            for (workflow, sessions) in state.interest where sessions.contains(session) {
                state.interest[workflow]?.remove(session)
                if state.interest[workflow]?.isEmpty == true { state.interest[workflow] = nil }
            }
        }
    }

    /// The connection works on this workflow: it is told of decisions and unwinding there.
    func note(_ session: Int, worksOn workflow: String) {
        state.withLock { _ = $0.interest[workflow, default: []].insert(session) }
    }

    /// Whether an agent of this workflow is connected.
    func isAttended(_ workflow: String) -> Bool {
        state.withLock { $0.interest[workflow]?.isEmpty == false }
    }

    /// Sends a notification to the workflow's agent connections.
    func notify(_ workflow: String, _ message: RPCMessage) {
        let lines = state.withLock { state in
            (state.interest[workflow] ?? []).sorted().compactMap { state.lines[$0] }
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
        uid: UInt32
    ) {
        let ready = state.withLock { state in
            state.offers.removeAll { $0.session == session }
            let offer = Offer(
                session: session,
                operations: Set(operations),
                workflows: workflows.map(Set.init),
                uid: uid
            )
            state.offers.append(offer)
            let ready = state.undosWaiting.filter { offer.serves($0.call) }
            state.undosWaiting.removeAll { offer.serves($0.call) }
            return (state.lines[session], ready)
        }
        for waiting in ready.1 { ready.0?.runUndo(waiting.params, waiting.done) }
    }

    /// Hands an undo to a connection that offers it, or keeps it until one does.
    ///
    /// The executor of the account that the workflow belongs to (`uid`) comes before one that serves
    /// several accounts.
    func run(
        _ call: UndoCall,
        uid: UInt32?,
        then done: @escaping @Sendable (UndoReport) -> Void
    ) {
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
        let line = state.withLock { state -> Line? in
            let offers = state.offers.filter { $0.serves(call) }
            if let offer = offers.last(where: { $0.uid == uid }) ?? offers.last {
                return state.lines[offer.session]
            }
            state.undosWaiting.append(UndoWaiting(call: call, params: params, done: done))
            return nil
        }
        line?.runUndo(params, done)
    }

    /// Whether a connection offers to undo what a drill of this operation does.
    func offers(_ operation: String) -> Bool {
        state.withLock { state in
            state.offers.contains { offer in
                offer.operations.contains(operation)
                    && offer.workflows.map { $0.contains(Workflow.drill.text) } ?? true
            }
        }
    }

    /// Gives up on every undo that nobody offered.
    func giveUpAll() {
        let waiting = state.withLock { state in
            defer { state.undosWaiting = [] }
            return state.undosWaiting
        }
        for undo in waiting { undo.done(.unreachable("the service stops")) }
    }

    /// Gives up on an undo that nobody offered; what still waits for it is told so.
    func giveUp(_ call: UndoCall, _ report: UndoReport) {
        let waiting = state.withLock { state in
            let waiting = state.undosWaiting.filter { $0.call == call }
            state.undosWaiting.removeAll { $0.call == call }
            return waiting
        }
        for undo in waiting { undo.done(report) }
    }
}

extension Switchboard.Offer {
    func serves(_ call: UndoCall) -> Bool {
        operations.contains(call.operation)
            && workflows.map { $0.contains(call.workflow.text) } ?? true
    }
}
