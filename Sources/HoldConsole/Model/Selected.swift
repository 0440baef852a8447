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

    package var detail: ItemDetail? {
        if case .loaded(let detail) = content { return detail }
        return nil
    }
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
    /// Whether every line has been on the screen, and nothing was left out of them.
    package var isAll: Bool { total > 0 && notShown == 0 && !isShown.contains(false) }

    mutating func show(_ lines: Range<Int>) {
        for line in lines.clamped(to: 0..<total) { isShown[line] = true }
    }
}
