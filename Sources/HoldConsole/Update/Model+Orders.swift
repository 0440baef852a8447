import HoldCore

/// Orders: what command lines and the palette bring about.
extension Model {
    /// Carries out an order.
    ///
    /// - Throws: Why it cannot be, in a sentence; nothing changed then.
    mutating func carryOut(_ order: Order) throws(OrderProblem) {
        switch order {
        case .run(let command): runByName(command)
        case .sort(let order): sort(by: order)
        case .filter(let text):
            if let problem = filter(by: text ?? "") { throw OrderProblem(problem) }
            if let text { history.add(text, to: .filter) }
        case .set(let setting, let value): try set(setting, to: value)
        case .tell(let setting):
            let values = setting.values(in: self).joined(separator: ", ")
            say(.info, "\(setting.rawValue) is \(setting.value(in: self)). There are: \(values).")
        case .go(let number): go(toNumber: number)
        case .quit: askToQuit()
        }
    }

    /// Runs a command that was named and not pressed: what decides only ever opens its sheet.
    private mutating func runByName(_ command: Keymap.Command) {
        if screen == .help, command != .help, !command.isMove {
            _ = leaveScreen()
        }
        // What was typed to get here is no part of what the sheet takes.
        outbox.append(.flushInput)
        run(command)
    }

    // MARK: - Numbers

    private mutating func go(toNumber number: Int64) {
        if let index = queue.rows.firstIndex(where: { $0.item.number == number }) {
            return land(onRow: index)
        }
        outbox.append(.findNumber(number))
    }

    private mutating func land(onRow index: Int) {
        while screen != .triage, leaveScreen() {}
        zoomed = nil
        setFocus(.queue)
        queue.jump = nil
        select(at: index)
    }

    /// The service knows the item: it is put under the cursor, wherever it stands in the queue.
    mutating func takeFound(_ detail: ItemDetail) {
        hear(nil)
        let item = detail.item
        if let index = queue.index(of: item.reference) {
            return land(onRow: index)
        }
        // A sheet is about the item under the cursor: that stays where it is.
        guard sheet == nil, prompt == nil, queue.isLoaded else { return }
        let index = queue.selectedIndex.map { $0 + 1 } ?? 0
        queue.rows.insert(
            QueueList.Row(item: item, seenRevision: item.revision, isGone: true),
            at: min(index, queue.rows.count)
        )
        land(onRow: min(index, queue.rows.count - 1))
        say(.info, "#\(item.number) stands elsewhere in the queue: it is shown here until N.")
    }

    mutating func takeNotFound(_ number: Int64, _ problem: String) {
        hear(nil)
        say(.warning, "#\(number) was not found: \(problem)")
    }
}
