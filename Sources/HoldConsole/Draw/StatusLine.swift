import HoldCore

/// The first row of the screen: all that it is drawn from, so that it is drawn anew only when one of
/// these is another.
struct StatusLine: Hashable, Sendable {
    /// What this person has going.
    private struct Own: Hashable {
        let decided: Int
        let onHold: Int
        let unanswered: Int
    }

    /// What is said of a lost connection.
    private struct Outage: Hashable {
        /// The time of day that the data is from; nil when there is none.
        let dataFrom: SafeText?
        let retry: SafeText?
    }

    /// What runs out first.
    private struct Next: Hashable {
        let number: Int64
        /// As far as it is told.
        let left: Span
    }

    private let place: String
    private let user: String
    private let separation: Separation
    private let freshness: Freshness
    private let outage: Outage?
    private let counts: QueueCounts
    private let next: Next?
    private let own: Own?
    /// Whether the service cannot write.
    private let isReadOnly: Bool
    /// How many notices rang unseen.
    private let unread: Int
    private let unreadKey: SafeText
    /// The second of the day, in UTC.
    private let second: Int64
    private let isList: Bool
    private let columns: Int
    private let glyphs: GlyphSet

    init(_ canvas: Canvas) {
        place = canvas.model.link.place
        isList = canvas.layout.shape == .list
        user = canvas.model.link.user
        separation = canvas.model.link.separation
        freshness = canvas.model.freshness.told
        outage = canvas.model.link.isDown ? Self.outage(canvas.model) : nil
        counts = QueueCounts(canvas.model.queue)
        next = Self.next(canvas.model, at: canvas.now)
        own = canvas.layout.shape == .threeColumns ? Self.own(canvas.model) : nil
        if case .readOnly = canvas.model.health { isReadOnly = true } else { isReadOnly = false }
        unread = canvas.model.log.unread
        unreadKey =
            unread > 0
            ? canvas.model.keymap.keys(for: .notifications).first?.label ?? "!" : .empty
        second = canvas.now.milliseconds / 1_000
        columns = canvas.layout.status.columns
        glyphs = canvas.glyphs
    }

    private static func outage(_ model: Model) -> Outage {
        Outage(
            dataFrom: model.link.lastHeard.map { Clock.timeOfDay(model.serviceTime(at: $0)) },
            retry: model.retryWords(at: model.now)
        )
    }

    private static func next(_ model: Model, at now: Instant) -> Next? {
        model.nextExpiry.map { next in
            Next(number: next.number, left: Clock.told(next.deadline - now))
        }
    }

    private static func own(_ model: Model) -> Own {
        Own(
            decided: model.decidedCount,
            onHold: model.holds.count,
            unanswered: model.outgoing.count
        )
    }

    // MARK: - The row as drawn

    private var style: Style { outage == nil ? .statusBar : .errorBar }

    /// The row as drawn.
    var line: StyledLine {
        var bar = Bar(style: style)
        if !isList { bar.leading.append(Bar.Part(title, rank: 5)) }
        bar.leading.append(Bar.Part(liveness, rank: 0))
        if let outage { add(outage, to: &bar) } else { addCounts(to: &bar) }
        return bar.line(width: columns, ellipsis: .ellipsis(glyphs))
    }

    private var title: [StyledLine] {
        let title = StyledLine("REVIEW", style.adding(.bold))
        guard !place.isEmpty else { return [title] }
        var full = title
        full.gap(1, style)
        full.add(Words.sentence(place), style)
        return [full, title]
    }

    private var liveness: [StyledLine] {
        switch freshness {
        case .connecting:
            return [StyledLine("\(SafeText.dots(glyphs)) connecting", style)]
        case .live(let age):
            return [StyledLine("* live \(Clock.heartbeat(age))", style)]
        case .stale(let age):
            return [StyledLine(" ! stale \(Clock.heartbeat(age)) ", .warningBar)]
        case .tooStale(let age):
            let age = Clock.heartbeat(age)
            return [
                StyledLine(" ! NO NEWS for \(age), decisions off ", .errorBar),
                StyledLine(" ! NO NEWS \(age) ", .errorBar),
            ]
        case .disconnected(let age):
            return [StyledLine("! DISCONNECTED \(Clock.left(age))", style)]
        }
    }

