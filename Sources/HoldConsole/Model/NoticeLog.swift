package import HoldCore

/// What the console said and rang for, newest first; what went by unseen can be looked up.
package struct NoticeLog: Hashable, Sendable {
    /// One line of it.
    package struct Entry: Hashable, Sendable {
        package let kind: Notice.Kind
        /// May quote others' words: it goes through the display filter like everything else.
        package let text: String
        /// When it was said last, by the service's time.
        package internal(set) var at: Instant
        /// How often in a row.
        package internal(set) var count = 1
        /// How the person was told.
        package internal(set) var ways: NotificationRules.Ways

        /// Whether it was meant to be noticed.
        package var isLoud: Bool { kind == .danger || !ways.isEmpty }
    }

    /// Newest first.
    package private(set) var entries: [Entry] = []
    /// How many loud ones nobody has looked at.
    package private(set) var unread = 0
    /// Where the person is in it.
    package internal(set) var cursor = ListCursor()

    package init() {}

    /// No more lines are kept.
    package static let entriesMax = 500

    /// Adds a line; one that repeats the last is counted with it.
    mutating func add(
        _ kind: Notice.Kind,
        _ text: String,
        at now: Instant,
        ways: NotificationRules.Ways = []
    ) {
        if let last = entries.first, last.kind == kind, last.text == text {
            let wasLoud = last.isLoud
            entries[0].at = now
            entries[0].count += 1
            entries[0].ways.formUnion(ways)
            if entries[0].isLoud, unread == 0 || !wasLoud { unread += 1 }
            return
        }
        let entry = Entry(kind: kind, text: text, at: now, ways: ways)
        entries.insert(entry, at: 0)
        if entry.isLoud { unread += 1 }
        if entries.count > Self.entriesMax { entries.removeLast() }
    }

    /// Somebody looked.
    mutating func markRead() { unread = 0 }
}
