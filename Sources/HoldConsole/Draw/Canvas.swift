import HoldCore

/// One frame in the making.
package struct Canvas {
    var frame: Frame
    var report = FrameReport()
    /// What is drawn; shared, because a canvas is handed around and a model is large.
    private let shown: Shared<Model>
    let layout: Layout
    /// The service's time.
    let now: Instant
    /// The selected item's texts; nil while it is not loaded.
    let pages: ItemPages?
    /// What was drawn before, and what of this frame can be taken over by the next.
    var stills: StillPanes
    let glyphs: GlyphSet

    init(
        _ shown: Shared<Model>,
        layout: Layout,
        pages: ItemPages?,
        stills: StillPanes = StillPanes(),
        size: Size? = nil
    ) {
        self.shown = shown
        self.layout = layout
        self.pages = pages
        self.stills = stills
        now = shown.value.serviceNow
        glyphs = shown.value.glyphs
        frame = Frame(size: size ?? shown.value.size, glyphs: glyphs, style: .plain)
    }

    var model: Model { _read { yield shown.value } }
    var ellipsis: SafeLine { frame.ellipsis }
    var dots: SafeText { .dots(glyphs) }

    /// Draws everything, from the back to the front.
    mutating func drawScreen() {
        guard layout.shape != .counts else {
            drawCounts()
            return
        }
        drawStatus()
        drawBody()
        drawView()
        drawBanner()
        drawHints()
        if model.screen == .help { drawHelp() }
        if let sheet = model.sheet {
            draw(sheet)
        } else if model.showsOutage, model.screen != .help {
            drawOutage()
        }
        drawCompletion()
    }

    private mutating func drawBody() {
        if drawShiftView() { return }
        if layout.shape == .list { frame.drawRule(layout.rule, style: Style(.border)) }
        for pane in Pane.allCases where !layout[pane].isEmpty {
            drawStill(pane) { $0.draw(pane) }
        }
    }

    private mutating func draw(_ pane: Pane) {
        switch pane {
        case .queue: model.isQueueEmpty ? drawEmptyQueue() : drawQueue()
        case .action: drawAction()
        case .depth: drawDepth()
        case .activity: drawActivity()
        case .context: drawContext()
        case .undo: drawUndo()
        case .reviewers: drawReviewers()
        case .keys: drawKeys()
        }
    }

    /// Whether something lies over the panes, so that what is under it was not really shown.
    var isCovered: Bool {
        model.screen == .help || model.sheet != nil || model.showsOutage
            || model.prompt?.completion != nil
    }

    /// The cells of a row of text in a pane.
    static func textColumns(_ rect: Rect, in layout: Layout) -> Int {
        layout.shape == .list ? rect.columns : max(rect.columns - 4, 0)
    }

    /// Where text goes inside of a pane or a box: off its border, where there is one.
    func textRect(inside: Rect) -> Rect { isList ? inside : inside.padded }

    /// Draws a pane's border and returns where its text goes.
    mutating func open(_ pane: Pane, _ chrome: PaneChrome) -> Rect {
        let rect = layout[pane]
        guard layout.shape != .list else {
            frame.fill(rect, .panel)
            return rect
        }
        return frame.draw(chrome, in: rect)
    }

    /// The border of a pane with its name.
    func chrome(_ pane: Pane, _ title: SafeText, _ more: SafeText = .empty) -> PaneChrome {
        var words = StyledLine(title, Ink.panel.label)
        if more.width > 0 {
            words.gap(2, Ink.panel(.border))
            words.add(more, Ink.panel.muted)
        }
        return PaneChrome(number: pane.rawValue, title: words, isFocused: model.focus == pane)
    }

    /// Draws rows of a pane from its scroll position on, and reports how many there are.
    mutating func draw(_ rows: [PaneRow], of pane: Pane, in rect: Rect) {
        let rows = reading(rows, of: pane)
        let extent = PaneExtent(lines: rows.count, visible: rect.rows)
        report.panes[pane] = extent
        let first = min(max(model.scroll(of: pane), 0), extent.scrollMax)
        draw(rows[first...].prefix(rect.rows), in: rect)
        drawPointer(of: pane, first: first, in: rect)
    }

    /// As above, of a pane that is no text: rows that are out of sight are not even made.
    mutating func draw(
        _ rows: some RandomAccessCollection<PaneRow>,
        of pane: Pane,
        in rect: Rect
    ) {
        let extent = PaneExtent(lines: rows.count, visible: rect.rows)
        report.panes[pane] = extent
        let first = min(max(model.scroll(of: pane), 0), extent.scrollMax)
        draw(rows.dropFirst(first).prefix(rect.rows), in: rect)
    }

    /// Draws rows from the top of a rectangle on.
    mutating func draw(_ rows: some Collection<PaneRow>, in rect: Rect) {
        for (index, row) in rows.enumerated() { draw(row, in: rect.line(index)) }
    }

    /// Draws one row.
    mutating func draw(_ row: PaneRow, in line: Rect) {
        guard !line.isEmpty else { return }
        if let ground = row.ground {
            frame.fill(line.dropping(columns: row.groundColumn), ground)
        }
        draw(row.line, in: line)
    }

    /// Draws words in one row, with an ellipsis where they do not fit.
    mutating func draw(_ words: StyledLine, in line: Rect) {
        frame.draw(words.parts, in: line)
    }

    /// Says in the border how much of a pane is out of sight.
    func scrollFoot(_ rows: Int, visible: Int, first: Int) -> StyledLine {
        guard rows > visible, visible > 0 else { return StyledLine() }
        let last = min(first + visible, rows)
        return StyledLine("\(first + 1)-\(last) of \(rows)", Ink.panel.muted)
    }
}

extension Rect {
    /// Without a column at each side: what panes of text keep free.
    var padded: Rect { inset(columns: 1) }
}
