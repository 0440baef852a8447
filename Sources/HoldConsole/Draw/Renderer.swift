import HoldCore

/// A drawn screen: the grid, and what was on it.
package struct Drawing: Hashable, Sendable {
    package var frame: Frame
    /// What the update needs to know of it, for ``Message/painted(_:)`` once it is on the terminal.
    package var report: FrameReport
}

/// Draws the console.
///
/// The same model gives the same picture. What the renderer keeps between frames only saves work:
/// the selected item's texts, filtered and wrapped, and what looks as it did.
package struct Renderer: Sendable {
    private var pages: ItemPages?
    private var stills = StillPanes()

    package init() {}

    /// Draws a model as it will be once the frame is on the screen.
    ///
    /// A frame says of the lines on it that they are seen: whoever reads that sees them too.
    ///
    /// - Returns: The drawing, and the model that it shows.
    package mutating func drawShown(_ model: Model) -> (drawing: Drawing, model: Model) {
        let layout = prepare(model)
        var report = FrameReport()
        if let selected = model.selected,
            selected.unread != nil || selected.seen?.total != pages?.action.count
        {
            var canvas = Canvas(model, layout: layout, pages: pages)
            report.lines = canvas.lookAhead()
        }
        let shown = model.showing(report) ?? model
        return (draw(shown), shown)
    }

    /// Draws a model.
    package mutating func draw(_ model: Model) -> Drawing {
        let layout = prepare(model)
        var canvas = Canvas(model, layout: layout, pages: pages, stills: stills)
        canvas.drawScreen()
        stills = canvas.stills
        return Drawing(frame: canvas.frame, report: canvas.report)
    }

    /// Makes the texts that a model shows, unless they are at hand.
    private mutating func prepare(_ model: Model) -> Layout {
        let layout = Layout(
            size: model.size,
            content: model.layoutContent,
            hasBanner: model.banner != nil
        )
        if let key = Canvas.recordKey(of: model, in: layout) {
            if pages?.key != key { pages = ItemPages(key) }
        } else if layout.shape != .counts, model.layoutContent != .view,
            let detail = model.selected?.detail
        {
            let key = ItemPages.Key(
                detail: detail,
                earlier: model.selected?.earlier,
                isRaw: model.isRaw,
                actionColumns: Canvas.textColumns(layout[.action], in: layout),
                contextColumns: Canvas.textColumns(
                    layout[.context].isEmpty ? layout[.action] : layout[.context],
                    in: layout
                ),
                glyphs: model.glyphs,
                view: model.reading.view
            )
            if pages?.key != key { pages = ItemPages(key) }
        } else {
            pages = nil
        }
        return layout
    }
}

/// Draws a model once.
package func draw(_ model: Model) -> Drawing {
    var renderer = Renderer()
    return renderer.draw(model)
}

extension Model {
    /// What the body of the screen shows.
    var layoutContent: Layout.Content {
        if let zoomed { return .zoomed(zoomed) }
        switch screenBelow {
        case .item: return .item
        case .stats, .handoff, .notifications: return .view
        case .workflows, .workflow, .undo, .history, .record: return .view
        case .triage, .help: return isQueueEmpty ? .empty : .triage
        }
    }

    /// Whether it is known that nothing waits.
    var isQueueEmpty: Bool {
        queue.isLoaded && queue.rows.isEmpty && queue.shownFilter == nil
    }
}
