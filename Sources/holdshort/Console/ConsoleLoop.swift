import Foundation
import HoldConsole
import HoldCore
import HoldTerminal
import HoldThemes

/// The console made real: one thread that owns the terminal, and turns keys and news into frames.
///
/// Nothing happens while nothing changes; the shown second is the only thing that wakes it by itself.
struct ConsoleLoop: ~Copyable {
    /// The shortest time between a frame and one that only news or the clock asks for; keys draw at
    /// once, and show the news too.
    private static let newsPause = Duration.milliseconds(33)
    /// The same on a terminal that does not keep up.
    private static let slowPause = Duration.milliseconds(200)
    /// After this the start counts as over: themes are read, and the first item is.
    private static let startOver = Duration.milliseconds(200)

    private var terminal: Terminal
    private var model: Model
    private var renderer = Renderer()
    private let inbox: Inbox
    private let link: any ConsoleRequests
    private let level: ColorLevel
    private let notifying: Notifying
    private var pulse: Pulse
    private var nextBeat: Moment
    /// What was on the frame that is still on its way to a slow terminal.
    private var unreported: (report: FrameReport, shown: Shown)?
    private var trimAt: ContinuousClock.Instant?
    private var isWhole = false
    private var title: Title?
    private var isBellDue = false
    /// A key was pressed, and what it did is not on the screen yet.
    private var isKeyDue = false
    private var awaited = AwaitedAnswers()
    private var lastFrame = ContinuousClock.now - .seconds(1)
    private var isOver = false
    /// Something happened since the last frame.
    private var isDirty = true

    init(
        terminal: consuming Terminal,
        model: Model,
        inbox: Inbox,
        link: any ConsoleRequests,
        level: ColorLevel,
        pulse: consuming Pulse,
        notifying: Notifying
    ) {
        self.terminal = terminal
        self.model = model
        self.inbox = inbox
        self.link = link
        self.level = level
        self.pulse = pulse
        self.notifying = notifying
        nextBeat = model.now
    }

    /// What to remember for the next time.
    var memory: SessionMemory { model.memory }

    /// The moment, as the model's rules read it.
    static func now() -> Moment {
        var steady = timespec()
        clock_gettime(CLOCK_BOOTTIME, &steady)
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        return Moment(
            steady: Span(milliseconds: ConsoleLoop.milliseconds(steady)),
            wall: Instant(milliseconds: ConsoleLoop.milliseconds(wall))
        )
    }

    private static func milliseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Runs until the person quits or the terminal is gone.
    mutating func run() {
        feed(.resized(terminal.size))
        link.follow()
        paint()
        while !isOver {
            let reasons = terminal.wait(
                for: isDirty && !terminal.isBusy ? untilPaint : timeUntilWake
            )
            if reasons.contains(.hangUp) || reasons.contains(.terminate) { return }
            if reasons.contains(.stop) { perform(.suspend) }
            if reasons.contains(.resumed) { feed(.resumed) }
            if reasons.contains(.drained) { report() }
            for key in terminal.readKeys() {
                isKeyDue = true
                if key == .resize { feed(.resized(terminal.size)) } else { press(key) }
                if isOver { return }
            }
            takeNews()
            if ConsoleLoop.now() >= model.wake {
                beat()
                feed(.ticked)
            }
            if isDirty, untilPaint == .zero { paint() }
            if !isKeyDue {
                link.drawn()
                renderer.rest()
                for (place, detail) in inbox.takeExpected() {
                    renderer.expect(detail, as: place, after: model)
                }
            }
            if !isDirty { trim() }
        }
    }

    /// Takes what has come, and what comes at once because of it: what is at hand already.
    private mutating func takeNews() {
        for _ in 0..<4 {
            let messages = inbox.takeAll()
            if messages.isEmpty { return }
            for message in messages {
                let isAwaited = awaited.take(message)
                let requests = feed(message)
                guard isAwaited else { continue }
                isKeyDue = true
                awaited.expect(requests, awaitsWindow: model.awaitsWindow)
            }
        }
    }

    /// How long until something may be drawn again: a key's doing at once, and so the first answer to
    /// it; news only so often.
    private var untilPaint: Duration {
        if isKeyDue { return .zero }
        let pause = terminal.isSlow ? ConsoleLoop.slowPause : ConsoleLoop.newsPause
        return max(.zero, pause - (ContinuousClock.now - lastFrame))
    }

    /// Asks the service once a second whether it is alive, and hears what it said to the last time.
    private mutating func beat() {
        let now = ConsoleLoop.now()
        guard now >= nextBeat, case .live = model.link.state else { return }
        // A little less than a second, so that no tick is left out for coming early.
        nextBeat = now.adding(Span(milliseconds: 900))
        for message in pulse.beat(at: now) { feed(message) }
        if !pulse.isOpen { link.beat(at: now) }
    }

    private var timeUntilWake: Duration {
        let left = model.wake.steady.milliseconds - ConsoleLoop.now().steady.milliseconds
        let rest = terminal.isBusy ? nil : trimAt.map { $0 - .now }
        return max(.zero, min(.milliseconds(left), rest ?? .seconds(3_600)))
    }

