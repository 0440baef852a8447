import HoldCore

/// Reading the selected item: moving in long texts, folding, wrapping, searching, jumping.
///
/// Nothing here decides anything, and nothing makes a line count as seen.
extension Model {
    /// Takes a command that is about the text in the pane with the focus; whether it was one.
    mutating func read(_ command: Keymap.Command) -> Bool {
        guard screen.hasPanes else { return false }
        switch command {
        case .wrapLines: toggleWrap()
        case .moveLeft: goLeft()
        case .moveRight: goRight()
        case .nextBlock: goToBlock(forward: true)
        case .previousBlock: goToBlock(forward: false)
        case .nextMatch where searchInFocus != nil: goToMatch(forward: true)
        case .copyMenu: openCopy()
        case .takeIn where searchInFocus != nil: goToMatch(forward: false)
        case .filter where focus.isRead: beginSearch()
        case .back where searchInFocus != nil: endSearch()
        case .open: return turnFold()
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last:
            return moveCursor(command)
        default: return false
        }
        return true
    }

    /// Takes in what was painted: where there is something to jump to.
    mutating func noteReading(_ report: FrameReport) {
        reading.marks = report.marks
        for (pane, row) in reading.rows {
            guard let extent = extents[pane] else { continue }
            reading.rows[pane] = min(row, max(extent.lines - 1, 0))
        }
        noteCopy(report.copy)
        guard reading.isJumpDue, let search = reading.view.search,
            let marks = report.marks[search.pane]
        else { return }
        reading.isJumpDue = false
        if let first = marks.matches.first(where: { $0 >= reading.origin }) ?? marks.matches.first {
            point(at: first, in: search.pane, margin: .third)
        }
    }

    // MARK: - The cursor

    /// The row that the pointer stands at in a pane; nil when it has none.
    package func pointed(in pane: Pane) -> Int? {
        if let row = reading.rows[pane] { return row }
        guard pane == .context, hasFolds else { return nil }
        return scroll(of: pane)
    }

    /// Whether something folds in the context, so that a cursor has to say what.
    private var hasFolds: Bool { reading.marks[.context]?.folds.isEmpty == false }

    private mutating func moveCursor(_ command: Keymap.Command) -> Bool {
        guard focus.isRead else { return false }
        guard focus == .context, hasFolds, let extent = extents[.context], extent.lines > 0 else {
            reading.rows[focus] = nil
            return false
        }
        let rows = PaneExtent(
            lines: extent.lines + extent.visible - 1,
            visible: extent.visible
        )
        let row = moved(pointed(in: .context) ?? 0, command, in: rows)
        point(at: row, in: .context, margin: .none)
        return true
    }

    private enum Margin { case none, top, third }

    /// Points at a row and scrolls so that it is on the screen.
    private mutating func point(at row: Int, in pane: Pane, margin: Margin) {
        reading.rows[pane] = row
        guard let extent = extents[pane] else { return }
        var first = scroll(of: pane)
        let isShown = row >= first && row < first + extent.visible
        switch margin {
        case .none:
            first = min(first, row)
            first = max(first, row - extent.visible + 1)
        case .top: if !isShown || row > first + extent.visible / 2 { first = row }
        case .third: if !isShown { first = row - extent.visible / 3 }
        }
        scrolls[pane] = min(max(first, 0), extent.scrollMax)
    }

    // MARK: - Folds

    private var foldAtCursor: Fold? {
        guard focus == .context, let row = pointed(in: .context) else { return nil }
        return reading.marks[.context]?.folds.first { $0.row == row }?.fold
    }

    private mutating func turn(_ fold: Fold) {
        reading.rows[.context] = pointed(in: .context)
        reading.view.turned.formSymmetricDifference([fold.id])
    }

    private mutating func turnFold() -> Bool {
        guard let fold = foldAtCursor else { return false }
        turn(fold)
        return true
    }

