import HoldCore

/// How the rows of the action pane share its room, and so which lines of the action are in sight.
struct ActionPlan {
    let head: [PaneRow]
    let facts: [PaneRow]
    /// The rows that the decision keys take, 0 or 1.
    let keys: Int
    /// The rows between the head and the facts.
    let room: Int
    /// Whether all of it scrolls in one column, because there is little room.
    let isFlowing: Bool
    let extent: PaneExtent
    /// The first row that is in sight of what scrolls.
    let first: Int
    /// The lines of the action that are in sight.
    let lines: Range<Int>

    init(_ canvas: Canvas, _ detail: ItemDetail, _ pages: ItemPages, in rect: Rect) {
        let width = rect.columns
        head = canvas.stuckRows(detail, width: width) + pages.facts.head
        facts = canvas.factRows(detail, pages, width: width)
        keys = canvas.layout.shape == .list || rect.rows < 10 ? 0 : 1
        room = rect.rows - head.count - facts.count - keys
        let count = pages.action.count
        isFlowing = room < min(count, 3)
        extent =
            isFlowing
            ? PaneExtent(lines: head.count + count + facts.count, visible: rect.rows)
            : PaneExtent(lines: count, visible: min(room, max(count, 1)))
        first = min(max(canvas.model.scroll(of: .action), 0), extent.scrollMax)
        let top = isFlowing ? first - head.count : first
        lines = (top..<top + max(extent.visible, 0)).clamped(to: 0..<count)
    }
}

extension Canvas {
    /// The lines of the action that a frame of this model will show, found without drawing any.
    static func linesInSight(
        _ shown: Shared<Model>,
        _ layout: Layout,
        _ pages: ItemPages?
    ) -> LinesShown? {
        let canvas = Canvas(shown, layout: layout, pages: pages, size: Size(columns: 0, rows: 0))
        guard layout.shape != .counts, !layout[.action].isEmpty, !canvas.hasShiftView,
            !canvas.showsOtherTab, let detail = canvas.model.selected?.detail, let pages
        else { return nil }
        let pane = layout[.action]
        let inside = layout.shape == .list ? pane : pane.inset(columns: 1, rows: 1)
        let plan = ActionPlan(canvas, detail, pages, in: canvas.textRect(inside: inside))
        return canvas.linesShown(plan.lines, detail, pages)
    }

    /// What a frame says of the lines of the action on it.
    mutating func reportLines(_ lines: Range<Int>, _ detail: ItemDetail, _ pages: ItemPages) {
        report.lines = linesShown(lines, detail, pages)
        // The raw view shows other lines than those that count.
        if model.isRaw, !isCovered { report.raw = lines.isEmpty ? nil : detail.item.digest }
    }

    private func linesShown(
        _ lines: Range<Int>,
        _ detail: ItemDetail,
        _ pages: ItemPages
    ) -> LinesShown? {
        // Of a line that is cut nobody knows how it ends.
        guard !isCovered, !model.isRaw, model.reading.view.isWrapped else { return nil }
        return LinesShown(
            item: detail.item.reference,
            digest: detail.item.digest,
            lines: lines,
            total: pages.action.count,
            hidden: pages.hidden,
            notShown: pages.notShown
        )
    }
}