    /// Once the first whole screen stands, what only the start needed can go.
    private mutating func trim() {
        guard let due = trimAt, due <= .now else { return }
        trimAt = nil
        Footprint.dropStartCode()
    }

    private mutating func press(_ key: Key) {
        let requests = feed(.keyPressed(key))
        awaited.expect(requests, awaitsWindow: model.awaitsWindow)
    }

    /// Tells the model something, and does what it wants.
    @discardableResult
    private mutating func feed(_ message: Message) -> [Request] {
        isDirty = true
        let requests = model.update(message, at: ConsoleLoop.now())
        for request in requests { perform(request) }
        return requests
    }

    private mutating func paint() {
        // What is not drawn now is drawn when the terminal has taken the last frame.
        guard !terminal.isBusy else { return }
        lastFrame = .now
        isKeyDue = false
        unreported = draw()
        isDirty = false
        if !terminal.isBusy { report() }
    }

    /// Draws the model as it is.
    ///
    /// The copy of the model that the frame shows ends here: what shares its tables with another
    /// copies them when it next changes.
    private mutating func draw() -> (FrameReport, Shown) {
        var (drawing, shown) = renderer.drawShown(model)
        drawing.frame.title = title
        drawing.frame.bell = isBellDue
        isBellDue = false
        terminal.paint(drawing.frame, theme: model.theme, level: level)
        return (drawing.report, Shown(shown))
    }

    /// What a report can change that shows: lines newly seen, a sheet that begins to arm, a jump to
    /// what was found, a list that is shorter than where it stood.
    private struct Shown: Equatable {
        let selected: Selected?
        let sheet: Sheet?
        let scrolls: [Pane: Int]
        let reading: ReadingState
        let cursors: [ListCursor]

        init(_ model: Model) {
            (selected, sheet, scrolls) = (model.selected, model.sheet, model.scrolls)
            (reading, cursors) = (model.reading, model.viewCursors)
        }
    }

    /// Tells the model what is on the screen, once all of it is.
    private mutating func report() {
        guard let (report, shown) = unreported else { return }
        unreported = nil
        if !isWhole, model.queue.isLoaded {
            isWhole = true
            trimAt = .now + ConsoleLoop.startOver
        }
        let wasDirty = isDirty
        feed(.painted(report))
        // Most reports change timers only, and the lines that the frame itself says are seen.
        isDirty = wasDirty || Shown(model) != shown
    }

    // MARK: - What the model wants done

    private mutating func perform(_ request: Request) {
        switch request {
        case .quit: isOver = true
        case .bell: isBellDue = true
        case .setTitle(let words): title = words
        case .notify(let words): terminal.notify(words, notifying)
        case .mouse(let isOn): terminal.setMouse(isOn)
        case .flushInput: terminal.flushInput()
        case .redraw:
            terminal.redraw()
            paint()
        case .suspend:
            unreported = nil
            terminal.suspend()
            feed(.resumed)
        case .openEditor(let job): edit(job)
        case .openPager(let text): page(text)
        case .copy(let text):
            if !terminal.copy(text) { feed(.requestFailed("This terminal has no clipboard.")) }
        case .subscribe, .loadDetail, .expectDetails, .decide, .escalate, .halt, .askOutcome,
            .retryConnection, .shift:
            link.perform(request)
        case .loadWorkflow, .steer, .loadHistory, .checkHistory, .decideAll, .findNumber:
            link.perform(request)
        }
    }

    private mutating func edit(_ job: EditorJob) {
        let editor = ChosenProgram.editor
        unreported = nil
        do {
            let file = try ScratchFile(
                name: "holdshort-edit-\(job.target.number).json",
                content: Array(job.text.utf8)
            )
            let status = try terminal.run(editor.arguments(opening: file.path))
            feed(.editorReturned(job, status == 0 ? file.content() : nil))
        } catch {
            feed(.editorReturned(job, nil))
            feed(.requestFailed("\(editor.command): \(error)"))
        }
    }

    private mutating func page(_ text: SafeText) {
        let pager = ChosenProgram.pager
        unreported = nil
        do {
            let file = try ScratchFile(
                name: "holdshort-page.txt",
                content: Array((text.plain + "\n").utf8)
            )
            let status = try terminal.run(pager.arguments(opening: file.path))
            if status == 0 {
                feed(.pagerReturned)
                return
            }
            // A pager that is not there or failed may have shown nothing: it does not count.
            feed(.resumed)
            feed(.requestFailed("\(pager.command): it ended with status \(status)"))
        } catch {
            feed(.requestFailed("\(pager.command): \(error)"))
        }
    }
}

/// Carries what the model asks of the service; every answer comes back as a message.
protocol ConsoleRequests: Sendable {
    /// Connects, and follows the queue, the workflows and the journal.
    func follow()
    /// Does what the model asks; what no frame needs waits for ``drawn()``.
    func perform(_ request: Request)
    /// Does what can wait until what was asked for last is on the screen.
    func drawn()
    /// Asks whether the service is alive, where nothing else does.
    func beat(at now: Moment)
}
