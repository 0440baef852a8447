package import HoldCore

/// The part of the journal that is on the screen, newest first, and one item's record.
package struct HistoryView: Hashable, Sendable {
    package internal(set) var rows: [HistoryEvent] = []
    package internal(set) var cursor = ListCursor()
    /// The filter as it was typed; nil: the usual events.
    package internal(set) var typed: String?
    package internal(set) var filter = HistoryFilter()
    /// The question that is not answered yet.
    package internal(set) var asked: HistoryQuery?
    /// The first answer has come.
    package internal(set) var isLoaded = false
    /// Why the last question failed, raw.
    package internal(set) var problem: String?
    /// Nothing older is left that the filter lets through.
    package internal(set) var isAtStart = false
    /// Newer rows were let go of, to hold no more than there is room for.
    package internal(set) var isCutAbove = false
    /// The journal's last sequence number, as far as it is known.
    package internal(set) var lastSequence: Int64 = 0
    /// How far a search has looked; nil when it found something in every part.
    package internal(set) var reached: Int64?
    /// How many events happened since the newest row was read.
    package internal(set) var newCount = 0
    /// The check of the journal's chain; nil: not asked for yet.
    package internal(set) var check: ChainCheck?
    package internal(set) var record: RecordView?

    package init() {}

    /// The event under the cursor.
    package var selected: HistoryEvent? {
        rows.indices.contains(cursor.index) ? rows[cursor.index] : nil
    }

    /// No more rows are held, however long the journal is.
    static let rowsMax = 1_000
    /// How many events are asked for at once.
    package static let pageRows = 100
}

/// Which part of the journal is asked for.
package struct HistoryQuery: Hashable, Sendable {
    package enum Edge: Hashable, Sendable {
        case newest
        /// The newest of those with a lower sequence number.
        case before(Int64)
        /// The oldest of those with a higher one.
        case after(Int64)
    }

    package var filter: HistoryFilter
    package var edge: Edge
    package var limit: Int

    package init(filter: HistoryFilter, edge: Edge, limit: Int = HistoryView.pageRows) {
        self.filter = filter
        self.edge = edge
        self.limit = limit
    }
}

/// The service's answer to it.
package struct HistoryPage: Hashable, Sendable {
    package var query: HistoryQuery
    /// Newest first, whichever part was asked for.
    package var events: [HistoryEvent]
    /// The journal's last sequence number.
    package var lastSequence: Int64?
    /// Where the next part begins; nil when nothing is left on that side.
    package var reached: Int64?

    package init(
        query: HistoryQuery,
        events: [HistoryEvent],
        lastSequence: Int64?,
        reached: Int64?
    ) {
        self.query = query
        self.events = events
        self.lastSequence = lastSequence
        self.reached = reached
    }
}

/// How the check of the journal's chain stands.
package enum ChainCheck: Hashable, Sendable {
    case running
    /// So many events hang together; when the answer came.
    case sound(events: Int, at: Instant)
    /// The first event that does not; nil when the answer does not name it.
    case broken(firstBad: Int64?)
    /// It could not be checked; why, raw.
    case failed(String)
}

/// One item as it was shown and decided.
package struct RecordView: Hashable, Sendable {
    package let reference: ItemReference
    package internal(set) var content = Selected.Content.loading
    package internal(set) var scroll = 0
    /// Whether its text is shown as offsets, code points and names.
    package internal(set) var isRaw = false
    var extent = PaneExtent(lines: 0, visible: 0)

    init(reference: ItemReference) { self.reference = reference }

    package var detail: ItemDetail? {
        if case .loaded(let detail) = content { return detail }
        return nil
    }
}
