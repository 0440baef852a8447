import HoldCore

/// The history: a window of the journal, newest first, that grows downward as it is read.
extension Model {
    mutating func showHistory() {
        isRaw = false
        go(to: .history)
        if case .failed = historyView.check { historyView.check = nil }
        if historyView.newCount > 0 || historyView.problem != nil { askForNewest() }
    }

    mutating func takeInHistory(_ command: Keymap.Command) -> Bool {
        if command.isMove {
            historyView.problem = nil
            historyView.cursor.move(command, count: historyView.rows.count)
            return true
        }
        switch command {
        case .open:
            guard let event = historyView.selected else { return true }
            guard let reference = event.reference else {
                say(.info, "That event is about no item.")
                return true
            }
            go(to: .record(reference))
        case .filter: prompt = Prompt(kind: .view, text: historyView.typed ?? "")
        case .takeIn: askForNewest()
        case .back where historyView.typed != nil: _ = filterHistory("")
        default: return isOfPanes(command)
        }
        return true
    }

    /// Takes a filter; says what is wrong with it, if anything.
    mutating func filterHistory(_ text: String) -> String? {
        do {
            historyView.filter = try HistoryFilter(parsing: text)
        } catch {
            return error.words
        }
        historyView.typed = text.isEmpty ? nil : text
        historyView.rows = []
        historyView.isLoaded = false
        historyView.cursor = ListCursor()
        askForNewest()
        return nil
    }

    // MARK: - Asking

    /// Reads what the cursor comes near to, and checks the chain once.
    mutating func readHistory() {
        if historyView.check == nil {
            historyView.check = .running
            outbox.append(.checkHistory)
        }
        guard historyView.asked == nil, historyView.problem == nil else { return }
        guard historyView.isLoaded else { return askForNewest() }
        let (rows, cursor) = (historyView.rows, historyView.cursor)
        let margin = cursor.visible + 8
        if !historyView.isAtStart, cursor.index + margin >= rows.count {
            let edge = [historyView.reached, rows.last?.sequence].compactMap { $0 }.min()
            ask(edge.map(HistoryQuery.Edge.before) ?? .newest)
        } else if historyView.isCutAbove, cursor.index < margin, let first = rows.first {
            ask(.after(first.sequence))
        }
    }

    private mutating func askForNewest() {
        historyView.problem = nil
        ask(.newest)
    }

    private mutating func ask(_ edge: HistoryQuery.Edge) {
        guard case .live = link.state else { return }
        let query = HistoryQuery(filter: historyView.filter, edge: edge)
        guard query != historyView.asked else { return }
        historyView.asked = query
        outbox.append(.loadHistory(query))
    }

    // MARK: - Answers

    mutating func takeHistory(_ page: HistoryPage) {
        hear(nil)
        guard page.query == historyView.asked else { return }
        historyView.asked = nil
        historyView.isLoaded = true
        historyView.lastSequence = max(historyView.lastSequence, page.lastSequence ?? 0)
        let selected = historyView.selected?.sequence
        let known = Set(historyView.rows.map(\.sequence))
        let fresh = page.events.filter { !known.contains($0.sequence) }
        switch page.query.edge {
        case .newest:
            historyView.rows = page.events
            historyView.newCount = 0
            historyView.isCutAbove = false
            historyView.isAtStart = page.reached == nil
            historyView.reached = page.reached
        case .before(let edge):
            historyView.rows += fresh
            historyView.isAtStart = page.reached ?? edge >= edge
            historyView.reached = page.reached
            let excess = historyView.rows.count - HistoryView.rowsMax
            if excess > 0 {
                historyView.rows.removeFirst(excess)
                historyView.isCutAbove = true
            }
        case .after:
            historyView.rows = fresh + historyView.rows
            historyView.isCutAbove = page.reached != nil
            let excess = historyView.rows.count - HistoryView.rowsMax
            if excess > 0 {
                historyView.rows.removeLast(excess)
                historyView.isAtStart = false
                historyView.reached = historyView.rows.last?.sequence
            }
        }
        foldReviews()
        placeHistoryCursor(at: selected)
    }

    mutating func failHistory(_ query: HistoryQuery, _ problem: String) {
        guard query == historyView.asked else { return }
        historyView.asked = nil
        historyView.isLoaded = true
        historyView.problem = problem
    }

    /// A review that decided its item is told by the decision that it led to.
    private mutating func foldReviews() {
        var decisions: Set<String> = []
        for row in historyView.rows where row.type == "item_decided" {
            decisions.insert("\(row.version) \(row.workflow.written)")
        }
        historyView.rows.removeAll { row in
            row.type == "item_reviewed"
                && decisions.contains("\(row.version + 1) \(row.workflow.written)")
        }
    }

    private mutating func placeHistoryCursor(at sequence: Int64?) {
        if let index = historyView.rows.firstIndex(where: { $0.sequence == sequence }) {
            historyView.cursor.index = index
        }
        historyView.cursor.follow(count: historyView.rows.count)
    }

    // MARK: - The record of an item

    mutating func takeInRecord(_ command: Keymap.Command) -> Bool {
        guard var record = historyView.record else { return isOfPanes(command) }
        if command.isMove {
            record.scroll = moved(record.scroll, command, in: record.extent)
        } else if command == .rawText {
            record.isRaw.toggle()
        } else {
            return isOfPanes(command)
        }
        historyView.record = record
        return true
    }

    mutating func readRecord(_ reference: ItemReference) {
        guard historyView.record?.reference != reference else { return }
        historyView.record = RecordView(reference: reference)
        outbox.append(.loadDetail(reference))
    }

    mutating func takeRecord(_ detail: ItemDetail) {
        guard historyView.record?.reference == detail.item.reference else { return }
        historyView.record?.content = .loaded(detail)
    }

    mutating func failRecord(_ reference: ItemReference, _ problem: String) {
        guard historyView.record?.reference == reference, historyView.record?.detail == nil else {
            return
        }
        historyView.record?.content = .failed(problem)
    }
}
