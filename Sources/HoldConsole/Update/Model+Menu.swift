import HoldCore

/// Menus: the filter put together field by field, and the order of the queue.
extension Model {
    mutating func openFilterMenu() { sheet = .menu(menu(.fields)) }

    mutating func openSortMenu() { sheet = .menu(menu(.sorts)) }

    private func menu(_ page: Menu.Page) -> Menu {
        switch page {
        case .fields: Menu(page: page, entries: fieldEntries)
        case .values(let field): Menu(page: page, entries: valueEntries(of: field))
        case .sorts: Menu(page: page, entries: sortEntries)
        }
    }

    private var fieldEntries: [Menu.Entry] {
        let text = queue.filter ?? ""
        let fields = FilterField.allCases.map { field in
            let word = FilterText.word(of: field, in: text)
            return Menu.Entry(
                key: field.key,
                text: field.words.description,
                words: word ?? "",
                isChosen: false,
                choice: .open(field)
            )
        }
        let clear = Menu.Entry(
            key: "0",
            text: "no filter",
            words: text,
            isChosen: false,
            choice: .clear
        )
        return fields + [clear]
    }

    private func valueEntries(of field: FilterField) -> [Menu.Entry] {
        let standing = FilterText.word(of: field, in: queue.filter ?? "")
        return filterValues(of: field).enumerated().map { index, value in
            Menu.Entry(
                key: index < 9 ? "123456789".unicodeScalars.dropFirst(index).first : nil,
                text: value.value,
                words: value.words,
                isChosen: standing == FilterText.word(field, value.value),
                choice: .toggle(field, value.value)
            )
        }
    }

    private var sortEntries: [Menu.Entry] {
        zip(QueueSort.allCases, "uorwan".unicodeScalars).map { order, key in
            Menu.Entry(
                key: key,
                text: order.rawValue,
                words: order.words.description,
                isChosen: order == queue.sort,
                choice: .sort(order)
            )
        }
    }

    mutating func takeInMenu(_ key: Key, _ open: Menu) {
        var open = open
        switch key {
        case .escape, .control("c"), .left, .backspace, .character("q"):
            if case .values = open.page { return openFilterMenu() }
            sheet = nil
            return
        case .enter, .right, .character(" "): return choose(open.cursor, in: open)
        case .character(let scalar):
            if let index = open.entries.firstIndex(where: { $0.key == scalar }) {
                return choose(index, in: open)
            }
        default: break
        }
        guard let command = keymap.command(for: key), command.isMove else { return }
        open.cursor = command.moved(open.cursor, page: 8, last: max(0, open.entries.count - 1))
        sheet = .menu(open)
    }

    private mutating func choose(_ index: Int, in open: Menu) {
        guard open.entries.indices.contains(index) else { return }
        switch open.entries[index].choice {
        case .open(let field):
            let values = menu(.values(field))
            guard !values.entries.isEmpty else {
                return say(.info, "No item here has a value to choose.")
            }
            sheet = .menu(values)
        case .toggle(let field, let value):
            sheet = nil
            setFilter(FilterText.toggling(field, value, in: queue.filter ?? ""))
        case .clear:
            sheet = nil
            _ = clearFilter()
        case .sort(let order):
            sheet = nil
            sort(by: order)
        }
    }

    private mutating func setFilter(_ text: String) {
        if let problem = filter(by: text) { return say(.warning, problem) }
        if let filter = queue.filter { history.add(filter, to: .filter) }
    }
}
