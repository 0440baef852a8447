package import HoldCore

/// The part of the queue that this console holds, in the order in which it is shown.
///
/// The service pushes its own order at any moment; rows here move only when the person asks or has
/// not touched a key for a while, so that a key never meets another item than the one that was
/// under it.
package struct QueueList: Hashable, Sendable {
    /// One row as shown.
    package struct Row: Hashable, Sendable {
        package var item: QueueItem {
            _read { yield shared.value }
            set { shared.value = newValue }
        }
        private var shared: Shared<QueueItem>
        /// What the person saw first of it since the row was last taken in; later revisions are
        /// marked as changed.
        package var seenRevision: Int
        /// It is in the service's window no longer: decided, or moved out of it.
        package var isGone: Bool

        init(item: QueueItem, seenRevision: Int, isGone: Bool) {
            self.init(Shared(item), seenRevision: seenRevision, isGone: isGone)
        }

        init(_ shared: Shared<QueueItem>, seenRevision: Int, isGone: Bool) {
            self.shared = shared
            self.seenRevision = seenRevision
            self.isGone = isGone
        }

        /// Takes over what a window knows of the item.
        mutating func take(_ shared: Shared<QueueItem>) { self.shared = shared }

        /// Whether both are of one reading: then they are equal, and nobody need look.
        func isSame(as other: Row) -> Bool { shared.isSame(as: other.shared) }

        /// Whether its content changed under the person's eyes.
        package var isChanged: Bool { item.revision != seenRevision }
        /// Whether it is final: drawn dimmed, with the result.
        package var isDecided: Bool { !item.state.isPending && !item.isStuck }
    }

    /// The rows as shown, first one first.
    package internal(set) var rows: [Row] = []
    /// The place of the first row in the whole queue, from 0.
    package internal(set) var offset = 0
    /// How many items the filter lets through, as the service counts.
    package internal(set) var total = 0
    /// How many items there are by state, and `urgent` and `stuck` among the open ones.
    package internal(set) var counts: [String: Int] = [:]
    /// The item that the keys are about; nil only when there are no rows.
    package internal(set) var selection: ItemReference?
    /// How many rows of the list are scrolled off above.
    package internal(set) var scroll = 0
    /// The text that the service filters by; nil: no filter.
    package internal(set) var filter: String?
    /// Whether what this person snoozed is asked for too.
    package internal(set) var showsSnoozed = false
    /// Rows do not move until taken in by hand.
    package internal(set) var isPaused = false
    /// The first answer has come.
    package internal(set) var isLoaded = false
    /// The newest window of the service, not yet taken in.
    var incoming: QueueWindow?
    /// The filter that the rows were read with.
    var shownFilter: String?
    /// Whether the rows were read with what was snoozed.
    var shownSnoozed = false
    /// The order that is asked for.
    package internal(set) var sort = QueueSort.urgency
    /// The order that the rows were read in.
    var shownSort = QueueSort.urgency
    /// The window that the rows were last put in the order of.
    var sortedSequence: Int64?
    /// The rows are of an answer that is known to be replaced soon.
    var isProvisional = false
    /// Where the selection goes when the next window comes.
    var jump: Jump?
    /// Where the selection was last in the whole queue, for guessing where it goes.
    var lastPlace: Int?
    /// How far it went the last time.
    var step = 1
    /// What was last asked for.
    var asked: QueueQuery?
    /// The answer to it has not come.
    var isAsking = false
    var askedAt: Moment?
    /// What to ask as soon as that answer is there.
    var wanted: QueueQuery?
    /// The highest item number that was ever taken in: what is above is new.
    var highestNumber: Int64 = 0

    /// An end of the queue, or an item, that is not loaded yet.
    enum Jump: Hashable, Sendable {
        case first, last
        case item(ItemReference)
    }

    package init() {}

    /// The index of the selected row.
    package var selectedIndex: Int? {
        selection.flatMap { index(of: $0) }
    }

    /// The index of an item's row.
    func index(of reference: ItemReference) -> Int? {
        // By index: looking at a whole row would copy it.
        rows.indices.first { rows[$0].item.reference == reference }
    }

    /// The selected row.
    package var selectedRow: Row? { selectedIndex.map { rows[$0] } }

    /// The row of an item.
    package func row(_ reference: ItemReference) -> Row? {
        index(of: reference).map { rows[$0] }
    }

    /// The items that arrived since rows were last taken in: `+n new: press N`.
    package var newItems: [QueueItem] {
        // Mostly nothing is new, and this is asked with each frame.
        guard let incoming, incoming.highestNumber > highestNumber else { return [] }
        return incoming.items.filter {
            $0.number > highestNumber && index(of: $0.reference) == nil
        }
    }
}

/// What a console asks the service's queue for.
package struct QueueQuery: Hashable, Sendable {
    package var offset: Int
    package var limit: Int
    /// Only items that this filter lets through.
    package var text: String?
    /// Also what this person snoozed.
    package var snoozed: Bool
    package var sort: QueueSort

    package init(
        offset: Int,
        limit: Int,
        text: String? = nil,
        snoozed: Bool = false,
        sort: QueueSort = .urgency
    ) {
        self.offset = offset
        self.limit = limit
        self.text = text
        self.snoozed = snoozed
        self.sort = sort
    }
}

/// The service's answer: a window of the queue, in the service's order.
package struct QueueWindow: Hashable, Sendable {
    package var query: QueueQuery
    /// The items, as rows take them over.
    let shared: [Shared<QueueItem>]
    /// The highest number among them, 0 where there are none.
    let highestNumber: Int64
    package var total: Int
    /// How many items there are by state, and `urgent` and `stuck` among the open ones.
    package var counts: [String: Int]
    /// The journal's sequence number that it reflects.
    package var sequence: Int64
    /// It was kept from before; the service's answer follows and takes its place as a whole.
    package var isProvisional = false

    package init(
        query: QueueQuery,
        items: [QueueItem],
        total: Int,
        counts: [String: Int] = [:],
        sequence: Int64
    ) {
        self.query = query
        shared = items.map { Shared($0) }
        highestNumber = items.reduce(0) { max($0, $1.number) }
        self.total = total
        self.counts = counts
        self.sequence = sequence
    }

    /// The items in the service's order, each copied only when it is looked at.
    package var items: some RandomAccessCollection<QueueItem> { shared.lazy.map(\.value) }
}
