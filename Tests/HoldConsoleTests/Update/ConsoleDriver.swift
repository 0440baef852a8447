import HoldCore
import TestAccounts

@testable import HoldConsole

/// A console without a terminal and without a service: keys, time and answers as a test says.
struct ConsoleDriver {
    var model: Model
    /// Everything that was asked for, oldest first.
    var requests: [Request] = []
    /// What the service would answer to ``Request/loadDetail(_:)``.
    var details: [ItemReference: ItemDetail] = [:]
    /// What it would answer to ``Request/loadWorkflow(_:)``.
    var workflowDetails: [WorkflowKey: WorkflowDetail] = [:]
    /// What it would answer to ``Request/loadHistory(_:)``, whatever the filter.
    var history: [HistoryEvent] = []
    /// The wrapped lines of every action pane, and how many of them fit.
    var actionLines = 2
    var visibleLines = 40
    /// How many rows of a batch's list fit.
    var batchRows = 10
    /// Draws for real when there is one.
    var renderer: Renderer?
    /// What was drawn last.
    private(set) var picture = ""
    /// When each sheet was first on the screen, by the test's own books.
    private(set) var firstPaints: [SheetShown: Moment] = [:]
    /// What was on the screen with all its lines, by the test's own books.
    private(set) var shownWhole: Set<Digest> = []
    private(set) var now = Moment(
        steady: .zero,
        wall: Instant(milliseconds: 1_790_000_000_000)
    )

    init(size: Size = Size(columns: 120, rows: 40)) {
        model = Model(
            size: size,
            address: "/run/review.sock",
            theme: Self.theme("dusk"),
            themes: [Self.theme("dusk"), Self.theme("dawn")],
            now: now
        )
    }

    static func theme(_ name: String) -> Theme { Theme(name: name, mode: .dark, colors: [:]) }

    /// A console that is connected and shows these items.
    static func showing(_ items: [QueueItem], size: Size = Size(columns: 120, rows: 40)) -> Self {
        var driver = Self(size: size)
        driver.send(
            .connected(Connection(place: "prod", user: "alice", separation: .enforced))
        )
        for item in items { driver.details[item.reference] = .sample(item) }
        driver.show(items)
        driver.settle()
        driver.requests = []
        return driver
    }

    mutating func send(_ message: Message) {
        let new = model.update(message, at: now)
        requests += new
    }

    mutating func press(_ keys: Key...) {
        for key in keys { send(.keyPressed(key)) }
    }

    mutating func press(_ first: String, _ more: String...) {
        for letters in [first] + more { strike(letters) }
    }

    private mutating func strike(_ letters: String) {
        for scalar in letters.unicodeScalars { press(.character(scalar)) }
    }

    /// Types at a person's speed, painting in between.
    mutating func type(_ letters: String) {
        for scalar in letters.unicodeScalars {
            advance(ms: 150)
            press(.character(scalar))
        }
    }

    /// Lets time go by, ticking when the model asks for it, with the service heard of all along.
    mutating func advance(ms: Int64, hearing: Bool = true) {
        let target = now.adding(Span(milliseconds: ms))
        paint()
        while now < target {
            let next = min(model.wake, target)
            now = next > now ? next : now.adding(Span(milliseconds: 1))
            if hearing { send(.heard(serviceTime: nil)) }
            send(.ticked)
            paint()
        }
    }

    /// Jumps ahead without a tick in between.
    mutating func jump(ms: Int64) { now = now.adding(Span(milliseconds: ms)) }

    /// Paints one frame: as drawn, or else as if everything fitted.
    mutating func paint() {
        if var renderer {
            let drawing = renderer.draw(model)
            self.renderer = renderer
            picture = drawing.frame.picture
            send(.painted(drawing.report))
            return
        }
        var report = FrameReport()
        report.queueRows = 10
        report.panes = [
            .queue: PaneExtent(lines: model.queue.rows.count, visible: 10),
            .action: PaneExtent(lines: actionLines, visible: visibleLines),
            .depth: PaneExtent(lines: 3, visible: 3), .undo: PaneExtent(lines: 3, visible: 3),
            .context: PaneExtent(lines: 30, visible: 5),
            .activity: PaneExtent(lines: 3, visible: 3),
        ]
        report.help = PaneExtent(lines: 40, visible: 20)
        if let detail = model.selected?.detail, !model.isRaw {
            let first = model.scroll(of: .action)
            report.lines = LinesShown(
                item: detail.item.reference,
                digest: detail.item.digest,
                lines: first..<min(first + visibleLines, actionLines),
                total: actionLines
            )
            if first == 0, visibleLines >= actionLines {
                shownWhole.insert(detail.item.digest)
            }
        }
        if model.isRaw { report.raw = model.selected?.detail?.item.digest }
        if case .approve(let sheet) = model.sheet {
            let shown = SheetShown(id: sheet.id, generation: sheet.generation)
            report.sheet = shown
            firstPaints[shown] = firstPaints[shown] ?? now
        }
        if case .batch(let sheet) = model.sheet {
            let rows = max(1, sheet.plan.groups.count + sheet.plan.leftOut.count)
            report.batch = BatchShown(
                id: sheet.id,
                rows: sheet.scroll..<min(sheet.scroll + batchRows, rows),
                total: rows
            )
            let shown = SheetShown(id: sheet.id, generation: sheet.generation)
            if sheet.stage == .approving {
                report.sheet = shown
                firstPaints[shown] = firstPaints[shown] ?? now
            }
        }
        send(.painted(report))
    }

