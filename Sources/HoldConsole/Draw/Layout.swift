/// Where everything stands on a screen of a given size.
///
/// Pure: the size and what the view needs in, rectangles out. A pane without room has none, and
/// what is drawn into no room is not drawn.
package struct Layout: Hashable, Sendable {
    /// How the screen is divided.
    package enum Shape: CaseIterable, Hashable, Sendable {
        case threeColumns
        case twoColumns
        /// Panes above each other, the action with tabs.
        case stacked
        /// A list without boxes, and the action below it.
        case list
        /// Too small to decide: numbers only.
        case counts
    }

    package let size: Size
    let content: Content
    let hasBanner: Bool
    package let shape: Shape
    /// The first row: never dropped.
    package let status: Rect
    /// A row for what must be seen now, such as a running hold: over the lowest border, or, where
    /// there are no boxes, a row of its own; empty when it is not needed.
    package let banner: Rect
    /// The last row.
    package let hints: Rect
    /// All between them: where sheets are centred.
    package let body: Rect
    /// Between the list and the action, where there are no boxes.
    package let rule: Rect
    private let panes: [Pane: Rect]

    /// What the body shows.
    package enum Content: Hashable, Sendable {
        /// The queue and everything around it.
        case triage
        /// Nothing waits: the queue is as wide as the screen.
        case empty
        /// One item.
        case item
        /// A screen of its own, without panes.
        case view
        /// One pane.
        case zoomed(Pane)
    }

    /// The rectangle of a pane; empty where it was dropped.
    package subscript(pane: Pane) -> Rect { panes[pane] ?? .nowhere }

    /// Whether decisions can be made at this size: the action can be read.
    package var allowsDecisions: Bool { shape != .counts }

    /// The shape for a size.
    package static func shape(for size: Size) -> Shape {
        switch (size.columns, size.rows) {
        case (..<40, _), (_, ..<10): .counts
        case (..<80, _), (_, ..<24): .list
        case (..<100, _), (_, ..<30): .stacked
        case (160..., 45...): .threeColumns
        default: .twoColumns
        }
    }

    /// Divides the screen.
    package init(size: Size, content: Content = .triage, hasBanner: Bool = false) {
        self.size = size
        self.content = content
        self.hasBanner = hasBanner
        shape = Self.shape(for: size)
        let whole = Rect(size)
        guard shape != .counts else {
            (status, banner, hints, rule) = (.nowhere, .nowhere, .nowhere, .nowhere)
            body = whole
            panes = [:]
            return
        }
        status = whole.line(0)
        hints = whole.line(size.rows - 1)
        let middle = whole.dropping(rows: 1).split(rows: size.rows - 2).top
        let last = middle.line(middle.rows - 1)
        banner = hasBanner ? last : .nowhere
        body =
            hasBanner && shape == .list ? middle.split(rows: middle.rows - 1).top : middle
        (panes, rule) = Self.divide(body, size: size, shape: shape, content: content)
    }

    private static func divide(
        _ body: Rect,
        size: Size,
        shape: Shape,
        content: Content
    ) -> (panes: [Pane: Rect], rule: Rect) {
        switch content {
        case .zoomed(let pane): return ([pane: body], .nowhere)
        case .view: return ([:], .nowhere)
        case .triage where shape == .list:
            let list = body.split(rows: max((size.rows - 2) / 3, 1))
            return (
                [.queue: list.top, .action: list.rest.dropping(rows: 1)], list.rest.line(0)
            )
        case .triage: return (triage(of: shape, in: body), .nowhere)
        case .empty where shape == .list: return ([.queue: body], .nowhere)
        case .empty: return (stack([.queue, .depth], in: body, by: [2, 1]), .nowhere)
        case .item where shape == .list || shape == .stacked: return ([.action: body], .nowhere)
        case .item:
            let columns = body.split(columns: body.columns * 58 / 100)
            let right = stack([.context, .undo], in: columns.rest, by: [60, 40])
            return (right.merging([.action: columns.left]) { old, _ in old }, .nowhere)
        }
    }

    private static func triage(of shape: Shape, in body: Rect) -> [Pane: Rect] {
        switch shape {
        case .threeColumns:
            let left = body.split(columns: body.columns * 36 / 100)
            let right = left.rest.split(columns: body.columns * 35 / 100)
            return stack([.queue, .depth, .activity], in: left.left, by: [42, 24, 34])
                .merging(stack([.action, .context], in: right.left, by: [48, 52])) { old, _ in old }
                .merging(stack([.undo, .reviewers, .keys], in: right.rest, by: [44, 22, 34])) {
                    old,
                    _ in old
                }
        case .twoColumns:
            let columns = body.split(columns: body.columns * 44 / 100)
            return stack([.queue, .depth, .activity], in: columns.left, by: [38, 31, 31])
                .merging(stack([.action, .context, .undo], in: columns.rest, by: [45, 26, 29])) {
                    old,
                    _ in old
                }
        case .stacked:
            let queue = body.split(rows: 8)
            let depth = queue.rest.split(rows: queue.rest.rows - 4)
            return [.queue: queue.top, .action: depth.top, .depth: depth.rest]
        case .list, .counts:
            return [:]
        }
    }

    /// The panes that go first when there is no room; the queue and the action never do.
    package static let dropped: [Pane] = [
        .activity, .keys, .reviewers, .undo, .context, .depth,
    ]

    /// The fewest rows, border included, in which a pane says anything.
    private static func leastRows(_ pane: Pane) -> Int {
        switch pane {
        case .queue: 6
        case .action: 9
        case .depth, .context, .undo: 5
        case .activity, .reviewers, .keys: 4
        }
    }

    /// Puts panes above each other by their shares of the rows, and drops those that do not fit.
    private static func stack(_ wanted: [Pane], in rect: Rect, by shares: [Int]) -> [Pane: Rect] {
        var panes = Array(zip(wanted, shares))
        var doomed = dropped.makeIterator()
        while panes.reduce(0, { $0 + leastRows($1.0) }) > rect.rows, panes.count > 1,
            let victim = doomed.next()
        {
            panes.removeAll { $0.0 == victim }
        }
        var placed: [Pane: Rect] = [:]
        var rest = rect
        var share = panes.reduce(0) { $0 + $1.1 }
        var least = panes.reduce(0) { $0 + leastRows($1.0) }
        for (pane, part) in panes {
            least -= leastRows(pane)
            let fair = max(rest.rows * part / max(share, 1), leastRows(pane))
            let rows = share == part ? rest.rows : min(fair, rest.rows - least)
            let cut = rest.split(rows: rows)
            placed[pane] = cut.top
            rest = cut.rest
            share -= part
        }
        return placed
    }
}

extension Rect {
    /// No room at all.
    package static let nowhere = Rect(column: 0, row: 0, columns: 0, rows: 0)
}
