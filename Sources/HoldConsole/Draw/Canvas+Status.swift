import HoldCore

extension Canvas {
    /// Draws the first row: whether this is live, what waits, what runs out first.
    mutating func drawStatus() {
        let isDown = model.link.isDown
        let style = isDown ? Style.errorBar : .statusBar
        var bar = Bar(style: style)
        if layout.shape != .list {
            bar.leading.append(Bar.Part(place(style), rank: 5))
        }
        bar.leading.append(Bar.Part(liveness(style), rank: 0))
        if isDown {
            addOutage(to: &bar, style)
        } else {
            addCounts(to: &bar, style)
        }
        draw(bar.line(width: layout.status.columns, ellipsis: ellipsis), in: layout.status)
    }

    private func place(_ style: Style) -> [StyledLine] {
        let title = StyledLine("REVIEW", style.adding(.bold))
        guard !model.link.place.isEmpty else { return [title] }
        var full = title
        full.gap(1, style)
        full.add(Words.sentence(model.link.place), style)
        return [full, title]
    }

    private func liveness(_ style: Style) -> [StyledLine] {
        switch model.freshness {
        case .connecting:
            return [StyledLine("\(dots) connecting", style)]
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

    private func addOutage(to bar: inout Bar, _ style: Style) {
        if let heard = model.link.lastHeard {
            let time = Clock.timeOfDay(model.serviceTime(at: heard))
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
        if let words = separation(style) { bar.trailing.append(words) }
        if let words = model.retryWords(at: model.now) {
            bar.trailing.append(Bar.Part(StyledLine(words, style), rank: 3))
        }
    }

    private func addCounts(to bar: inout Bar, _ style: Style) {
        let counts = QueueCounts(model.queue)
        bar.leading.append(Bar.Part(StyledLine("\(counts.waiting) waiting", style), rank: 1))
        if counts.stuck > 0 {
            bar.leading.append(Bar.Part(StyledLine(" \(counts.stuck) STUCK ", .errorBar), rank: 1))
        }
        if counts.urgent > 0 {
            bar.leading.append(
                Bar.Part(StyledLine("\(counts.urgent) urgent", style.adding(.bold)), rank: 3)
            )
        }
        if let next = model.nextExpiry {
            let left = Clock.countdown(to: next.deadline, at: now)
            let urgent = Clock.isNow(next.deadline, at: now)
            let style = urgent ? style.adding(.bold) : style
            bar.leading.append(
                Bar.Part(
                    [
                        StyledLine("next expiry \(left) (#\(next.number))", style),
                        StyledLine("next expiry \(left)", style),
                        StyledLine("next \(left)", style),
                    ],
                    rank: 2,
                    shortening: 6
                )
            )
        }
        addOwn(to: &bar, style)
        addAlerts(to: &bar)
        if let words = separation(style) { bar.trailing.append(words) }
        if !model.link.user.isEmpty {
            bar.trailing.append(
                Bar.Part(StyledLine(Words.name(model.link.user), style), rank: 5)
            )
        }
        let time = Clock.timeOfDay(now)
        bar.trailing.append(
            Bar.Part(
                [
                    StyledLine("\(time)Z", style), StyledLine("\(Clock.minuteOfDay(now))Z", style),
                ],
                rank: 4,
                shortening: 6
            )
        )
    }

    /// What this person has going.
    private func addOwn(to bar: inout Bar, _ style: Style) {
        guard layout.shape == .threeColumns else { return }
        let unsent = model.outgoing.count
        bar.leading.append(Bar.Part(StyledLine("decided \(model.decidedCount)", style), rank: 7))
        bar.leading.append(Bar.Part(StyledLine("on hold \(model.holds.count)", style), rank: 7))
        bar.leading.append(Bar.Part(StyledLine("unanswered \(unsent)", style), rank: 7))
    }

    /// Without separation of agents and reviewers every screen says so.
    private func separation(_ style: Style) -> Bar.Part? {
        guard model.link.separation == .none else { return nil }
        return Bar.Part(
            [
                StyledLine("separation: none", style.adding(.bold)),
                StyledLine("sep: none", style.adding(.bold)),
            ],
            rank: 0
        )
    }
}

/// What runs out first.
struct NextExpiry {
    let deadline: Instant
    let number: Int64
}

/// The numbers above the queue.
struct QueueCounts {
    let waiting: Int
    let urgent: Int
    let stuck: Int

    init(_ queue: QueueList) {
        let states = [ItemState.pendingReview, .modified].map(\.rawValue)
        waiting =
            queue.counts.isEmpty
            ? queue.total : states.reduce(0) { $0 + max(queue.counts[$1] ?? 0, 0) }
        urgent = queue.counts["urgent"] ?? 0
        stuck = queue.counts["stuck"] ?? 0
    }
}

extension Link {
    /// Whether the connection was lost.
    var isDown: Bool {
        if case .disconnected = state { return true }
        return false
    }
}

extension Model {
    /// The item whose time runs out first, as far as this console knows: the queue's order has it
    /// among the first, so only the top of the list can tell.
    ///
    /// The service counts over everything that is open; rows that a filter or another order left tell
    /// nothing of the rest.
    var nextExpiry: NextExpiry? {
        if let time = queue.counts["next_deadline_ms"],
            let number = queue.counts["next_deadline_number"]
        {
            return NextExpiry(
                deadline: Instant(milliseconds: Int64(time)),
                number: Int64(number)
            )
        }
        guard queue.offset == 0, queue.shownFilter == nil, queue.shownSort == .urgency else {
            return nil
        }
        return queue.rows.lazy.filter { $0.item.state.isPending && !$0.isGone }.map(\.item)
            .min { $0.deadline < $1.deadline }
            .map { NextExpiry(deadline: $0.deadline, number: $0.number) }
    }

    /// When the connection is tried again; nil while there is one, or no attempt is planned.
    func retryWords(at now: Moment) -> SafeText? {
        guard case .disconnected(let outage) = link.state else { return nil }
        guard let retryAt = outage.retryAt else { return "retry \(outage.attempt)" }
        let seconds = max(retryAt.since(now).milliseconds + 999, 0) / 1000
        return "retry \(outage.attempt + 1) in \(seconds) s"
    }
}
