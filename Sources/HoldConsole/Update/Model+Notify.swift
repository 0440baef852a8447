import HoldCore

/// Telling a person who may be looking elsewhere: as the rules say, once, and never in others' words.
extension Model {
    /// Says something, rings and notifies.
    mutating func tell(
        _ event: NotificationRules.Event,
        _ kind: Notice.Kind,
        _ text: String,
        isIrreversible: Bool = false,
        for time: Span = Span(seconds: 6)
    ) {
        say(kind, text, for: time, ways: ring(event, isIrreversible: isIrreversible))
    }

    /// Rings and notifies as the rules say; how.
    private mutating func ring(
        _ event: NotificationRules.Event,
        isIrreversible: Bool = false
    ) -> NotificationRules.Ways {
        let ways = rules.ways(for: event, isIrreversible: isIrreversible, at: serviceNow)
        // Once for all that one message brought.
        if ways.contains(.bell), !outbox.contains(.bell) { outbox.append(.bell) }
        if ways.contains(.desktop) { outbox.append(.notify(words(for: event))) }
        return ways
    }

    /// Our own words and numbers, for outside of the screen.
    private func words(for event: NotificationRules.Event) -> Title {
        let urgent = queue.counts["urgent"] ?? 0
        return switch event {
        case .irreversible: "a new item cannot be undone, \(urgent) urgent"
        case .soon: "a new item has less than 2 minutes left, \(urgent) urgent"
        case .urgentAbove: "\(urgent) urgent"
        case .stuck: "an undo is stuck and needs a person"
        case .warned: "an item of yours waits for long already, \(urgent) urgent"
        case .lastMinute: "less than a minute left for an item of yours"
        case .snoozeOver: "a snoozed item is back"
        case .note: "a colleague wrote to an item of yours"
        case .disconnected: "not connected"
        case .readOnly: "the service cannot write, decisions are off"
        }
    }

    // MARK: - What is told

    /// Rings for new items that cannot wait: no dialog opens by itself, and no row moves.
    mutating func announce(_ items: [QueueItem]) {
        for item in items {
            let isIrreversible = item.riskClass == .irreversible
            let left = item.left(at: serviceNow)
            guard isIrreversible || left < Self.soon else { continue }
            let ways = ring(isIrreversible ? .irreversible : .soon)
            log.add(
                .warning,
                "New: #\(item.number) \(item.riskClass.rawValue), \(Clock.left(left).plain) left.",
                at: serviceNow,
                ways: ways
            )
        }
    }

    /// The link was lost: that is on the screen, but nobody may be looking.
    mutating func noteOutage(_ cause: String) {
        guard link.lastHeard != nil else { return }
        let ways = ring(.disconnected)
        log.add(.danger, "Connection lost: \(cause)", at: serviceNow, ways: ways)
    }

    /// Takes in whether the service can write.
    mutating func takeHealth(_ new: ServiceHealth) {
        let before = health
        health = new
        guard case .readOnly(let why) = new else {
            if before != .well { say(.good, "The service can write again: decisions are on.") }
            return
        }
        // What is confirmed and not sent would be refused: then nobody knows what stands.
        dropApprovals(because: .disconnected)
        if before == .well {
            tell(.readOnly, .danger, "The service cannot write: \(why)", for: Span(seconds: 15))
        }
    }

    /// Why nothing can be sent, in few words.
    var offWords: String {
        if case .readOnly = health, !link.isDown { return "the service cannot write" }
        return "not connected"
    }

    /// Warns of an item whose time runs out, once for each tier that is asked.
    mutating func warn(
        _ event: NotificationRules.Event,
        _ item: QueueItem
    ) {
        let warning = Courtesies.Warning(item: item.reference, tier: item.tier, event: event)
        guard courtesies.warnings.insert(warning).inserted else { return }
        if courtesies.warnings.count > Courtesies.rememberedMax { courtesies.warnings = [warning] }
        let left = Clock.left(item.left(at: serviceNow)).plain
        let words = event == .lastMinute ? "NOW: #\(item.number) has" : "#\(item.number) has only"
        tell(
            event,
            event == .lastMinute ? .danger : .warning,
            "\(words) \(left) left.",
            isIrreversible: item.riskClass == .irreversible,
            for: Span(seconds: 15)
        )
    }

    /// Sends a notification to see whether it arrives.
    mutating func testNotification() {
        outbox += [.bell, .notify("a test: notifications arrive")]
        say(.info, "Test: the bell rang, a notification was sent.", ways: .all)
    }
}
