import HoldCore

/// The filter of the queue: the service reads it, while it is being typed.
extension Model {
    /// Opens the line behind `/`.
    mutating func openFilter() {
        var open = Prompt(kind: .filter, text: queue.filter ?? "")
        open.before = QueueView(
            filter: queue.filter,
            offset: queue.offset,
            selection: queue.selection
        )
        prompt = open
    }

    /// Filters by a text, unless it makes no sense.
    ///
    /// - Returns: What is wrong with it, in a sentence; nil: it is asked for.
    @discardableResult
    mutating func filter(by text: String) -> String? {
        if let problem = FilterText.problem(of: text) { return problem }
        let trimmed = text.trimmed
        let wanted = trimmed.isEmpty ? nil : trimmed
        guard wanted != queue.filter else { return nil }
        queue.filter = wanted
        queue.jump = nil
        subscribe(offset: 0)
        return nil
    }

    /// Keeps the filter that stands in the line.
    mutating func keepFilter(_ open: Prompt) {
        if let problem = filter(by: open.field.text) {
            prompt?.problem = problem
            return
        }
        history.add(open.field.text.trimmed, to: .filter)
        prompt = nil
    }

    /// Goes back to what was looked at before a filter was typed.
    mutating func restore(_ view: QueueView) {
        queue.filter = view.filter
        queue.jump = view.selection.map { .item($0) }
        subscribe(offset: view.offset)
        if !queue.isAsking { landOnItem() }
    }

    /// Takes the filter away; whether there was one.
    mutating func clearFilter() -> Bool {
        guard queue.filter != nil else { return false }
        filter(by: "")
        say(.info, "Filter cleared.")
        return true
    }

    /// Orders the queue anew.
    mutating func sort(by order: QueueSort) {
        guard queue.sort != order else { return }
        queue.sort = order
        queue.jump = nil
        subscribe(offset: 0)
    }

    /// `n`, and back: the next row that the filter lets through and that still waits for somebody.
    mutating func goToMatch(by step: Int) {
        guard queue.filter != nil else {
            return say(.info, "No filter stands: / sets one. N takes in new items.")
        }
        guard screen == .triage, var index = queue.selectedIndex else { return }
        repeat {
            index += step
        } while queue.rows.indices.contains(index)
            && (queue.rows[index].isGone || queue.rows[index].isDecided)
        guard queue.rows.indices.contains(index) else {
            return say(.info, step > 0 ? "No match below." : "No match above.")
        }
        select(at: index)
        askForMore()
    }

    // MARK: - Asking the service

    /// Asks for a part of the queue; one question is under way at a time, and of those that come up
    /// meanwhile only the newest is asked.
    ///
    /// - Parameters:
    ///   - offset: Where the part begins.
    ///   - again: Whether to ask even if it is known: the connection is a new one.
    mutating func subscribe(offset: Int, again: Bool = false) {
        let query = QueueQuery(
            offset: offset,
            limit: windowRows,
            text: queue.filter,
            snoozed: queue.showsSnoozed,
            sort: queue.sort
        )
        if again { return ask(query) }
        let isWaiting = queue.isAsking && now.since(queue.askedAt ?? now) < Outgoing.answerTime
        guard !isWaiting else {
            queue.wanted = query == queue.asked ? nil : query
            return
        }
        guard query != queue.asked else { return }
        ask(query)
    }

    /// Whether the person waits to see the part of the queue that is asked for.
    ///
    /// It is another list, or a place that is not held yet. Otherwise the part is read ahead, and
    /// changes no row in sight.
    package var awaitsWindow: Bool {
        guard queue.isLoaded, queue.jump == nil, let asked = queue.wanted ?? queue.asked else {
            return true
        }
        return isOtherList(asked)
    }

    private mutating func ask(_ query: QueueQuery) {
        queue.asked = query
        queue.askedAt = now
        queue.isAsking = true
        queue.wanted = nil
        outbox.append(.subscribe(query))
    }

    /// Asks what came up while the last question was under way.
    mutating func askWanted() {
        guard !queue.isAsking, let wanted = queue.wanted else { return }
        queue.wanted = nil
        if wanted != queue.asked { ask(wanted) }
    }

    /// The service did not take a question; what is shown stays.
    mutating func failQuery(_ query: QueueQuery, _ problem: String) {
        hear(nil)
        guard query == queue.asked else { return }
        queue.isAsking = false
        if prompt?.kind == .filter {
            prompt?.problem = problem
        } else {
            say(.danger, problem, for: Span(seconds: 15))
        }
        askWanted()
    }

    /// Selects the row that a way back leads to, if it is there.
    mutating func landOnItem() {
        guard case .item(let reference) = queue.jump else { return }
        queue.jump = nil
        guard let index = queue.index(of: reference) else {
            return
        }
        select(at: index)
    }
}
