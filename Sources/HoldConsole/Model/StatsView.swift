package import HoldCore

/// What the stats view shows, and where the person is in it.
package struct StatsView: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case loading
        case loaded(Figures)
        /// Why there are none, raw.
        case failed(String)
    }

    package internal(set) var content = Content.loading
    package internal(set) var range = FigureRange.shift
    package internal(set) var table = FigureTable.workflow
    /// The row of the table; on screens without boxes, the line of the page.
    package internal(set) var cursor = ListCursor()
    /// The first line shown, on screens without boxes.
    package internal(set) var scroll = 0
    /// Waiting longer than this is drawn above a line.
    package internal(set) var slow = Span(minutes: 10)
    /// When the figures were asked for last.
    var askedAt: Moment?

    package init() {}

    package var figures: Figures? {
        if case .loaded(let figures) = content { return figures }
        return nil
    }

    /// The rows of the table that is shown.
    package var rows: [FigureLine] { figures?.tables[table] ?? [] }

    /// While the view is open, figures are asked for anew after so long.
    static let refresh = Span(seconds: 30)
}
