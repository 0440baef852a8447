import HoldCore

/// How rows come, change and go without moving under the person's hands.
extension Model {
    /// Takes the service's newest window; the rows themselves stay where they are.
    mutating func takeWindow(_ window: QueueWindow) {
        if !window.isProvisional { hear(nil) }
        guard window.query == queue.asked else { return }
        if !window.isProvisional { queue.isAsking = false }
        defer { askWanted() }
        guard !isReturning(from: window) else { return }
        let isFirst = !queue.isLoaded
        let urgentBefore = queue.counts["urgent"] ?? 0
        queue.total = max(0, window.total)
        queue.counts = window.counts
        queue.incoming = window
        let isOther =
            window.query.offset != queue.offset || isOtherList(window.query) || queue.isProvisional
        queue.isProvisional = window.isProvisional
        if !queue.isLoaded || isOther || queue.rows.isEmpty {
            queue.isLoaded = true
            turnPage(to: window, keeping: true)
        } else {
            refreshRows(from: window)
            appendRows(from: window)
            landOnItem()
        }
        announce(window, isSilent: isFirst || isOther, urgentBefore: urgentBefore)
        checkTargets()
        reloadIfChanged()
    }

    /// Shows the service's window as it is, because the person went there or asked for it.
    ///
    /// - Parameters:
    ///   - window: What the service says.
    ///   - keeping: Whether the selected row stays where it was although it is not in the window
    ///     any more.
    private mutating func turnPage(to window: QueueWindow, keeping: Bool) {
        let isOtherFilter = isOtherList(window.query)
        // A leap that was asked for meanwhile counts for the answer to that.
        let jump = queue.wanted == nil ? queue.jump : nil
        let index = queue.selectedIndex
        let place = index.map { queue.offset + $0 - window.query.offset }
        let screenLine = index.map { $0 - queue.scroll }
        let selection = queue.selection
        var rows = fresh(window)
        if keeping, !isOtherFilter, jump == nil, let kept = queue.selectedRow, let place,
            !rows.contains(where: { $0.item.reference == kept.item.reference })
        {
            rows.insert(kept, at: min(max(0, place), rows.count))
        }
        queue.rows = rows
        queue.offset = window.query.offset
        queue.shownFilter = window.query.text
        queue.shownSort = window.query.sort
        queue.shownSnoozed = window.query.snoozed
        queue.highestNumber = max(queue.highestNumber, window.highestNumber)
        switch jump {
        case .first: select(at: 0)
        case .last: select(at: rows.count - 1)
        case .item(let reference):
            queue.selection = reference
            reselect(near: 0)
        case nil: reselect(near: isOtherFilter ? 0 : place ?? 0)
        }
        // A leap counts for the service's own answer too, unless the person went on meanwhile.
        if jump != nil, !window.isProvisional || sheet != nil { queue.jump = nil }
        if rows.isEmpty, queue.total > 0, queue.offset > 0 {
            // The queue has become shorter than where it was looked at.
            subscribe(offset: max(0, queue.total - windowRows))
        }
        if let screenLine, let index = queue.selectedIndex { queue.scroll = index - screenLine }
        followSelection()
        if queue.selection == selection { expectMovesAgain() }
    }

    /// Whether a window of this query is filtered or ordered in another way than the rows.
    func isOtherList(_ query: QueueQuery) -> Bool {
        queue.shownFilter != query.text || queue.shownSort != query.sort
            || queue.shownSnoozed != query.snoozed
    }

    /// Whether a window was asked for on the way to what is shown already: it changes nothing.
    private func isReturning(from window: QueueWindow) -> Bool {
        guard queue.isLoaded, let wanted = queue.wanted, isOtherList(window.query) else {
            return false
        }
        return wanted.text == queue.shownFilter && wanted.sort == queue.shownSort
            && wanted.snoozed == queue.shownSnoozed && wanted.offset == queue.offset
    }

    /// Selects what was selected, or what stands in its place now.
    private mutating func reselect(near index: Int) {
        if let same = queue.selectedIndex { return select(at: same) }
        guard !queue.rows.isEmpty else {
            queue.selection = nil
            selected = nil
            return
        }
        select(at: min(max(0, index), queue.rows.count - 1))
    }

    /// The rows of a window; what the person saw of those that were there stays seen.
    private func fresh(_ window: QueueWindow) -> [QueueList.Row] {
        let seen = Dictionary(
            queue.rows.map { ($0.item.number, $0.seenRevision) },
            uniquingKeysWith: { first, _ in first }
        )
        return window.shared.map { shared in
            let revision = seen[shared.value.number] ?? shared.value.revision
            return QueueList.Row(shared, seenRevision: revision, isGone: false)
        }
    }

    private func fresh(_ item: QueueItem) -> QueueList.Row {
        let known = queue.row(item.reference)
        return QueueList.Row(
            item: item,
            seenRevision: known?.seenRevision ?? item.revision,
            isGone: false
        )
    }

