/// What looks as it did in the last frame, so that it need not be drawn again.
///
/// Each part is kept together with all that it is drawn from. That the comparison forgets nothing is
/// what the drawing tests look at: they hold each frame against one that is drawn without this.
struct StillPanes: Sendable {
    /// What a pane is drawn from.
    struct Source: Hashable, Sendable {
        /// What only this pane shows.
        enum Content: Hashable, Sendable {
            case depth([WorkflowLine], isZoomed: Bool)
            case activity([ActivityLine])
            case keys(Keymap)
        }

        let content: Content
        let rect: Rect
        let shape: Layout.Shape
        let scroll: Int
        let isFocused: Bool
        let glyphs: GlyphSet
    }

    /// What the last row is drawn from.
    struct HintSource: Hashable, Sendable {
        let hints: [Canvas.Hint]
        let hasHelp: Bool
        let keymap: Keymap
        let columns: Int
        let glyphs: GlyphSet
    }

    /// A pane as it was drawn.
    struct Picture: Sendable {
        var source: Source
        let cells: [Cell]
        let extent: PaneExtent?
    }

    var pictures: [Pane: Picture] = [:]
    var status: (source: StatusLine, line: StyledLine)?
    var hints: (source: HintSource, line: StyledLine)?
    var keys: (source: DecisionKeys, line: StyledLine)?
    /// The rows of the queue.
    var rows = QueueRowPictures()
}

extension Canvas {
    /// What a pane is drawn from; nil where it is drawn anew each time.
    private func source(of pane: Pane) -> StillPanes.Source? {
        let content: StillPanes.Source.Content
        switch pane {
        case .depth: content = .depth(model.workflows, isZoomed: model.isZoomed)
        case .activity: content = .activity(model.activity)
        case .keys: content = .keys(model.keymap)
        case .queue, .action, .context, .undo, .reviewers: return nil
        }
        return StillPanes.Source(
            content: content,
            rect: layout[pane],
            shape: layout.shape,
            scroll: model.scroll(of: pane),
            isFocused: model.focus == pane,
            glyphs: glyphs
        )
    }

    /// Draws a pane, or puts it there as it was.
    mutating func drawStill(_ pane: Pane, _ draw: (inout Canvas) -> Void) {
        guard let source = source(of: pane) else { return draw(&self) }
        if let still = stills.pictures[pane], still.source == source {
            frame.put(still.cells, in: source.rect)
            report.panes[pane] = still.extent
            // What is equal is kept as it is here, so that next time it is the same and not compared.
            stills.pictures[pane]?.source = source
            return
        }
        draw(&self)
        stills.pictures[pane] = StillPanes.Picture(
            source: source,
            cells: frame.cells(in: source.rect),
            extent: report.panes[pane]
        )
    }
}
