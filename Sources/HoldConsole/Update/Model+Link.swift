import HoldCore

/// The connection: what is heard, what is lost, what is asked for afterwards.
extension Model {
    /// The service is there.
    mutating func hear(_ serviceTime: Instant?) {
        guard case .live = link.state else { return }
        link.lastHeard = now
        if let serviceTime { link.offset = serviceTime - now.wall }
    }

    /// The service answered what was asked at a moment: it was alive then, and perhaps since.
    mutating func hearAnswer(_ serviceTime: Instant, asked: Moment) {
        guard case .live = link.state else { return }
        link.lastHeard = max(link.lastHeard ?? asked, asked)
        // Each reading of two clocks differs by a little; following that would move the second.
        let offset = serviceTime - asked.wall
        let drift = (offset - link.offset).milliseconds.magnitude
        if drift > Self.clockSlack { link.offset = offset }
    }

    /// Keeps the service's time in step when somebody sets this host's clock.
    mutating func noteClock(at moment: Moment) {
        guard moment >= now else { return }
        let jump = (moment.wall - now.wall) - (moment.steady - now.steady)
        guard jump.milliseconds.magnitude > Self.clockSlack else { return }
        link.offset = link.offset - jump
    }

    /// Two readings of two clocks differ by a little always, in milliseconds.
    private static let clockSlack: UInt64 = 200

    /// The service's time at a moment that is over.
    func serviceTime(at moment: Moment) -> Instant { serviceNow - now.since(moment) }

    mutating func connect(_ connection: Connection) {
        let isBack = link.lastHeard != nil
        link.state = .live
        link.place = connection.place
        link.user = connection.user
        link.separation = connection.separation
        showsOutage = false
        hear(connection.serviceTime)
        subscribe(offset: (queue.wanted ?? queue.asked)?.offset ?? 0, again: true)
        lookups = []
        meetShift()
        forgetQuestions()
        if selected != nil {
            selected?.isLoading = false
            reload()
        }
        guard isBack else { return }
        outbox.append(.flushInput)
        say(.good, "Connected again.")
        askForOutcomes()
    }

    mutating func disconnect(cause: String) {
        if case .disconnected = link.state { return noteRetry(cause: cause, next: .zero) }
        link.state = .disconnected(Link.Outage(since: now, cause: cause))
        showsOutage = true
        noteOutage(cause)
        outbox.append(.flushInput)
        dropUnsent(because: .disconnected)
        for out in outgoing { advance(out.verdict.id, .disconnected) }
    }

    mutating func noteRetry(cause: String, next: Span) {
        if case .connecting = link.state { disconnect(cause: cause) }
        guard case .disconnected(var outage) = link.state else { return }
        outage.cause = cause
        outage.attempt += 1
        outage.retryAt = now.adding(next)
        link.state = .disconnected(outage)
    }
}