    /// Brings the rows' contents up to date, in place.
    private mutating func refreshRows(from window: QueueWindow) {
        let incoming = Dictionary(
            window.shared.map { ($0.value.number, $0) },
            uniquingKeysWith: { _, later in later }
        )
        for index in queue.rows.indices {
            let row = queue.rows[index]
            if let shared = incoming[row.item.number] {
                queue.rows[index].isGone = false
                if !shared.value.isOlder(than: row.item) { queue.rows[index].take(shared) }
            } else if !row.isDecided, !row.isGone {
                queue.rows[index].isGone = lookUp(row.item.reference)
            }
        }
    }

    /// Asks what became of a row that left the window: decided, or only moved.
    ///
    /// - Returns: Whether it is being asked; only so many are at a time.
    private mutating func lookUp(_ reference: ItemReference) -> Bool {
        guard lookups.count < Self.lookupsMax else { return false }
        if lookups.insert(reference).inserted { outbox.append(.loadDetail(reference)) }
        return true
    }

    private static let lookupsMax = 8

    /// Items that slid into the window and are not new go to its end, where nothing moves for them;
    /// only so many are held.
    private mutating func appendRows(from window: QueueWindow) {
        let shown = Set(queue.rows.map(\.item.number))
        for item in window.items
        where item.number <= queue.highestNumber && !shown.contains(item.number) {
            guard queue.rows.count < 2 * windowRows else { return }
            queue.rows.append(fresh(item))
        }
    }

    /// Rings for new items that cannot wait; no dialog opens by itself.
    private mutating func announce(
        _ window: QueueWindow,
        isSilent: Bool,
        urgentBefore: Int
    ) {
        let unheard =
            window.highestNumber > announced ? window.items.filter { $0.number > announced } : []
        defer { announced = max(announced, window.highestNumber) }
        guard !isSilent else { return }
        // Far down the queue, new items at its top are not in the window.
        let isAbove = queue.offset > 0 && (window.counts["urgent"] ?? 0) > urgentBefore
        announce(unheard.filter(\.state.isPending))
        if isAbove { tell(.urgentAbove, .warning, "More urgent items at the top: g goes there.") }
    }

    static let soon = Span(minutes: 2)

    // MARK: - Order

    /// `N`: new items come in, decided ones go, everything stands where the service puts it.
    mutating func takeInByHand() {
        guard let window = queue.incoming else { return }
        turnPage(to: window, keeping: false)
        outbox.append(.flushInput)
    }

    /// Puts rows in order when the person has been still; takes in and lets go when they are away.
    mutating func tidyQueueWhenIdle() {
        guard sheet == nil, prompt == nil, !queue.isPaused, let window = queue.incoming,
            window.query.offset == queue.offset, !isOtherList(window.query)
        else { return }
        let still = now.since(lastKey)
        guard still >= Self.quiet else { return }
        if still >= Self.away, needsTaking { takeInAtRest(window) }
        if queue.sortedSequence != window.sequence { putInOrder(window) }
    }

    private var needsTaking: Bool {
        !queue.newItems.isEmpty
            || queue.rows.contains { $0.isDecided || $0.isGone }
    }

    /// As `N`, but the selected row keeps its place on the screen.
    mutating func takeInAtRest(_ window: QueueWindow) {
        let index = queue.selectedIndex
        let kept = queue.selectedRow
        var rows = fresh(window)
        if let kept, let index, !kept.isDecided {
            rows.removeAll { $0.item.reference == kept.item.reference }
            rows.insert(kept, at: min(index, rows.count))
        }
        queue.rows = rows
        queue.highestNumber = max(queue.highestNumber, window.highestNumber)
        reselect(near: index ?? 0)
    }

    /// Sorts the rows that may move; decided ones, lost ones and the selected one stay.
    private mutating func putInOrder(_ window: QueueWindow) {
        let rank = Dictionary(
            zip(window.shared.map(\.value.number), window.shared.indices)
        ) { first, _ in first }
        let slots = queue.rows.indices.filter { index in
            let row = queue.rows[index]
            return !row.isDecided && row.item.reference != queue.selection
                && rank[row.item.number] != nil
        }
        let sorted = slots.map { queue.rows[$0] }.sorted {
            rank[$0.item.number] ?? 0 < rank[$1.item.number] ?? 0
        }
        for (slot, row) in zip(slots, sorted) { queue.rows[slot] = row }
        queue.sortedSequence = window.sequence
    }

    /// The person has seen all of this revision.
    mutating func markSeen(_ reference: ItemReference, _ revision: Int) {
        guard let index = queue.index(of: reference) else { return }
        // What is so already is not written: writing copies all rows where a frame shares them.
        guard queue.rows[index].seenRevision != revision else { return }
        queue.rows[index].seenRevision = revision
    }

    /// Writes what is known of an item now into its row, in place.
    mutating func setRow(_ reference: ItemReference, _ change: (inout QueueItem) -> Void) {
        guard let index = queue.index(of: reference) else {
            return
        }
        change(&queue.rows[index].item)
    }
}
