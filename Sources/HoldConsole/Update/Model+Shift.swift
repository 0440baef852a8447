import HoldCore

/// The person's shift: views over the whole screen, and what is told to colleagues.
extension Model {
    /// Takes a command that concerns the shift.
    mutating func runShift(_ command: Keymap.Command) {
        switch command {
        case .stats: openStats()
        case .handoff: openHandoff()
        case .notifications:
            showsOutage = false
            log.cursor = ListCursor()
            go(to: .notifications)
            log.markRead()
        case .claim: toggleClaim()
        case .snooze: openSnooze()
        case .snoozed: toggleSnoozed()
        case .note: openNote()
        case .follow: nextFollow()
        case .testNotification: testNotification()
        default: break
        }
    }

    /// Takes a key in a view over the whole screen; whether it meant something there, or nothing.
    mutating func takeInShiftView(_ key: Key) -> Bool {
        let command = keymap.command(for: key, in: screen.place)
        switch screen {
        case .triage:
            guard isQueueEmpty, let command = keymap.command(for: key, in: .empty),
                command != keymap.command(for: key)
            else { return false }
            runShift(command)
            return true
        case .stats:
            if takeInStats(key, command) { return true }
        case .handoff:
            if let command, command.isMove {
                handoff.scroll = moved(handoff.scroll, command, in: viewExtent)
                return true
            }
        case .notifications:
            if let command, command.isMove {
                log.cursor.move(command, count: log.entries.count)
                return true
            }
        default: return false
        }
        // A digit is no pane here, and what is about the list below does nothing unseen.
        guard let command else {
            if case .character = key { return true }
            return false
        }
        switch command {
        case .open, .nextPane, .previousPane, .zoom, .rawText, .pager, .filter, .takeIn,
            .pauseList:
            return true
        default: return command.isMove
        }
    }

    /// Takes in how much of a view was painted.
    mutating func noteView(_ extent: PaneExtent) {
        viewExtent = extent
        switch screen {
        case .stats: fitStats(extent)
        case .handoff: handoff.scroll = min(handoff.scroll, extent.scrollMax)
        case .notifications: log.cursor.fit(extent)
        default: break
        }
    }

    /// Takes what the service answered.
    mutating func takeShift(_ answer: ShiftAnswer) {
        if case .failed = answer {} else { hear(nil) }
        switch answer {
        case .claimed(let request, let by, let until): takeClaim(request, by: by, until: until)
        case .snoozed(let request, let until): takeSnooze(request, until: until)
        case .noted(let request): takeNoted(request)
        case .handoff(let new):
            courtesies.underWay.remove(.loadHandoff)
            handoff.handoff = new
            handoff.problem = nil
        case .figures(let request, let figures):
            guard courtesies.underWay.remove(request) != nil else { return }
            stats.content = .loaded(figures)
            stats.cursor.follow(count: stats.rows.count)
        case .failed(let request, let problem): takeFailure(of: request, problem)
        case .health(let health): takeHealth(health)
        }
    }

    // MARK: - Time

    /// Lets happen what is due on a shift.
    mutating func passShiftTime() {
        // With every key all rows are asked: by the end of the minute, so that none is copied.
        let now = serviceNow
        let minute = now + Span(seconds: 60)
        for index in queue.rows.indices where queue.rows[index].item.deadline < minute {
            let item = queue.rows[index].item
            guard item.deadline > now, item.state.isPending, concerns(item) else { continue }
            warn(.lastMinute, item)
        }
        endSnoozes()
        followActivity()
        guard case .live = link.state else { return }
        if screen == .stats, isDue(stats.askedAt, after: StatsView.refresh) { loadFigures() }
        if screen == .handoff, isDue(handoff.askedAt, after: HandoffView.refresh) { loadHandoff() }
        if screen == .notifications { log.markRead() }
    }

    private func isDue(_ asked: Moment?, after span: Span) -> Bool {
        asked.map { now.since($0) >= span } ?? true
    }

    /// Whether an item is selected, claimed by this person, or about to be decided.
    func concerns(_ item: QueueItem) -> Bool {
        item.reference == queue.selection || isMine(item)
            || holds.contains { $0.verdict.target.reference == item.reference }
    }

    /// Whether this person claims it.
    func isMine(_ item: QueueItem) -> Bool {
        item.claim(at: serviceNow)?.by == link.user
    }

    // MARK: - News

    /// A new connection: what was under way is not answered any more.
    mutating func meetShift() {
        courtesies.underWay = []
        stats.askedAt = nil
        loadHandoff()
    }

    /// Tells of what happened to items that concern this person.
    ///
    /// - Parameters:
    ///   - lines: What happened, oldest first.
    ///   - isFirst: Whether it is what happened before this console came: nobody is told of that.
    mutating func noteActivity(_ lines: [ActivityLine], isFirst: Bool) {
        guard !isFirst else {
            follow.followed = max(follow.followed, lines.last?.sequence ?? 0)
            return
        }
        for line in lines {
            if line.kind == .handedOver { loadHandoff() }
            guard let step = line.step,
                let item = queue.row(ItemReference(workflow: line.workflow, step: step))?.item,
                item.state.isPending, concerns(item)
            else { continue }
            switch line.kind {
            case .warned: warn(.warned, item)
            case .noted where line.user != link.user:
                let who = line.user ?? "somebody"
                tell(.note, .info, "\(who) wrote to #\(item.number): \(line.note ?? "")")
            case .asked, .noted, .handedOver, .other: break
            }
        }
    }

    /// A note that comes while its item is about to be approved has to be read first.
    mutating func noteNews(from before: ItemDetail?, to after: ItemDetail) {
        guard let before, case .approve = sheet, before.notes != after.notes else { return }
        advanceSheet(.focusGained)
        say(.warning, "A note came in: read it. Arming starts again.")
    }
}

extension ShiftRequest {
    /// Whether it asks for figures, from whenever on.
    var isFigures: Bool {
        if case .loadFigures = self { return true }
        return false
    }
}
