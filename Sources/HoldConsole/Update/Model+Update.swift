import HoldCore

extension Model {
    /// Takes in one thing that happened and tells what has to be done about it.
    ///
    /// Pure: the same model and the same messages give the same requests. A key is judged by what
    /// was on the screen and in force before it, so time that passed meanwhile is looked at after
    /// the key: a take-back that was pressed in time counts, and no key ever completes an arming.
    ///
    /// - Parameters:
    ///   - message: What happened.
    ///   - moment: When it was taken up.
    /// - Returns: What to do, in order.
    package mutating func update(_ message: Message, at moment: Moment) -> [Request] {
        noteClock(at: moment)
        now = max(now, moment)
        if case .keyPressed(let key) = message {
            take(key)
            passTime()
        } else {
            passTime()
            take(message)
        }
        readWhatIsShown()
        tellTitle()
        defer { outbox = [] }
        return outbox
    }

    private mutating func take(_ message: Message) {
        switch message {
        case .keyPressed(let key): take(key)
        case .ticked: break
        case .resized(let size): resize(to: size)
        case .painted(let report): notePainted(report)
        case .resumed: resume()
        case .connected(let connection): connect(connection)
        case .disconnected(let cause): disconnect(cause: cause)
        case .retryFailed(let cause, let next): noteRetry(cause: cause, next: next)
        case .heard(let serviceTime): hear(serviceTime)
        case .answered(let serviceTime, let asked): hearAnswer(serviceTime, asked: asked)
        case .queueChanged(let window): takeWindow(window)
        case .queueFailed(let query, let problem): failQuery(query, problem)
        case .numberFound(let detail): takeFound(detail)
        case .numberNotFound(let number, let problem): takeNotFound(number, problem)
        case .detailLoaded(let detail): takeDetail(detail)
        case .detailFailed(let reference, let problem): failDetail(reference, problem)
        case .workflowsLoaded(let lines): takeWorkflows(lines)
        case .workflowLoaded(let detail): takeWorkflow(detail)
        case .workflowFailed(let workflow, let problem): failWorkflow(workflow, problem)
        case .steered(let id, let answer): takeSteered(id, answer)
        case .historyLoaded(let page): takeHistory(page)
        case .historyFailed(let query, let problem): failHistory(query, problem)
        case .historyChecked(let check): historyView.check = check
        case .activityHappened(let lines): takeActivity(lines)
        case .recorded(let id, let recorded): takeRecorded(id, recorded)
        case .refused(let id, let turned): takeRefusal(id, turned)
        case .noAnswer(let id): noteNoAnswer(id)
        case .outcomeKnown(let id, let detail): takeOutcome(id, detail)
        case .requestFailed(let problem): say(.danger, problem, for: Span(seconds: 15))
        case .editorReturned(let job, let bytes): takeEdited(job, bytes)
        case .pagerReturned:
            selected?.openedInFull = true
            resume()
        case .themesLoaded(let loaded): takeThemes(loaded)
        case .shift(let answer): takeShift(answer)
        }
    }

    // MARK: - Time

    /// Lets everything happen that is due.
    private mutating func passTime() {
        if case .approve(let sheet) = sheet, sheet.phase == .arming,
            let since = sheet.armingSince, now.since(since) >= sheet.terms.arming
        {
            advanceSheet(.armingOver)
        }
        if case .batch(let open) = sheet, let armedAt = open.armedAt, armedAt <= now {
            advanceBatch(.armingOver)
        }
        switch freshness {
        case .tooStale, .disconnected: dropApprovals(because: .disconnected)
        case .connecting, .live, .stale: break
        }
        sendDueHolds()
        for out in outgoing where out.phase != .unknown {
            if now.since(out.since) >= Outgoing.answerTime { noteNoAnswer(out.verdict.id) }
        }
        notices.removeAll { $0.until <= now }
        tidyQueueWhenIdle()
        passShiftTime()
    }

    /// When ``Message/ticked`` is due next, because something will look or be different then.
    package var wake: Moment {
        var next = now.adding(nextSecond)
        func consider(_ moment: Moment) {
            if moment > now, moment < next { next = moment }
        }
        if case .approve(let sheet) = sheet, sheet.phase == .arming, let since = sheet.armingSince {
            consider(since.adding(sheet.terms.arming))
            consider(now.adding(Self.progress))
        }
        if case .batch(let open) = sheet, let armedAt = open.armedAt {
            consider(armedAt)
            consider(now.adding(Self.progress))
        }
        for hold in holds { consider(hold.deadline) }
        for notice in notices { consider(notice.until) }
        consider(lastKey.adding(Self.quiet))
        if let heard = link.lastHeard {
            consider(heard.adding(Link.offAfter + Span(milliseconds: 1)))
        }
        return next
    }

