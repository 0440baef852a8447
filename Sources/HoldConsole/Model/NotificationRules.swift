package import HoldCore

/// What rings, what notifies, and when neither does; a value, so that a test can go through it.
package struct NotificationRules: Hashable, Sendable {
    /// Something that a person may want to be told of while looking elsewhere.
    package enum Event: String, Hashable, Sendable, CaseIterable {
        /// A new item that cannot be undone.
        case irreversible
        /// A new item with less than two minutes left.
        case soon
        /// More urgent items than are in sight.
        case urgentAbove = "urgent-above"
        /// An undo chain waits for a person.
        case stuck
        /// The share of time is over at which the manifest has colleagues warned.
        case warned
        /// Less than a minute is left.
        case lastMinute = "last-minute"
        /// A snoozed item is in sight again.
        case snoozeOver = "snooze-over"
        /// A colleague wrote something to the selected item, or to one that this person claims.
        case note
        case disconnected
        /// The service can write nothing.
        case readOnly = "read-only"
    }

    /// How a person is told.
    package struct Ways: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let bell = Ways(rawValue: 1)
        /// A notification of the desktop, through the terminal.
        package static let desktop = Ways(rawValue: 2)
        package static let all: Ways = [.bell, .desktop]
    }

    /// What becomes of a desktop notification on this terminal.
    package enum Desktop: String, Hashable, Sendable, CaseIterable {
        /// The terminal has not been asked.
        case unknown
        case off
        /// The terminal knows none: the bell stands in.
        case bell
        case osc9, osc777, osc99
    }

    /// What each event does outside of quiet hours; nothing for those left out.
    package var ways: [Event: Ways]
    /// When nothing rings but what cannot be undone; nil: never.
    package var quiet: QuietHours?
    package var desktop: Desktop

    package init(
        ways: [Event: Ways] = NotificationRules.usual,
        quiet: QuietHours? = nil,
        desktop: Desktop = .unknown
    ) {
        self.ways = ways
        self.quiet = quiet
        self.desktop = desktop
    }

    /// What is told without any setting.
    package static let usual: [Event: Ways] = [
        .irreversible: .all, .soon: .all, .urgentAbove: .bell, .stuck: .all, .warned: .all,
        .lastMinute: .all, .snoozeOver: .bell, .note: .bell, .disconnected: .all, .readOnly: .all,
    ]

    /// How a person is told of an event at a time of day.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - isIrreversible: Whether it is about an item that cannot be undone: such an event is told
    ///     in quiet hours too.
    ///   - now: The time, in UTC.
    /// - Returns: Nothing when the person is to be left alone.
    package func ways(
        for event: Event,
        isIrreversible: Bool = false,
        at now: Instant
    ) -> Ways {
        let always = event == .irreversible || isIrreversible
        if let quiet, quiet.contains(now), !always { return [] }
        return ways[event] ?? []
    }
}

/// A part of the day, in UTC; past midnight when it ends before it begins.
package struct QuietHours: Hashable, Sendable {
    /// The first minute of the day, 0…1439.
    package let from: Int
    /// The first minute that is not quiet any more, 0…1439.
    package let until: Int

    /// Makes the hours; nil when a minute is none of a day, or there would be none at all.
    package init?(from: Int, until: Int) {
        let day = 0..<1_440
        guard day.contains(from), day.contains(until), from != until else { return nil }
        self.from = from
        self.until = until
    }

    /// Whether a time lies in them.
    package func contains(_ instant: Instant) -> Bool {
        let minutes = instant.milliseconds / 60_000 % 1_440
        let minute = Int(minutes < 0 ? minutes + 1_440 : minutes)
        return from < until
            ? (from..<until).contains(minute) : minute >= from || minute < until
    }
}