    private mutating func goLeft() {
        guard focus.isRead else { return }
        let column = reading.view.columns[focus] ?? 0
        if !reading.view.isWrapped, column > 0 { return shift(to: column - Self.shift) }
        if let fold = foldAtCursor, fold.isOpen { return turn(fold) }
        guard focus == .context, let row = pointed(in: .context),
            let above = reading.marks[.context]?.folds.last(where: { $0.row < row })
        else { return }
        point(at: above.row, in: .context, margin: .none)
    }

    private mutating func goRight() {
        guard focus.isRead else { return }
        if let fold = foldAtCursor, !fold.isOpen { return turn(fold) }
        guard !reading.view.isWrapped else { return }
        shift(to: (reading.view.columns[focus] ?? 0) + Self.shift)
    }

    // MARK: - Wrapping

    /// The cells that one key moves along lines that are cut.
    private static let shift = 8

    private mutating func shift(to column: Int) {
        let widest = reading.marks[focus]?.widest ?? 0
        reading.view.columns[focus] = min(max(column, 0), max(widest - Self.shift, 0))
    }

    private mutating func toggleWrap() {
        reading.view.isWrapped.toggle()
        reading.view.columns = [:]
        reading.rows = [:]
        say(
            .info,
            reading.view.isWrapped
                ? "Long lines go on in the next row."
                : "Long lines are cut: Left and Right move along. Cut lines do not count as seen."
        )
    }

    // MARK: - Jumping

    private mutating func goToBlock(forward: Bool) {
        guard focus.isRead else { return }
        let anchors = reading.marks[focus]?.anchors ?? []
        guard let row = neighbour(of: focus, among: anchors, forward: forward) else {
            return say(.info, forward ? "No block comes after this." : "No block comes before.")
        }
        point(at: row, in: focus, margin: .top)
    }

    private mutating func goToMatch(forward: Bool) {
        guard let search = searchInFocus else { return }
        let matches = reading.marks[search.pane]?.matches ?? []
        let next = neighbour(of: search.pane, among: matches, forward: forward)
        guard let row = next ?? (forward ? matches.first : matches.last) else {
            return say(.info, "Not found in this pane.")
        }
        if next == nil { say(.info, forward ? "From the top again." : "From the end again.") }
        point(at: row, in: search.pane, margin: .third)
    }

    private func neighbour(of pane: Pane, among rows: [Int], forward: Bool) -> Int? {
        let top = scroll(of: pane)
        return forward
            ? rows.first { $0 > reading.rows[pane] ?? (top - 1) }
            : rows.last { $0 < reading.rows[pane] ?? top }
    }

    // MARK: - Searching

    /// What is searched for in the pane with the focus.
    var searchInFocus: ReadingView.Search? {
        reading.view.search.flatMap { $0.pane == focus ? $0 : nil }
    }

    private mutating func beginSearch() {
        prompt = Prompt(kind: .search)
        reading.origin = reading.rows[focus] ?? scroll(of: focus)
        reading.view.search = ReadingView.Search(pane: focus, words: "")
    }

    /// Shows what is found while the words are being typed.
    mutating func previewSearch() {
        guard let prompt, prompt.kind == .search else { return }
        guard reading.view.search?.words != prompt.field.text else { return }
        reading.view.search?.words = prompt.field.text
        reading.isJumpDue = true
    }

    /// The words stand: `n` and `N` go on from here.
    mutating func enterSearch() {
        prompt = nil
        guard let search = reading.view.search else { return }
        if search.words.isEmpty { return endSearch() }
        if reading.marks[search.pane]?.matches.isEmpty != false, !reading.isJumpDue {
            say(.info, "Not found in this pane.")
        }
    }

    /// Nothing is searched for any more.
    mutating func endSearch() {
        if let search = reading.view.search { reading.rows[search.pane] = nil }
        reading.view.search = nil
        reading.isJumpDue = false
    }
}

extension ReadingState {
    /// Another item: only whether lines are wrapped stays.
    mutating func leave() {
        let isWrapped = view.isWrapped
        self = ReadingState()
        view.isWrapped = isWrapped
    }
}

extension Pane {
    /// Whether it holds the selected item's text.
    var isRead: Bool { self == .action || self == .context || self == .undo }
}
