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
    /// The texts of the items that the next key probably comes to.
    private var pagesAhead: [ReadAhead: ItemPages] = [:]
    /// What is shown no more.
    ///
    /// It is let go at rest: that takes as long as a part of a frame.
    private var retired: [ItemPages] = []
    private var stills = StillPanes()
    private var lastLayout: Layout?

    package init() {}

    /// Draws a model as it will be once the frame is on the screen.
    ///
    /// A frame says of the lines on it that they are seen: whoever reads that sees them too.
    ///
    /// - Returns: The drawing, and the model that it shows.
    package mutating func drawShown(_ model: Model) -> (drawing: Drawing, model: Model) {
        let layout = prepare(model)
        let shown = Shared(model)
        var report = FrameReport()
        if let selected = model.selected,
            selected.unread != nil || selected.seen?.total != pages?.action.count
        {
            report.lines = Canvas.linesInSight(shown, layout, pages)
        }
        // What is seen changes none of the texts.
        guard let after = model.showing(report) else { return (draw(shown, layout), model) }
        return (draw(Shared(after), layout), after)
    }

    /// Draws a model.
    package mutating func draw(_ model: Model) -> Drawing {
        let layout = prepare(model)
        return draw(Shared(model), layout)
    }

    private mutating func draw(_ shown: Shared<Model>, _ layout: Layout) -> Drawing {
        var canvas = Canvas(shown, layout: layout, pages: pages, stills: stills)
        // The canvas alone holds them, so that what it keeps changes in place.
        stills = StillPanes()
        canvas.drawScreen()
        stills = canvas.stills
        return Drawing(frame: canvas.frame, report: canvas.report)
    }

    /// Makes the texts of an item that is probably looked at next, while nothing else is to be done,
    /// so that its frame need not wait for them.
    package mutating func expect(
        _ detail: ItemDetail,
        as place: ReadAhead,
        after model: Model
    ) {
        let layout = layout(of: model)
        guard layout.shape != .counts, model.layoutContent == .triage else { return }
        // Another item is read from its beginning, and as it is usually read.
        var reading = model.reading
        reading.leave()
        let key = key(of: detail, earlier: nil, isRaw: false, view: reading.view, model, layout)
        if pagesAhead[place]?.key != key {
            pagesAhead[place] = pages?.key == key ? pages : ItemPages(key)
        }
    }

    /// Lets go of what is not needed any more, while nothing else is to be done.
    package mutating func rest() {
        retired.removeAll(keepingCapacity: true)
    }

    private func key(
        of detail: ItemDetail,
        earlier: ItemDetail?,
        isRaw: Bool,
        view: ReadingView,
        _ model: Model,
        _ layout: Layout
    ) -> ItemPages.Key {
        ItemPages.Key(
            detail: detail,
            earlier: earlier,
            isRaw: isRaw,
            actionColumns: Canvas.textColumns(layout[.action], in: layout),
            contextColumns: Canvas.textColumns(
                layout[.context].isEmpty ? layout[.action] : layout[.context],
                in: layout
            ),
            glyphs: model.glyphs,
            view: view
        )
    }

    private func layout(of model: Model) -> Layout {
        let (size, content, hasBanner) = (model.size, model.layoutContent, model.banner != nil)
        if let lastLayout, lastLayout.size == size, lastLayout.content == content,
            lastLayout.hasBanner == hasBanner
        {
            return lastLayout
        }
        return Layout(size: size, content: content, hasBanner: hasBanner)
    }

    /// Makes the texts that a model shows, unless they are at hand.
    private mutating func prepare(_ model: Model) -> Layout {
        let layout = layout(of: model)
        lastLayout = layout
        if let key = Canvas.recordKey(of: model, in: layout) {
            if pages?.key != key { pages = ItemPages(key) }
        } else if layout.shape != .counts, model.layoutContent != .view,
            let detail = model.selected?.detail
        {
            let key = key(
                of: detail,
                earlier: model.selected?.earlier,
                isRaw: model.isRaw,
                view: model.reading.view,
                model,
                layout
            )
            if pages?.key != key {
                retired += [pages, pagesAhead[.step]].compactMap { $0 }
                pages = pagesAhead.values.first { $0.key == key } ?? ItemPages(key)
                pagesAhead[.step] = nil
            }
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