    private func add(_ outage: Outage, to bar: inout Bar) {
        if let time = outage.dataFrom {
            bar.leading.append(
                Bar.Part(
                    [
                        StyledLine("data is from \(time)Z", style),
                        StyledLine("from \(time)Z", style),
                    ],
                    rank: 2
                )
            )
        }
        if let words = separationPart { bar.trailing.append(words) }
        if let words = outage.retry {
            bar.trailing.append(Bar.Part(StyledLine(words, style), rank: 3))
        }
    }

    private func addCounts(to bar: inout Bar) {
        bar.leading.append(Bar.Part(StyledLine("\(counts.waiting) waiting", style), rank: 1))
        if counts.stuck > 0 {
            bar.leading.append(Bar.Part(StyledLine(" \(counts.stuck) STUCK ", .errorBar), rank: 1))
        }
        if counts.urgent > 0 {
            bar.leading.append(
                Bar.Part(StyledLine("\(counts.urgent) urgent", style.adding(.bold)), rank: 3)
            )
        }
        if let next { bar.leading.append(part(of: next)) }
        if let own { add(own, to: &bar) }
        addAlerts(to: &bar)
        if let words = separationPart { bar.trailing.append(words) }
        if !user.isEmpty {
            bar.trailing.append(Bar.Part(StyledLine(Words.name(user), style), rank: 5))
        }
        let time = Instant(milliseconds: second * 1_000)
        bar.trailing.append(
            Bar.Part(
                [
                    StyledLine("\(Clock.timeOfDay(time))Z", style),
                    StyledLine("\(Clock.minuteOfDay(time))Z", style),
                ],
                rank: 4,
                shortening: 6
            )
        )
    }

    private func part(of next: Next) -> Bar.Part {
        let style = Clock.isNow(next.left) ? style.adding(.bold) : style
        let left = Clock.left(next.left)
        return Bar.Part(
            [
                StyledLine("next expiry \(left) (#\(next.number))", style),
                StyledLine("next expiry \(left)", style),
                StyledLine("next \(left)", style),
            ],
            rank: 2,
            shortening: 6
        )
    }

    private func add(_ own: Own, to bar: inout Bar) {
        bar.leading.append(Bar.Part(StyledLine("decided \(own.decided)", style), rank: 7))
        bar.leading.append(Bar.Part(StyledLine("on hold \(own.onHold)", style), rank: 7))
        bar.leading.append(Bar.Part(StyledLine("unanswered \(own.unanswered)", style), rank: 7))
    }

    /// Says that the service cannot write, and that something rang unseen.
    private func addAlerts(to bar: inout Bar) {
        if isReadOnly {
            bar.leading.append(
                Bar.Part(
                    [
                        StyledLine(" CANNOT WRITE, decisions off ", .errorBar),
                        StyledLine(" CANNOT WRITE ", .errorBar),
                    ],
                    rank: 0,
                    shortening: 8
                )
            )
        }
        guard unread > 0 else { return }
        let words: SafeText = .count(unread, "alert")
        bar.leading.append(
            Bar.Part(
                [
                    StyledLine(" \(words): \(unreadKey) ", .warningBar),
                    StyledLine(" \(unreadKey)\(unread) ", .warningBar),
                ],
                rank: 2
            )
        )
    }

    /// Without separation of agents and reviewers every screen says so.
    private var separationPart: Bar.Part? {
        guard separation == .none else { return nil }
        return Bar.Part(
            [
                StyledLine("separation: none", style.adding(.bold)),
                StyledLine("sep: none", style.adding(.bold)),
            ],
            rank: 0
        )
    }
}

extension Freshness {
    /// Without what ``Clock/heartbeat(_:)`` does not tell of the age: what is drawn from it need not be
    /// drawn anew for a tenth of a second.
    fileprivate var told: Freshness {
        func tenths(_ age: Span) -> Span { Span(milliseconds: age.milliseconds / 100 * 100) }
        return switch self {
        case .connecting: .connecting
        case .live(let age): .live(tenths(age))
        case .stale(let age): .stale(tenths(age))
        case .tooStale(let age): .tooStale(tenths(age))
        case .disconnected(let age): .disconnected(tenths(age))
        }
    }
}
