import HoldCore
import HoldJournal
import Testing

extension JournalLaw {
    static let courtesies: [JournalLaw] = [
        JournalLaw("claims and snoozes are kept with their item, and go with it") { journal in
            var row = Sample.item(1)
            row.claim = Claim(by: "bo \u{0}\u{1A}", uid: .max, until: Sample.noon)
            row.snoozes = [Snooze(by: "c\u{0}", uid: 7, until: Sample.noon + Span(minutes: 3))]
            try journal.replace([row, Sample.item(2)], version: 0)
            #expect(try journal.shown(to: nil).map(\.item) == [row, Sample.item(2)])
            #expect(try journal.shown(to: 7).map(\.item.number) == [2])

            try journal.replace([Sample.item(1)], version: 2)
            #expect(try journal.shown(to: 7).map(\.item) == [Sample.item(1), Sample.item(2)])
            let window = try journal.courtesies(at: Sample.noon, limit: 10)
            #expect(window.claimed.isEmpty && window.snoozed.isEmpty)
        },
        JournalLaw("what somebody put off is out of their sight alone, until its end") { journal in
            var row = Sample.item(1)
            let until = Sample.noon + Span(minutes: 3)
            row.snoozes = [Snooze(by: "cy", uid: 7, until: until)]
            try journal.replace([row], version: 0)
            for (viewer, now, isShown) in [
                (7 as UInt32, Sample.noon, false), (7, until - Span(milliseconds: 1), false),
                (7, until, true), (8, Sample.noon, true),
            ] {
                let window = try journal.queue(QueueQuery(now: now, viewer: viewer))
                #expect(window.entries.isEmpty != isShown && window.total == (isShown ? 1 : 0))
                #expect(window.counts.snoozed == (isShown ? 0 : 1))
                #expect(window.counts.nextReturn == (isShown ? nil : until))
                // Figures over everything leave nothing out.
                #expect(window.counts.open == 1)
            }
            let all = try journal.queue(
                QueueQuery(now: Sample.noon, viewer: 7, showsSnoozed: true)
            )
            #expect(all.entries.map(\.item) == [row] && all.counts.snoozed == 1)
        },
        JournalLaw("a hand-off's lists hold what stands, the first to end in front") { journal in
            let rows = Sample.items(400, seed: 11)
            try journal.replace(rows, version: 0)
            let (now, open) = (Sample.noon, rows.filter(\.isOpen))
            let claimed = open.filter { $0.claim.map { $0.until > now } ?? false }
                .sorted {
                    ($0.claim?.until ?? now, $0.number) < ($1.claim?.until ?? now, $1.number)
                }
            let snoozed = open.flatMap { row in
                row.snoozes.filter { $0.until > now }.map { (snooze: $0, row: row) }
            }.sorted {
                ($0.snooze.until, $0.row.number, $0.snooze.uid)
                    < ($1.snooze.until, $1.row.number, $1.snooze.uid)
            }
            for limit in [1, 7, 1000] {
                let window = try journal.courtesies(at: now, limit: limit)
                #expect(window.claimedTotal == claimed.count)
                #expect(window.snoozedTotal == snoozed.count)
                #expect(window.claimed.map(\.item) == Array(claimed.prefix(limit)))
                #expect(window.snoozed.map(\.snooze) == snoozed.prefix(limit).map(\.snooze))
                #expect(window.snoozed.map(\.entry.item) == snoozed.prefix(limit).map(\.row))
            }
        },
    ]
}

extension Journal {
    fileprivate func replace(_ rows: [ItemRow], version: Int) throws {
        var batch = Sample.batch("w", events: 2, expected: version)
        batch.items = rows
        try appendDurably(batch)
    }

    fileprivate func shown(to viewer: UInt32?) throws -> [QueueEntry] {
        try queue(QueueQuery(sort: .age, now: Sample.noon, viewer: viewer)).entries
    }
}
