import HoldCore

extension Model {
    /// Gives a pane the focus; one that is not on the screen is shown alone.
    mutating func setFocus(_ pane: Pane) {
        focus = pane
        if screen == .item, pane != .action, pane != .context, pane != .undo { _ = leaveScreen() }
        switch pane {
        case .action: detailTab = .action
        case .context: detailTab = .context
        case .undo: detailTab = .undo
        case .queue, .depth, .activity, .reviewers, .keys: break
        }
        let isTab = pane == .action || pane == .context || pane == .undo
        let isShown = extents.isEmpty || extents[pane] != nil || isTab || pane == .queue
        zoomed = zoomed == nil && isShown ? nil : pane
    }

    /// The pane after or before one, among those on the screen.
    func neighbour(of pane: Pane, by step: Int) -> Pane {
        let tabs: Set<Pane> = [.queue, .action, .context, .undo]
        let panes =
            screen == .item
            ? [.action, .context, .undo]
            : Pane.allCases.filter {
                extents.isEmpty || extents[$0] != nil || tabs.contains($0) || $0 == pane
            }
        guard let index = panes.firstIndex(of: pane) else { return .queue }
        return panes[(index + step + panes.count) % panes.count]
    }

    mutating func move(_ command: Keymap.Command) {
        if focus == .queue, screen == .triage { return moveSelection(command) }
        let pane = focus
        let extent = extents[pane] ?? PaneExtent(lines: 0, visible: 0)
        scrolls[pane] = moved(scroll(of: pane), command, in: extent)
    }

    /// Where a line number comes to with one moving key.
    func moved(_ line: Int, _ command: Keymap.Command, in extent: PaneExtent) -> Int {
        command.moved(line, page: max(1, extent.visible - 1), last: extent.scrollMax)
    }

    // MARK: - The queue

    private mutating func moveSelection(_ command: Keymap.Command) {
        queue.jump = nil
        guard !queue.rows.isEmpty else { return }
        let last = queue.rows.count - 1
        if command == .first, queue.offset > 0 { return leap(.first) }
        if command == .last, queue.offset + queue.rows.count < queue.total { return leap(.last) }
        let index = queue.selectedIndex ?? 0
        let page = max(1, queueRows - 1)
        select(at: command.moved(index, page: page, last: last))
        askForMore()
    }

    /// Goes to an end of the queue that is not loaded yet.
    private mutating func leap(_ end: QueueList.Jump) {
        queue.jump = end
        switch end {
        case .first: subscribe(offset: 0)
        case .last: subscribe(offset: max(0, queue.total - windowRows))
        case .item: break
        }
    }

    mutating func select(at index: Int) {
        guard queue.rows.indices.contains(index) else { return }
        let reference = queue.rows[index].item.reference
        queue.selection = reference
        followSelection()
        guard selected?.reference != reference else { return }
        show(reference)
    }

    /// Reads an item's detail for the panes beside the queue.
    mutating func show(_ reference: ItemReference) {
        selected = Selected(reference: reference)
        for pane in [Pane.action, .context, .undo] { scrolls[pane] = 0 }
        isRaw = false
        reading.leave()
        outbox.append(.loadDetail(reference))
        expectMoves()
    }

    /// Names the items that the next moving key may come to, the likeliest first: the same step on.
    private mutating func expectMoves() {
        guard let index = queue.selectedIndex else { return }
        let place = queue.offset + index
        if let last = queue.lastPlace, last != place { queue.step = place - last }
        expectMovesAgain()
    }

    /// The same once other rows are there: what lay beyond them can be named now.
    mutating func expectMovesAgain() {
        guard let index = queue.selectedIndex else { return }
        queue.lastPlace = queue.offset + index
        let page = max(1, queueRows - 1)
        let places = [index + queue.step, index + 1, index - 1, index + page, index - page]
        let items = places.filter { queue.rows.indices.contains($0) && $0 != index }
            .map { queue.rows[$0].item.reference }
        if !items.isEmpty { outbox.append(.expectDetails(items)) }
    }

    /// Scrolls just so far that the selected row is on the screen.
    mutating func followSelection() {
        guard let index = queue.selectedIndex else { return }
        let last = max(0, queue.rows.count - queueRows)
        if index < queue.scroll { queue.scroll = index }
        if index >= queue.scroll + queueRows { queue.scroll = index - queueRows + 1 }
        queue.scroll = min(max(0, queue.scroll), max(last, 0))
    }

    /// Asks for another part of the queue when the selection comes near the end of this one.
    mutating func askForMore() {
        guard let index = queue.selectedIndex else { return }
        let margin = queueRows + 8
        let isNearEnd =
            index + margin >= queue.rows.count && queue.offset + queue.rows.count < queue.total
        let isNearStart = index < margin && queue.offset > 0
        guard isNearEnd || isNearStart else { return }
        if let asked = queue.asked, asked.offset != queue.offset {
            // A part is on its way: as long as it reaches far enough, another would only be later.
            let place = queue.offset + index - asked.offset
            if place >= min(margin, asked.offset), place + margin < asked.limit { return }
        }
        subscribe(offset: max(0, queue.offset + index - windowRows / 2))
    }

    /// How many rows are held of a queue, however long that is: some screens full, so that a page
    /// key finds its page here, and no more, since all of them come anew with every change.
    var windowRows: Int { min(max(96, 4 * size.rows), 1_000) }
}
