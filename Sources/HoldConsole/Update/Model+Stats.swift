import HoldCore

/// The stats view and the hand-off: read from the service, never decided upon.
extension Model {
    mutating func openStats() {
        go(to: .stats)
        loadFigures()
    }

    mutating func loadFigures() {
        stats.askedAt = now
        ask(.loadFigures(since: stats.range.span.map { serviceNow - $0 }))
    }

    /// Takes a key of the stats view; whether it was one.
    mutating func takeInStats(_ key: Key, _ command: Keymap.Command?) -> Bool {
        if let command, command.isMove {
            if scrollsStats {
                stats.scroll = moved(stats.scroll, command, in: viewExtent)
            } else {
                stats.cursor.move(command, count: stats.rows.count)
            }
            return true
        }
        switch command {
        case .nextPane: turnTable(by: 1)
        case .previousPane: turnTable(by: -1)
        case .open: showItems()
        case nil:
            guard case .character(let scalar) = key,
                let range = Int(String(Character(scalar))).flatMap(FigureRange.init)
            else { return false }
            show(range)
        default: return false
        }
        return true
    }

    private mutating func show(_ range: FigureRange) {
        guard range != stats.range else { return }
        stats.range = range
        stats.content = .loading
        // The answer to what was asked before is about another time.
        courtesies.underWay = courtesies.underWay.filter { !$0.isFigures }
        loadFigures()
    }

    private mutating func turnTable(by step: Int) {
        let tables = FigureTable.allCases
        let index = tables.firstIndex(of: stats.table) ?? 0
        stats.table = tables[(index + step + tables.count) % tables.count]
        stats.cursor = ListCursor()
    }

    /// Shows what waits of the row under the cursor, in the queue.
    private mutating func showItems() {
        guard !scrollsStats, stats.rows.indices.contains(stats.cursor.index) else { return }
        let name = stats.rows[stats.cursor.index].name
        // What ends a quote cannot be searched for.
        guard let field = stats.table.field, !name.contains("\"") else { return }
        queue.filter = "\(field):\"\(name)\""
        subscribe(offset: 0)
        go(to: .triage)
        setFocus(.queue)
    }

    mutating func fitStats(_ extent: PaneExtent) {
        if scrollsStats {
            stats.scroll = min(stats.scroll, extent.scrollMax)
        } else {
            stats.cursor.fit(extent)
        }
    }

    /// Whether the view has no boxes: then all of it scrolls, and not the table alone.
    private var scrollsStats: Bool { Layout.shape(for: size) == .list }

    // MARK: - Hand-off

    mutating func openHandoff() {
        handoff.scroll = 0
        go(to: .handoff)
        loadHandoff()
    }

    mutating func loadHandoff() {
        handoff.askedAt = now
        ask(.loadHandoff)
    }
}

extension FigureTable {
    /// The field of a filter that finds the items of a row; nil where none does.
    var field: String? {
        switch self {
        case .workflow: "wf"
        case .action: "action"
        case .agent: "agent"
        case .reviewer, .hour: nil
        }
    }
}
