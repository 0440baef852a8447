import Dispatch
import HoldBroker
import HoldCore
import HoldJournal
import Synchronization

/// The one thread on which the broker runs: takes everything queued, decides it in one commit, and
/// carries the effects out in their order.
final class BrokerLane: Sendable {
    typealias Responder = @Sendable (Answer) -> Void

    private struct Inbox {
        var submissions: [Submission] = []
        var isScheduled = false
        var nextTicket: UInt64 = 1
        var responders: [Ticket: Responder] = [:]
        var isTimeDue = false
        /// Who wants to know whether the store can be written.
        var probes: [@Sendable () -> Void] = []
        var manifest: Manifest?
    }

    /// What others may know of the broker without waiting for it.
    struct Standing: Sendable {
        /// What is halted everywhere or for one agent.
        var halts: Halts
        /// Why nothing can be written at present; nil when it can.
        var obstacle: JournalFault?
        /// When each operation was last proven.
        var provenAt: [String: Instant]
        /// How the drills of each operation went so far.
        var drills: [String: Drills]

        init(_ broker: borrowing Broker) {
            halts = broker.halts
            obstacle = broker.obstacle
            provenAt = broker.provenAt
            drills = broker.drills
        }
    }

    private let inbox = Mutex(Inbox())
    private let noted: Mutex<Standing>
    private let broker: Mutex<Broker>
    private let queue = DispatchQueue(label: "holdshort.broker", qos: .userInteractive)
    private let now: @Sendable () -> Instant
    private let carry: @Sendable (Effect) -> Void
    #if FAILPOINTS
        /// Runs when everything that one load led to is carried out.
        let carriedOut = Mutex<(@Sendable () -> Void)?>(nil)
    #endif

    /// A lane for this broker.
    ///
    /// - Parameters:
    ///   - broker: The broker to run; it is the lane's own from here on.
    ///   - now: The journal's time.
    ///   - carry: Carries out every effect but answers; called on the lane's thread, in order.
    init(
        broker: consuming Broker,
        now: @escaping @Sendable () -> Instant,
        carry: @escaping @Sendable (Effect) -> Void
    ) {
        noted = Mutex(Standing(broker))
        self.broker = Mutex(broker)
        self.now = now
        self.carry = carry
    }

    /// Queues something to decide; the responder is called once, from the lane's thread.
    @discardableResult
    func submit(
        _ request: Submission.Request,
        in workflow: WorkflowKey,
        by party: Party,
        blobs: [Digest: [UInt8]] = [:],
        then responder: Responder? = nil
    ) -> Ticket {
        let ticket = inbox.withLock { inbox in
            let ticket = Ticket(inbox.nextTicket)
            inbox.nextTicket += 1
            if let responder { inbox.responders[ticket] = responder }
            inbox.submissions.append(
                Submission(
                    ticket: responder == nil ? nil : ticket,
                    workflow: workflow,
                    party: party,
                    request: request,
                    blobs: blobs
                )
            )
            return ticket
        }
        schedule()
        return ticket
    }

    /// Answers a waiting ticket with things as they are.
    func stopWaiting(_ ticket: Ticket, in workflow: WorkflowKey) {
        submit(.stopWaiting(ticket), in: workflow, by: .service)
    }

    /// Forgets whom a ticket answers: the connection is gone.
    func forget(_ ticket: Ticket, in workflow: WorkflowKey) {
        inbox.withLock { inbox in inbox.responders[ticket] = nil }
        stopWaiting(ticket, in: workflow)
    }

    /// Does what is due.
    func passTime() {
        inbox.withLock { $0.isTimeDue = true }
        schedule()
    }

    /// Tries whether the store can be written, and then calls back, from the lane's thread.
    func probe(then done: @escaping @Sendable () -> Void) {
        inbox.withLock { $0.probes.append(done) }
        schedule()
    }

    /// Puts another manifest in force.
    func use(_ manifest: Manifest) {
        inbox.withLock { $0.manifest = manifest }
        schedule()
    }

    /// Resumes what a stop or a crash left half done.
    ///
    /// Call once, before the sockets open.
    ///
    /// - Throws: `JournalFault` when the journal cannot be read.
    func resume() throws(JournalFault) {
        let now = now()
        let effects = try broker.withLock { broker throws(JournalFault) in
            defer { note(broker) }
            return try broker.resume(at: now)
        }
        perform(effects)
    }

    /// Waits until everything queued so far is decided and durable.
    func drain() async {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                work()
                continuation.resume()
            }
        }
    }

    /// How the broker stood after what it did last; an append that waits for its disk delays nobody.
    var standing: Standing { noted.withLock { $0 } }

    private func note(_ broker: borrowing Broker) {
        let standing = Standing(broker)
        noted.withLock { $0 = standing }
    }

    private func schedule() {
        let isFirst = inbox.withLock { inbox in
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        if isFirst { queue.async { [self] in work() } }
    }

    private func work() {
        while let load = take() {
            let now = now()
            let effects = broker.withLock { broker in
                if let manifest = load.manifest { broker.use(manifest) }
                var effects = load.isTimeDue ? broker.passTime(at: now) : []
                if !load.submissions.isEmpty {
                    effects += broker.process(load.submissions, at: now)
                }
                if !load.probes.isEmpty { effects += broker.probe(at: now) }
                note(broker)
                return effects
            }
            perform(effects)
            for done in load.probes { done() }
        }
    }

    private struct Load {
        var submissions: [Submission]
        var isTimeDue: Bool
        var manifest: Manifest?
        var probes: [@Sendable () -> Void]
    }

    private func take() -> Load? {
        inbox.withLock { inbox in
            guard
                !inbox.submissions.isEmpty || inbox.isTimeDue || inbox.manifest != nil
                    || !inbox.probes.isEmpty
            else {
                inbox.isScheduled = false
                return nil
            }
            let count = min(inbox.submissions.count, Broker.batchLimit)
            let taken = Array(inbox.submissions.prefix(count))
            inbox.submissions.removeFirst(count)
            let load = Load(
                submissions: taken,
                isTimeDue: inbox.isTimeDue,
                manifest: inbox.manifest,
                probes: inbox.probes
            )
            inbox.isTimeDue = false
            inbox.manifest = nil
            inbox.probes = []
            return load
        }
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects { perform(effect) }
        #if FAILPOINTS
            carriedOut.withLock { $0 }?()
        #endif
    }

    private func perform(_ effect: Effect) {
        guard case .answer(let ticket, let answer) = effect else { return carry(effect) }
        let responder = inbox.withLock { $0.responders.removeValue(forKey: ticket) }
        responder?(answer)
    }
}
