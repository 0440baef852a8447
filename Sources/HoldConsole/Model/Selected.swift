package import HoldCore

/// The selected item's detail, as far as it has come.
package struct Selected: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case loading
        case loaded(ItemDetail)
        /// Why it could not be read, raw.
        case failed(String)
    }

    package let reference: ItemReference
    package internal(set) var content: Content = .loading
    /// Which lines of the action pane have been on the screen.
    package internal(set) var seen: SeenLines?
    /// What this person saw before the revision that stands now; for the diff.
    package internal(set) var earlier: ItemDetail?

    /// Whether the raw view of this digest was on the screen.
    package internal(set) var sawRaw = false
    /// Whether this digest was opened whole in the pager.
    package internal(set) var openedInFull = false
    /// An answer to the newest question for the detail is under way.
    var isLoading = true
    /// Something changed since that question.
    var isDirty = false

    init(reference: ItemReference) { self.reference = reference }

    package var detail: ItemDetail? {
        if case .loaded(let detail) = content { return detail }
        return nil
    }

    /// What of the action has not been looked at; nil: nothing.
    package var unread: Unread? {
        guard let detail, let seen, seen.digest == detail.item.digest else { return .lines(1) }
        if seen.count < seen.total || seen.total == 0 { return .lines(seen.total - seen.count) }
        if seen.hidden > 0, !sawRaw { return .hidden(seen.hidden) }
        if seen.notShown > 0, !openedInFull { return .bytes(seen.notShown) }
        return nil
    }
}

/// What keeps an action from counting as read.
package enum Unread: Hashable, Sendable {
    /// So many of its lines have not been on the screen.
    case lines(Int)
    /// So many characters are not what they seem, and the raw view was not opened.
    case hidden(Int)
    /// So many bytes are beyond the display's limits, and it was not opened in the pager.
    case bytes(Int)
}

/// Which of the wrapped lines of an action have been on the screen.
package struct SeenLines: Hashable, Sendable {
    package let digest: Digest
    /// How many wrapped lines there are at the present width.
    package private(set) var total: Int
    /// How many characters are not what they seem.
    package private(set) var hidden: Int
    /// How many bytes the display's limits leave out.
    package private(set) var notShown: Int
    private var isShown: [Bool]

    package init(digest: Digest, total: Int, hidden: Int = 0, notShown: Int = 0) {
        self.digest = digest
        self.total = min(max(0, total), Self.linesMax)
        self.hidden = hidden
        self.notShown = notShown
        isShown = Array(repeating: false, count: self.total)
    }

    /// More lines than this are not counted one by one; the display's limits come first.
    static let linesMax = 1_000_000

    /// How many lines have been on the screen.
    package var count: Int { isShown.reduce(0) { $0 + ($1 ? 1 : 0) } }
    /// Whether every line has been on the screen.
    package var isAll: Bool { total > 0 && !isShown.contains(false) }

    mutating func show(_ lines: Range<Int>) {
        for line in lines.clamped(to: 0..<total) { isShown[line] = true }
    }
}