    /// Answers every open question for a detail, and paints.
    mutating func settle() {
        var answered = 0
        while answered < requests.count {
            if case .loadDetail(let reference) = requests[answered],
                let detail = details[reference]
            {
                send(.detailLoaded(detail))
            }
            answerViews(requests[answered])
            answered += 1
        }
        paint()
    }

    /// The service's queue becomes this.
    mutating func show(_ items: [QueueItem], total: Int? = nil, sequence: Int64 = 1) {
        guard let query = model.queue.asked else { return }
        send(
            .queueChanged(
                QueueWindow(
                    query: query,
                    items: items,
                    total: total ?? items.count,
                    counts: ["urgent": items.count { $0.riskClass == .irreversible }],
                    sequence: sequence
                )
            )
        )
    }

    /// The item changes at the service: another revision, another digest.
    mutating func revise(_ item: QueueItem) -> QueueItem {
        var revised = item
        revised.revision += 1
        revised.digest = Digest(of: [UInt8(truncatingIfNeeded: revised.revision)])
        details[item.reference] = .sample(revised)
        return revised
    }

    // MARK: - What a test asks for

    var approvals: [Verdict] {
        decisions.filter { $0.kind == .approve || $0.kind == .modify }
    }

    var decisions: [Verdict] {
        requests.flatMap { request -> [Verdict] in
            switch request {
            case .decide(let verdict), .escalate(let verdict): [verdict]
            case .decideAll(let verdicts): verdicts
            default: []
            }
        }
    }

    var approveSheet: ApproveSheet? {
        if case .approve(let sheet) = model.sheet { return sheet }
        return nil
    }

    var batchSheet: BatchSheet? {
        if case .batch(let sheet) = model.sheet { return sheet }
        return nil
    }

    /// The questions for the queue, oldest first.
    var queries: [QueueQuery] {
        requests.compactMap {
            if case .subscribe(let query) = $0 { return query }
            return nil
        }
    }

    /// Looks at every row once, from the first to the last, and comes back.
    mutating func readAll() {
        press("g")
        for _ in model.queue.rows {
            settle()
            press("j")
        }
        press("g")
        settle()
        requests = []
    }

    var notices: [String] { model.notices.map(\.text) }

    var shownNumbers: [Int64] { model.queue.rows.map(\.item.number) }
    var selectedNumber: Int64? { model.queue.selectedRow?.item.number }
}

extension QueueItem {
    static func sample(
        _ number: Int64,
        risk: RiskClass = .high,
        workflow: String = "wf-1",
        left: Span = Span(minutes: 30),
        confirm: Confirmation = .key
    ) -> QueueItem {
        let now = Instant(milliseconds: 1_790_000_000_000)
        return QueueItem(
            reference: ItemReference(
                workflow: WorkflowKey(workflow),
                step: StepID("\(workflow)/\(number)")
            ),
            number: number,
            action: "drop_index",
            summary: "Drop an index",
            agent: "db-janitor",
            requestedBy: "agents",
            riskClass: risk,
            createdAt: now,
            deadline: now + left,
            tier: "primary",
            digest: Digest(of: [UInt8(truncatingIfNeeded: number), 7]),
            confirm: confirm
        )
    }
}

extension ItemDetail {
    static func sample(_ item: QueueItem) -> ItemDetail {
        ItemDetail(
            item: item,
            arguments: ["index": "orders_ix7", "online": true],
            undoOperation: "create_index",
            wouldUndo: [
                UndoPreviewLine(
                    step: StepID("wf-1/2"),
                    action: "disable_autovacuum",
                    operation: "enable_autovacuum",
                    age: Span(seconds: 40)
                )
            ],
            tiers: ["primary", "secondary"]
        )
    }
}