    /// How often a bar that fills is painted.
    static let progress = Span(milliseconds: 100)
    /// Without a key for so long, rows may be put in order.
    static let quiet = Span(seconds: 2)
    /// Without a key for so long, new rows are taken in and decided ones let go.
    static let away = Span(seconds: 60)

    /// Up to the next whole second of the service's time, which countdowns show.
    private var nextSecond: Span {
        let past = serviceNow.milliseconds % 1_000
        return Span(milliseconds: 1_000 - (past < 0 ? past + 1_000 : past))
    }

    // MARK: - Words

    /// Shows a line of our own words for a while.
    mutating func say(
        _ kind: Notice.Kind,
        _ text: String,
        for time: Span = Span(seconds: 6),
        ways: NotificationRules.Ways = []
    ) {
        log.add(kind, text, at: serviceNow, ways: ways)
        notices.removeAll { $0.text == text }
        notices.append(Notice(kind: kind, text: text, until: now.adding(time)))
        if notices.count > Self.noticesMax { notices.removeFirst() }
    }

    private static let noticesMax = 4

    /// Sets the title when it says something else now: our own words and numbers only.
    private mutating func tellTitle() {
        let source = TitleSource(
            freshness,
            waiting: queue.total,
            urgent: queue.counts["urgent"] ?? 0,
            unread: log.unread
        )
        guard source != titleSource else { return }
        titleSource = source
        outbox.append(.setTitle(source.title))
    }

    // MARK: - The terminal

    private mutating func resize(to newSize: Size) {
        size = newSize
        outbox.append(.flushInput)
        advanceSheet(.resized)
        // Other wraps: what was seen is on the screen again, or has to be seen again.
        selected?.seen = nil
    }

    /// After Ctrl-z, an editor or a pager: what was typed meanwhile was not meant for us.
    mutating func resume() {
        lastKey = now
        burst.reset()
        outbox += [.flushInput, .redraw]
        advanceSheet(.focusGained)
    }

    private mutating func notePainted(_ report: FrameReport) {
        extents = report.panes
        queueRows = max(1, report.queueRows)
        clampScrolls(help: report.help)
        noteLines(report.lines)
        if let extent = report.view {
            fitView(extent)
            noteView(extent)
        }
        noteBatchPainted(report)
        if let shown = report.sheet, case .approve(let sheet) = sheet, sheet.id == shown.id,
            sheet.generation == shown.generation
        {
            advanceSheet(.painted)
        }
        if let raw = report.raw, raw == selected?.detail?.item.digest { selected?.sawRaw = true }
        noteReading(report)
        if let selected, let detail = selected.detail, let seen = selected.seen,
            selected.unread == nil
        {
            readItems.note(detail, hidden: seen.hidden)
        }
        followSelection()
    }

    /// The model as it will be once a frame with this on it is on the screen; nil when nothing that
    /// is drawn changes with it.
    ///
    /// A frame may say of the lines on it that they are seen: whoever reads that sees them too.
    package func showing(_ report: FrameReport) -> Model? {
        var shown = self
        shown.noteLines(report.lines)
        return shown.selected?.seen == selected?.seen ? nil : shown
    }

    private mutating func noteLines(_ shown: LinesShown?) {
        guard let shown, let selected, shown.item == selected.reference,
            let detail = selected.detail, detail.item.digest == shown.digest
        else { return }
        var seen = selected.seen
        if seen?.digest != shown.digest || seen?.total != shown.total {
            seen = SeenLines(
                digest: shown.digest,
                total: shown.total,
                hidden: shown.hidden,
                notShown: shown.notShown
            )
        }
        seen?.show(shown.lines)
        self.selected?.seen = seen
        if seen?.isAll == true { markSeen(selected.reference, detail.item.revision) }
    }

    private mutating func clampScrolls(help: PaneExtent) {
        for (pane, extent) in extents {
            if let scroll = scrolls[pane] { scrolls[pane] = min(scroll, extent.scrollMax) }
        }
        helpScroll = min(helpScroll, help.scrollMax)
        helpExtent = help
    }
}
