import Foundation
package import HoldBroker
package import HoldCore
package import HoldJournal
import HoldWire
package import Logging
import NIOCore
import NIOPosix
import Synchronization

/// The broker made real: two sockets, timers, undo executors.
///
/// Made in the order in which things must be true: journal read, half-done work resumed, and only then
/// the sockets opened.
package final class Service: Sendable {
    private let house: House
    private let group: MultiThreadedEventLoopGroup
    private let timer: Timer
    /// Held for as long as the service lives: its lock keeps a second one out.
    private let directory: RuntimeDirectory
    private let inherited: InheritedSockets
    private let credentials: PeerCredentials
    private let notifiers: NotifierQueue
    private let undos: UndoRunner
    private let systemd = SystemdNotify(environment: ProcessInfo.processInfo.environment)
    private let channels = Mutex<[any Channel]>([])
    private let connections = Mutex<[ObjectIdentifier: any Channel]>([:])
    #if FAILPOINTS
        private let failPoints: FailPoints?
    #endif

    package var separation: Separation { house.separation }
    package var manifest: Manifest { house.manifests.current }

    /// A service over an open journal; ``open()`` opens its sockets.
    ///
    /// - Throws: `JournalFault` when the journal cannot be read.
    package init(
        configuration: ServiceConfiguration,
        journal: any Journal,
        clock: JournalClock,
        manifests: ManifestKeeper,
        directory: RuntimeDirectory,
        inherited: InheritedSockets,
        logger: Logger
    ) throws(JournalFault) {
        let isPrivate = inherited.lie(in: directory.path)
        let separation = isPrivate ? directory.separation : .enforced
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let broker = try Broker(
            journal: journal,
            manifest: manifests.current,
            separation: separation,
            redactionKey: try Service.redactionKey(of: journal)
        )
        let switchboard = Switchboard()
        let carrier = Carrier()
        let lane = BrokerLane(
            broker: broker,
            now: { clock.now() },
            carry: { carrier.carry($0) }
        )
        let timer = Timer(on: loop, now: { clock.now() }, fire: { lane.passTime() })
        let undos = UndoRunner(
            switchboard: switchboard,
            manifests: manifests,
            loop: loop,
            logger: logger
        ) { call, word in
            lane.submit(
                .command(Service.command(of: word, on: call)),
                in: call.isDrill ? Workflow.control : call.workflow,
                by: .service
            )
        }
        let drills = DrillKeeper(
            lane: lane,
            undos: undos,
            switchboard: switchboard,
            manifests: manifests,
            loop: loop,
            now: { clock.now() }
        )
        let notifiers = NotifierQueue(
            logger: logger,
            notifiers: { manifests.current.notifiers }
        )
        carrier.connect(
            Carrier.Parts(
                switchboard: switchboard,
                timer: timer,
                undos: undos,
                drills: drills,
                announcer: Announcer(
                    switchboard: switchboard,
                    notifiers: notifiers,
                    resumes: ResumeStarter(
                        logger: logger,
                        isAttended: { switchboard.isAttended($0) },
                        command: { manifests.current.resumption(of: $0) }
                    ),
                    logger: logger
                )
            )
        )
        credentials = PeerCredentials(realm: try Service.realm(of: journal, manifests.current))
        self.notifiers = notifiers
        self.undos = undos
        self.group = group
        self.timer = timer
        self.directory = directory
        self.inherited = inherited
        house = House(
            configuration: configuration,
            journal: journal,
            clock: clock,
            separation: separation,
            logger: logger,
            lane: lane,
            switchboard: switchboard,
            manifests: manifests,
            drills: drills
        )
        #if FAILPOINTS
            failPoints = (journal as? FailPointJournal)?.failPoints
            if let failPoints { lane.whenCarriedOut(on: loop, failPoints) }
            failPoints?.reach(.read)
        #endif
    }

    /// An executor's word as the command that takes it in.
    private static func command(of word: UndoWord, on call: UndoCall) -> Command {
        call.isDrill
            ? .reportDrill(key: call.key, word.report, isLost: call.isInDoubt, by: word.executor)
            : .reportUndo(call.step, attempt: call.attempt, word.report, by: word.executor)
    }

    /// The store's own id, made once: the realm of its host's accounts, unless the manifest names one.
    private static func realm(
        of journal: any Journal,
        _ manifest: Manifest
    ) throws(JournalFault) -> String {
        if let realm = manifest.realm { return realm }
        let id = try made("store.id", in: journal) { Array(Hex.text(random(16)).utf8) }
        let text = String(decoding: id, as: UTF8.self)
        guard Account.isRealm(text) else {
            throw JournalFault(.corrupt, "the store's id is no realm")
        }
        return text
    }

    /// The store's key for values that are never stored in clear; made once.
    private static func redactionKey(of journal: any Journal) throws(JournalFault) -> [UInt8] {
        try made("redaction.key", in: journal) { random(32) }
    }

    /// A setting of the store that is made once, when it is first asked for.
    private static func made(
        _ name: String,
        in journal: any Journal,
        _ make: () -> [UInt8]
    ) throws(JournalFault) -> [UInt8] {
        if let value = try journal.setting(name) { return value }
        let value = make()
        try journal.keep(value, as: name)
        return value
    }

    /// So many bytes of the system's generator, which is fit for keys.
    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Goes on with what a stop or a crash left half done, then opens both sockets.
    ///
    /// - Throws: ``StartProblem`` when a socket cannot be opened; `JournalFault` when the journal
    ///   cannot be read.
    package func open() async throws {
        try house.lane.resume()
        #if FAILPOINTS
            failPoints?.reach(.resumed)
        #endif
        let paths = house.configuration.paths
        try await bind(paths.agentSocket, .agent, inherited: inherited.agent)
        #if FAILPOINTS
            failPoints?.reach(.halfOpen)
        #endif
        try await bind(paths.reviewSocket, .reviewer, inherited: inherited.review)
        watchManifest()
        if house.configuration.runsDrills { house.drills.begin() }
        systemd.ready()
        feedWatchdog()
    }

    /// Tells systemd that the service works: through the lane, so that a stalled one is found out.
    private func feedWatchdog() {
        guard let interval = systemd.watchdogInterval else { return }
        let pause = TimeAmount.nanoseconds(Int64(interval / .nanoseconds(1)))
        group.next().scheduleRepeatedTask(initialDelay: pause, delay: pause) { [weak self] _ in
            guard let self else { return }
            Task {
                await self.house.lane.drain()
                self.systemd.alive()
            }
        }
    }

    private func bind(
        _ path: String,
        _ role: Switchboard.Role,
        inherited: Int32?
    ) async throws {
        let descriptor = try inherited ?? SocketClaim.listen(at: path, mode: directory.socketMode)
        let limit = house.configuration.writeLimit
        let bootstrap = ServerBootstrap(group: group)
            .childChannelOption(
                .writeBufferWaterMark,
                value: ChannelOptions.Types.WriteBufferWaterMark(low: limit / 2, high: limit)
            )
            .childChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelInitializer { [self] channel in take(channel, role) }
        let channel = try await bootstrap.withBoundSocket(descriptor).get()
        channels.withLock { $0.append(channel) }
    }

    private func take(_ channel: any Channel, _ role: Switchboard.Role) -> EventLoopFuture<Void> {
        connections.withLock { $0[ObjectIdentifier(channel)] = channel }
        channel.closeFuture.whenComplete { [self] _ in
            connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        let house = house
        return credentials.peer(of: channel).flatMapThrowing { peer in
            let session = Session(house: house, role: role, peer: peer, loop: channel.eventLoop)
            try channel.pipeline.syncOperations.addHandler(session)
        }
    }

    /// Hands an undo to a connection that offers it, past the record: for trials of executors.
    package func handOver(_ call: UndoCall, within wait: Span) async -> UndoReport {
        await undos.hand(call, within: wait) { _, _ in true }.report
    }

    /// Gives up on an undo that was handed over and that nobody offers.
    package func giveUp(_ call: UndoCall) { undos.giveUp(call) }

    /// Reads the manifest anew (SIGHUP).
    package func reloadManifest(isForced: Bool = true) {
        let now = house.clock.now()
        if let manifest = house.manifests.reload(
            isForced: isForced,
            at: now,
            logger: house.logger
        ) {
            house.lane.use(manifest)
            house.drills.look()
        }
    }

    /// Looks every two seconds whether the manifest's file has changed.
    private func watchManifest() {
        group.next().scheduleRepeatedTask(initialDelay: .seconds(2), delay: .seconds(2)) {
            [weak self] _ in
            guard let self else { return }
            house.reads.async { self.reloadManifest(isForced: false) }
        }
    }

    /// Stops: no new connections, what is queued becomes durable and is answered, then all is closed.
    ///
    /// An undo that runs is ended and nothing is recorded of it: the next start calls it again with the
    /// same key, and must not find this one still at work.
    package func stop() async {
        systemd.stopping()
        timer.stop()
        house.drills.stop()
        undos.stop()
        for channel in channels.withLock({ $0 }) { try? await channel.close() }
        await house.lane.drain()
        // Answers hop to the loop and are written there; a round through it puts the close behind them.
        try? await group.next().submit {}.get()
        for channel in connections.withLock({ Array($0.values) }) {
            try? await channel.close()
        }
        await undos.settle()
        await notifiers.stop()
        try? await group.shutdownGracefully()
        let paths = house.configuration.paths
        // Inherited ones belong to whoever opened them.
        if inherited.agent == nil { SocketClaim.release(paths.agentSocket) }
        if inherited.review == nil { SocketClaim.release(paths.reviewSocket) }
    }
}
