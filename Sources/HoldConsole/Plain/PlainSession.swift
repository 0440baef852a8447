import HoldCore

/// The console as questions and answers, a line each: for screen readers, dumb terminals, pipes.
///
/// A value, as ``Model`` is, and around one: whatever decides goes through the model's sheets and
/// holds. Nothing is said while a question waits for its answer; news is kept for the next one.
package struct PlainSession: Hashable, Sendable {
    /// Something that happened.
    package enum Event: Hashable, Sendable {
        /// The answer to the question that was asked last.
        case line(String)
        /// No more lines will come.
        case ended
        case news(Message)
        /// Time went on; see ``wake``.
        case time
        /// All that was to be said so far has been written.
        case written
    }

    /// What the next line answers.
    enum Question: Hashable, Sendable {
        case command
        case approve(DecisionID)
        case rejectReason(DecisionID)
        case rejectNote(DecisionID)
        case rejectConfirm(DecisionID)
        case escalateReason(DecisionID)
        case escalateConfirm(DecisionID)
        case editReason(DecisionID)
        case quit
    }

    /// What has to come before there is anything to say.
    enum Wait: Hashable, Sendable {
        case queue
        case detail(ItemReference)
        case editor
        case filter
        case outcome(DecisionID)
        case courtesy
        case leaving
    }

    enum Stage: Hashable, Sendable {
        /// Lines are being said; the question comes once they are written.
        case saying
        /// The question stands before the cursor.
        case asking
        case waiting(Wait, until: Moment)
        case over
    }

    package internal(set) var model: Model
    let hasEditor: Bool
    var stage: Stage
    var question = Question.command
    /// What is read out, and from which line on its last page began.
    var reading: PlainReading?
    var pageStart: Int?
    /// The item that decisions are about.
    var current: ItemReference?
    /// The list as it was read out last, for its row numbers.
    var listed: [ItemReference] = []
    /// What happened and was not said yet.
    var news: [PlainLine] = []
    var newsLost = 0
    var outputs: [PlainOutput] = []
    /// The hold that the last question offered to take back.
    var offeredHold: Int64?

    private var heard: [Notice] = []
    private var wasConnected: Bool?
    private var announced: Int64?
    private var last: Moment
    private var isEdited = false

    /// - Parameters:
    ///   - address: Where the service answers.
    ///   - columns: The terminal's width; 80 where there is none.
    ///   - hasEditor: Whether arguments can be edited.
    ///   - now: The moment.
    package init(address: String, columns: Int, hasEditor: Bool, now: Moment) {
        // The height says nothing here, and lines are as long as they are; but nothing is decided
        // on a size that the console would call too small.
        let size = Size(columns: max(columns, Model.decidingSize.columns), rows: 24)
        model = Model(
            size: size,
            address: address,
            theme: Theme(name: "plain", mode: .dark, colors: [:]),
            now: now
        )
        self.hasEditor = hasEditor
        stage = .waiting(.queue, until: now.adding(Self.patience))
        last = now
    }

    /// The terminal's width, for breaking lines.
    package var columns: Int { model.size.columns }
    /// Whether the next line would be an answer; else it is left unread.
    package var isAsking: Bool { stage == .asking }
    package var isOver: Bool { stage == .over }
    /// When ``Event/time`` is due.
    package var wake: Moment { model.wake }

    /// Nothing is waited for longer.
    static let patience = Span(seconds: 12)
    /// A pause in which nobody could have taken anything back.
    static let absence = Span(seconds: 5)
    private static let newsMax = 100

    /// Takes in what happened and tells what to say and to do, in order.
    ///
    /// The caller writes all of it, reports ``Event/written``, and takes what follows from that.
    package mutating func take(_ event: Event, at moment: Moment) -> [PlainOutput] {
        guard !isOver else { return [] }
        dropWhatNobodyCouldTakeBack(at: moment)
        last = max(last, moment)
        switch event {
        case .line(let text): if isAsking { answer(text) }
        case .ended: end()
        case .news(let message): takeNews(message)
        case .time: run(model.update(.ticked, at: moment))
        case .written: noteWritten()
        }
        notice()
        goOn()
        defer { outputs = [] }
        return outputs
    }

    /// A process that was stopped, or a host that slept, could not be told to take back.
    private mutating func dropWhatNobodyCouldTakeBack(at moment: Moment) {
        guard moment.since(last) >= Self.absence, !model.holds.isEmpty else { return }
        // At the moment before, so that nothing becomes due meanwhile.
        act { $0.dropApprovals(because: .suspended) }
        notice()
    }

    // MARK: - What happened

    private mutating func takeNews(_ message: Message) {
        switch message {
        case .requestFailed(let problem):
            add(.ours("A request failed: \(PlainWords.sentence(problem))"))
        case .editorReturned:
            isEdited = true
            // Nobody answers anything while an editor is open: what was typed was meant for it.
            run(model.update(message, at: last), isTyped: true)
        case .resumed:
            // While the process is stopped nobody can take anything back.
            act { $0.dropApprovals(because: .suspended) }
        case .keyPressed, .resized, .painted, .ticked, .connected, .disconnected,
            .retryFailed, .heard, .queueChanged, .detailLoaded, .detailFailed, .workflowsLoaded,
            .activityHappened, .recorded, .refused, .noAnswer, .outcomeKnown, .pagerReturned,
            .themesLoaded, .answered, .shift, .workflowLoaded, .workflowFailed, .steered,
            .historyLoaded, .historyFailed, .historyChecked, .queueFailed, .numberFound,
            .numberNotFound:
            run(model.update(message, at: last))
        }
    }

    /// Does something to the model as a typed line would.
    mutating func act(_ deed: (inout Model) -> Void) {
        run(model.act(at: last, deed), isTyped: true)
    }

    /// Hands on what the model wants; what draws or rings has no place here.
    private mutating func run(_ requests: [Request], isTyped: Bool = false) {
        for request in requests {
            switch request {
            case .subscribe, .loadDetail, .decide, .escalate, .halt, .askOutcome,
                .retryConnection, .shift, .loadWorkflow, .steer, .loadHistory, .checkHistory,
                .decideAll, .findNumber:
                outputs.append(.request(request))
            case .openEditor:
                isEdited = false
                outputs.append(.request(request))
            // What a person is typing at the moment is left alone.
            case .flushInput: if isTyped { outputs.append(.request(request)) }
            case .quit: leave()
            case .openPager, .redraw, .bell, .setTitle, .suspend, .notify, .mouse, .copy,
                .expectDetails:
                break
            }
        }
    }

    mutating func add(_ line: PlainLine) {
        news.append(line)
        if news.count > Self.newsMax {
            news.removeFirst()
            newsLost += 1
        }
    }

    mutating func say(_ text: SafeText) { outputs.append(.say(.ours(text))) }

    /// Keeps what the model has to tell for the next time that something can be said.
    private mutating func notice() {
        for notice in model.notices where !heard.contains(notice) {
            add(.ours(PlainWords.sentence(notice.text)))
        }
        heard = model.notices
        noticeLink()
        if isUnreadAgain, let item = reading?.item {
            reading = nil
            add(.ours("Item \(item.number) changed: type again to hear it anew."))
        }
    }

    /// Whether what was read out is not what would be decided.
    private var isUnreadAgain: Bool {
        guard let reading, let item = reading.item, reading.kind != .other,
            let detail = model.selected?.detail, detail.item.reference == item.reference
        else { return false }
        return detail.item.digest != item.digest
    }

    private mutating func noticeLink() {
        let isConnected: Bool
        switch model.link.state {
        case .connecting: return
        case .live: isConnected = true
        case .disconnected: isConnected = false
        }
        defer { wasConnected = isConnected }
        guard wasConnected != isConnected, !isConnected else { return }
        if case .disconnected(let outage) = model.link.state {
            add(.ours("DISCONNECTED: \(PlainWords.sentence(outage.cause))."))
        }
        let time = Clock.timeOfDay(model.serviceNow)
        add(
            .ours(
                "Decisions are off, lists are as at \(time)Z. The service goes on without you:"
                    + " agents that wait wait on, and deadlines run."
            )
        )
    }

    /// New items, once each: those that cannot wait by name, of the others how many there are.
    private mutating func newItems() -> [PlainLine] {
        // Whether the model has put them among its rows already is nothing that anybody heard.
        guard let announced else { return [] }
        let rows = model.queue.rows.map(\.item) + model.queue.newItems
        let new = rows.filter { $0.number > announced && $0.state.isPending }
        guard !new.isEmpty else { return [] }
        noteAnnounced()
        let pressing = new.filter {
            $0.riskClass == .irreversible || $0.left(at: model.serviceNow) < Self.soon
        }
        var text: SafeText = "New: \(PlainWords.count(new.count, "item", "items"))"
        text += ", \(pressing.count) urgent. Type list to take them in."
        return [.ours(text)]
            + pressing.prefix(5).map {
                let row = QueueList.Row(item: $0, seenRevision: $0.revision, isGone: false)
                return PlainWords.row(row, index: nil, count: 0, model: model)
            }
    }

    private static let soon = Span(minutes: 2)

    /// All items that are there now have been told of.
    mutating func noteAnnounced() {
        let rows = model.queue.rows.map(\.item) + model.queue.newItems
        announced = max(announced ?? 0, rows.map(\.number).max() ?? 0)
    }

    /// Says what is new, before anything else.
    mutating func sayNews() {
        if newsLost > 0 { say("\(newsLost) older lines of news were dropped.") }
        outputs += (news + newItems()).map { .say($0) }
        news = []
        newsLost = 0
    }

    // MARK: - Going on

    private mutating func goOn() {
        switch stage {
        case .over, .asking: return
        case .waiting(let wait, let until):
            let isLate = last >= until
            guard isLate || isDone(wait) else { return }
            stage = .saying
            sayNews()
            finish(wait, isLate: isLate)
            guard stage == .saying else { return }
        case .saying: break
        }
        sayNews()
        // The question comes once all that was said is written.
        let isSaying = outputs.contains { if case .say = $0 { true } else { false } }
        guard !isSaying else { return }
        if !isAlive(question) { question = .command }
        offeredHold = model.holds.last?.verdict.target.number
        outputs.append(.ask(prompt))
        stage = .asking
    }

    mutating func wait(for wait: Wait) {
        // A person in an editor takes as long as it takes.
        let patience = wait == .editor ? Span(seconds: 31_536_000) : Self.patience
        stage = .waiting(wait, until: last.adding(patience))
    }

    private func isDone(_ wait: Wait) -> Bool {
        if case .disconnected = model.link.state, wait != .editor, wait != .leaving { return true }
        switch wait {
        case .queue: return model.queue.isLoaded
        case .detail(let reference):
            guard let selected = model.selected, selected.reference == reference,
                let row = model.queue.row(reference)
            else { return true }
            switch selected.content {
            case .loading: return false
            case .failed: return true
            case .loaded(let detail):
                return !selected.isLoading && detail.item.digest == row.item.digest
            }
        case .editor: return isEdited
        case .filter:
            return model.queue.shownFilter == model.queue.filter
                && model.queue.shownSnoozed == model.queue.showsSnoozed
        case .courtesy: return !model.courtesies.underWay.contains { $0.item != nil }
        case .outcome(let id): return !isUnderWay(id)
        case .leaving: return !model.outgoing.contains { isUnderWay($0.verdict.id) }
        }
    }

    private func isUnderWay(_ id: DecisionID) -> Bool {
        model.outgoing.contains { $0.verdict.id == id && $0.phase == .sending }
    }

    private mutating func finish(_ wait: Wait, isLate: Bool) {
        switch wait {
        case .queue, .filter:
            if isLate, !model.queue.isLoaded {
                say("The service has not told what waits yet.")
            } else {
                sayList()
            }
        case .detail(let reference): sayItem(reference)
        case .editor: sayEdit()
        case .outcome(let id): if isUnderWay(id) { say("No answer yet.") }
        case .courtesy: if isLate { say("No answer yet.") }
        case .leaving:
            for out in model.outgoing {
                say("Item \(out.verdict.target.number): sent, and not confirmed. Look it up.")
            }
            outputs.append(.end)
            stage = .over
        }
    }

    private mutating func noteWritten() {
        if stage == .asking {
            // Only now can the question have been heard.
            guard case .approve(let id) = question, case .approve(let open) = model.sheet,
                open.id == id
            else { return }
            var report = FrameReport()
            report.sheet = SheetShown(id: id, generation: open.generation)
            return run(model.update(.painted(report), at: last))
        }
        guard let reading, let first = pageStart else { return }
        pageStart = nil
        if let shown = reading.shown(from: first) {
            var report = FrameReport()
            report.lines = shown
            run(model.update(.painted(report), at: last))
        }
        if reading.isDone, let item = reading.item { model.noteRead(item, reading.kind) }
    }

    // MARK: - Leaving

    private mutating func end() {
        for hold in model.holds {
            say("The input has ended: item \(hold.verdict.target.number) is NOT decided.")
        }
        if let target = model.sheet?.target {
            say("The input has ended: item \(target.number) is not decided.")
        }
        act { $0.quitNow() }
    }

    /// Ends once nothing is under way any more.
    private mutating func leave() {
        reading = nil
        wait(for: .leaving)
    }
}
