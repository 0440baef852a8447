import HoldCore

@testable import HoldConsole

/// A console in the middle of a night, driven by the messages that a real one gets.
struct Scene {
    private(set) var model: Model
    private var renderer = Renderer()
    private(set) var moment: Moment

    /// A quarter past three, when the pictures are taken.
    static let night = Instant(rfc3339: "2026-11-21T03:14:22.000Z") ?? Instant(milliseconds: 0)

    init(
        _ size: Size,
        glyphs: GlyphSet = .unicode,
        items: [QueueItem] = Sample.items,
        detail: ItemDetail = Sample.indexDetail,
        workflows: [WorkflowLine] = Sample.workflows,
        separation: Separation = .enforced
    ) {
        moment = Moment(steady: Span(seconds: 1_000), wall: Self.night)
        model = Model(
            size: size,
            address: "/run/holdshort/review.sock",
            theme: Theme(name: "test", mode: .dark, colors: [:]),
            glyphs: glyphs,
            now: moment
        )
        send(
            .connected(
                Connection(place: "prod", user: "alice", separation: separation)
            )
        )
        send(.workflowsLoaded(workflows))
        send(.activityHappened(items.isEmpty ? [] : Sample.activity))
        show(items.map(Sample.first))
        if items.contains(where: { $0.reference == detail.item.reference }) {
            select(detail.item.reference)
            show(items)
            send(.detailLoaded(detail))
        }
        paint()
        pass(Span(milliseconds: 200))
    }

    /// Takes in a message.
    @discardableResult
    mutating func send(_ message: Message) -> [Request] {
        model.update(message, at: moment)
    }

    /// Answers the console's question for the queue.
    mutating func show(_ items: [QueueItem]) {
        let query = model.queue.asked ?? QueueQuery(offset: 0, limit: 100)
        send(.queueChanged(Sample.window(items, for: query)))
    }

    /// Lets time pass.
    mutating func pass(_ span: Span) {
        moment = moment.adding(span)
        send(.ticked)
    }

    /// Presses keys, a comfortable time apart.
    mutating func press(_ keys: Key...) {
        for key in keys {
            pass(Span(milliseconds: 250))
            send(.heard(serviceTime: nil))
            send(.keyPressed(key))
            paint()
        }
    }

    /// Scrolls through the action until all of it was on the screen.
    mutating func read() {
        guard model.size.columns >= 40, model.selected?.unread != nil else { return }
        press(.character("2"))
        for _ in 0..<60 where model.selected?.unread != nil { press(.character("j")) }
        press(.character("1"))
    }

    /// Types a text.
    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars { press(.character(scalar)) }
    }

    /// Draws, and tells the model what was on the screen.
    mutating func paint() {
        send(.painted(renderer.draw(model).report))
    }

    /// Moves the cursor to an item.
    private mutating func select(_ reference: ItemReference) {
        for _ in 0..<200 where model.queue.selection != reference {
            send(.keyPressed(.character("j")))
        }
    }

    var drawing: Drawing {
        var renderer = renderer
        return renderer.draw(model)
    }
}

/// The names of the screens that pictures are taken of.
enum Shot: String, CaseIterable, Sendable {
    case triage, approve, typed, reject, hold, disconnected, empty, help, unwinding, stuck
    case atLimit = "at-limit"
    case context, item, raw, stale, changed
    case filter, filterFields = "filter-fields", filterMenu = "filter-menu"
    case filterValues = "filter-values", sortMenu = "sort-menu", command, palette
    case helpSearch = "help-search", range, batch, batchApprove = "batch-approve"
    case batchReject = "batch-reject", batchResults = "batch-results"

    func scene(_ size: Size, glyphs: GlyphSet = .unicode) -> Scene {
        switch self {
        case .triage: return Scene(size, glyphs: glyphs)
        case .empty:
            var scene = Scene(size, glyphs: glyphs, items: [], separation: .none)
            scene.send(.activityHappened([ShiftSample.asked]))
            return scene
        case .approve:
            var scene = Scene(size, glyphs: glyphs)
            scene.read()
            scene.press(.character("a"))
            scene.pass(Span(milliseconds: 700))
            return scene
        case .typed:
            var scene = Scene(size, glyphs: glyphs, detail: Sample.refundDetail)
            scene.read()
            scene.press(.character("a"))
            scene.pass(Span(milliseconds: 2_100))
            scene.type("refund.cre")
            return scene
        case .reject:
            var scene = Scene(size, glyphs: glyphs)
            scene.press(.character("r"))
            scene.press(.character("3"))
            scene.type("pause the backup job first")
            return scene
        case .hold:
            var scene = Scene(size, glyphs: glyphs)
            scene.read()
            scene.press(.character("a"))
            scene.pass(Span(milliseconds: 1_100))
            scene.press(.character("y"))
            scene.pass(Span(seconds: 2.6))
            scene.send(.heard(serviceTime: nil))
            return scene
        case .disconnected:
            var scene = Scene(size, glyphs: glyphs)
            scene.send(.disconnected(cause: "connect: connection refused (ECONNREFUSED)"))
            scene.pass(Span(seconds: 41))
            scene.send(
                .retryFailed(
                    cause: "connect: connection refused (ECONNREFUSED)",
                    next: Span(seconds: 12)
                )
            )
            scene.pass(Span(seconds: 6))
            return scene
        case .help:
            var scene = Scene(size, glyphs: glyphs)
            scene.press(.character("?"))
            return scene
        case .unwinding:
            return Scene(
                size,
                glyphs: glyphs,
                items: [Sample.unwindingItem] + Sample.items,
                detail: Sample.unwindingDetail
            )
        case .stuck:
            return Scene(
                size,
                glyphs: glyphs,
                items: [Sample.stuckItem] + Sample.items,
                detail: Sample.stuckDetail,
                workflows: Sample.stuckWorkflows
            )
        case .atLimit:
            var scene = Scene(size, glyphs: glyphs)
            scene.press(.character("3"))
            return scene
        case .filter, .filterFields, .filterMenu, .filterValues, .sortMenu, .command, .palette,
            .helpSearch, .range, .batch, .batchApprove, .batchReject, .batchResults:
            return findingScene(size, glyphs)
        case .context:
            var scene = Scene(size, glyphs: glyphs)
            scene.press(.character("5"))
            return scene
        case .item:
            var scene = Scene(size, glyphs: glyphs)
            scene.press(.enter)
            return scene
        case .raw:
            var detail = Sample.indexDetail
            detail.arguments = ["path": "/srv/\u{202E}fdp.exe", "name": "p\u{430}yroll\u{1B}[2J"]
            var scene = Scene(size, glyphs: glyphs, detail: detail)
            scene.press(.character("x"))
            return scene
        case .stale:
            var scene = Scene(size, glyphs: glyphs)
            scene.pass(Span(seconds: 11))
            scene.press(.character("/"))
            scene.type("terraform")
            scene.pass(Span(seconds: 12))
            return scene
        case .changed:
            var scene = Scene(size, glyphs: glyphs)
            scene.read()
            var detail = Sample.indexDetail
            detail.item.revision = 2
            detail.item.digest = Digest(of: "another" as JSONValue)
            detail.arguments = [
                "cluster": "prod-eu", "database": "orders",
                "statement": "DROP TABLE orders;",
            ]
            scene.show(Sample.items.map { $0.number == 4826 ? detail.item : $0 })
            scene.send(.detailLoaded(detail))
            scene.paint()
            return scene
        }
    }
}
