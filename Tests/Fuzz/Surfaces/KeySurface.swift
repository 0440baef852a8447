import HoldConsole
import HoldCore
import TestAccounts

/// Bytes as the keyboard sends them, with time, frames and news in between: every second byte says what
/// happens, the next one how.
enum KeySurface {
    static func problem(in bytes: [UInt8]) -> String? {
        var desk = Desk(ByteSource(bytes))
        return desk.run()
    }
}

/// A console without a terminal and without a service.
private struct Desk {
    private var source: ByteSource
    private var model = Desk.start
    private var assembler = KeyAssembler()
    private let clock = ContinuousClock.now
    private var elapsed = Span.zero
    private var firstPaints: [SheetShown: Moment] = [:]
    private var sent: Set<DecisionID> = []
    private var problems: [String] = []
    /// What the editor was opened for last.
    private var job: EditorJob?

    private static let noon = Instant(milliseconds: 1_790_000_000_000)
    private var now: Moment { Moment(steady: elapsed, wall: Self.noon + elapsed) }

    init(_ source: ByteSource) { self.source = source }

    mutating func run() -> String? {
        for _ in 0..<400 where !source.isAtEnd && problems.isEmpty { happen() }
        return problems.first
    }

    private mutating func happen() {
        switch source.below(16) {
        case 0...6: take(.scalar(Unicode.Scalar(source.byte())))
        case 7: take(input())
        case 8: settle()
        case 9, 10: pass(Span(milliseconds: Int64(source.byte()) * 8))
        case 11: pass(Span(seconds: Double(source.byte())))
        case 12, 13: paint()
        case 14: news()
        default: useful()
        }
    }

    // MARK: Keys

    private mutating func input() -> KeyAssembler.Input {
        let keys: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .pageUp, .pageDown,
            .home, .end, .function(3), .resize, .focusIn, .focusOut,
        ]
        switch source.below(4) {
        case 0: return .pasteBegins
        case 1: return .pasteEnds
        case 2: return .scalar(Unicode.Scalar(UInt32(source.byte()) << 9) ?? "?")
        default: return .key(keys[source.below(keys.count)])
        }
    }

    private mutating func take(_ input: KeyAssembler.Input) {
        press(assembler.take(input, at: clock + .milliseconds(elapsed.milliseconds)))
    }

    private mutating func settle() {
        press(assembler.settle(at: clock + .milliseconds(elapsed.milliseconds)))
    }

    private mutating func press(_ keys: [Key]) {
        for key in keys {
            if case .paste(let bytes) = key, bytes.count > KeyLimits.pasteBytes + 3 {
                problems.append("a paste of \(bytes.count) bytes")
            }
            send(.keyPressed(key), key)
        }
    }

    /// What a person does who means it.
    private mutating func useful() {
        let keys: [Key] = "jaaayyruem".unicodeScalars.map { .character($0) }
        guard case .approve(let sheet) = model.sheet, let typed = sheet.terms.typed,
            source.flag()
        else { return press([keys[source.below(keys.count)]]) }
        for scalar in typed.unicodeScalars {
            pass(Span(milliseconds: 150))
            press([.character(scalar)])
        }
        press([.enter])
    }

    // MARK: Time, frames, news

    private mutating func pass(_ span: Span) {
        elapsed = Span(milliseconds: elapsed.milliseconds + span.milliseconds)
        if source.flag() { send(.heard(serviceTime: nil)) }
        send(.ticked)
        if source.flag() { settle() }
    }

    private mutating func paint() {
        var report = FrameReport()
        report.queueRows = source.below(12)
        let lines = 2 + source.below(3)
        for pane in Pane.allCases { report.panes[pane] = PaneExtent(lines: lines, visible: 3) }
        if let detail = model.selected?.detail, !model.isRaw {
            let first = min(model.scroll(of: .action), lines)
            report.lines = LinesShown(
                item: detail.item.reference,
                digest: detail.item.digest,
                lines: first..<min(first + 3, lines),
                total: lines
            )
        }
        if model.isRaw { report.raw = model.selected?.detail?.item.digest }
        if case .approve(let sheet) = model.sheet {
            let shown = SheetShown(id: sheet.id, generation: sheet.generation)
            report.sheet = shown
            firstPaints[shown] = firstPaints[shown] ?? now
        }
        send(.painted(report))
    }

    private mutating func news() {
        let out = model.outgoing.first
        switch source.below(10) {
        case 0: send(.disconnected(cause: "gone"))
        case 1: send(.connected(Connection(place: "p", user: "ann", separation: .enforced)))
        case 2: send(.resized(Size(columns: source.below(256), rows: source.below(90))))
        case 3: send(.detailLoaded(Self.detail(Self.items[source.below(Self.items.count)])))
        case 4:
            var item = Self.items[source.below(Self.items.count)]
            item.revision += 1
            item.digest = Digest(of: [source.byte()])
            send(.detailLoaded(Self.detail(item)))
        case 5:
            if let job { send(.editorReturned(job, source.flag() ? source.run() : nil)) }
        case 6:
            if let id = out?.verdict.id { send(.recorded(id, Recorded(state: .pendingReview))) }
        case 7:
            if let id = out?.verdict.id { send(.refused(id, Turned(code: "stale", message: "no"))) }
        case 8: if let id = out?.verdict.id { send(.noAnswer(id)) }
        default: send(.resumed)
        }
    }

    // MARK: What must hold

    private mutating func send(_ message: Message, _ key: Key? = nil) {
        let before = model
        let requests = model.update(message, at: now)
        for hold in model.holds where !before.holds.contains(hold) { check(hold, before, key) }
        for request in requests {
            switch request {
            case .decide(let verdict), .escalate(let verdict):
                if !sent.insert(verdict.id).inserted { problems.append("sent twice") }
                guard verdict.kind == .approve || verdict.kind == .modify else { continue }
                let hold = before.holds.first { $0.verdict == verdict }
                if let hold, now < hold.deadline { problems.append("sent while it was held") }
                if hold == nil, !wasAtOnce(verdict, before, key) {
                    problems.append("sent without a hold")
                }
            case .openEditor(let new): job = new
            default: continue
            }
        }
    }

    private func wasAtOnce(_ verdict: Verdict, _ before: Model, _ key: Key?) -> Bool {
        guard case .approve(let sheet) = before.sheet else { return false }
        return sheet.id == verdict.id && sheet.terms.goesAtOnce && sheet.phase == .armed
            && sheet.field.text == sheet.terms.typed && key == .enter
    }

    /// Nothing is approved but what was painted, armed, read and confirmed.
    private mutating func check(_ hold: Hold, _ before: Model, _ key: Key?) {
        guard case .approve(let sheet) = before.sheet, sheet.id == hold.verdict.id else {
            return problems.append("a hold without its sheet")
        }
        let shown = SheetShown(id: sheet.id, generation: sheet.generation)
        if let painted = firstPaints[shown] {
            if hold.began.since(painted) < sheet.terms.arming { problems.append("too early") }
        } else {
            problems.append("never painted")
        }
        if let typed = sheet.terms.typed {
            if key != .enter || sheet.field.text != typed { problems.append("not typed") }
        } else if key != .character("y") {
            problems.append("confirmed with another key")
        }
        if before.selected?.unread != nil { problems.append("not read") }
    }

    // MARK: What it begins with

    private static let items: [QueueItem] = RiskClass.allCases.enumerated().map { place, risk in
        QueueItem(
            reference: ItemReference(workflow: WorkflowKey("w"), step: StepID("w/\(place)")),
            number: Int64(place) + 1,
            action: "drop",
            agent: "janitor",
            requestedBy: "agents",
            riskClass: risk,
            createdAt: noon,
            deadline: noon + Span(minutes: place == 0 ? 0.2 : 30),
            tier: "primary",
            digest: Digest(of: [UInt8(place), 7])
        )
    }

    private static func detail(_ item: QueueItem) -> ItemDetail {
        ItemDetail(
            item: item,
            arguments: ["index": "ix7"],
            undoOperation: "create",
            tiers: ["primary", "secondary"]
        )
    }

    /// Connected, with a queue, and the first item read.
    private static let start: Model = {
        let now = Moment(steady: .zero, wall: noon)
        let theme = Theme(name: "dusk", mode: .dark, colors: [:])
        var model = Model(
            size: Size(columns: 120, rows: 40),
            address: "/run/review.sock",
            theme: theme,
            now: now
        )
        let asked = model.update(
            .connected(Connection(place: "p", user: "ann", separation: .enforced)),
            at: now
        )
        for case .subscribe(let query) in asked {
            let window = QueueWindow(query: query, items: items, total: items.count, sequence: 1)
            _ = model.update(.queueChanged(window), at: now)
        }
        for item in items { _ = model.update(.detailLoaded(detail(item)), at: now) }
        return model
    }()
}
