/// How a person reads the selected item: wrapped or not, what is folded, what is searched for.
package struct ReadingState: Hashable, Sendable {
    /// What the texts depend on.
    package internal(set) var view = ReadingView()
    /// The row that a jump or the cursor points at, by pane.
    package internal(set) var rows: [Pane: Int] = [:]
    /// Where the search began: an Esc leads back there.
    var origin = 0
    /// The first match is jumped to as soon as it is known where it is.
    var isJumpDue = false
    /// What there is to jump to, as painted last.
    var marks: [Pane: PaneMarks] = [:]

    package init() {}
}

/// What the texts of an item look like depends on this besides the item itself.
package struct ReadingView: Hashable, Sendable {
    /// Whether long lines go on in the next row; else they are cut and moved along.
    package internal(set) var isWrapped = true
    /// The first column shown of each pane whose lines are cut.
    package internal(set) var columns: [Pane: Int] = [:]
    /// What was folded or unfolded by hand, unlike how it came.
    package internal(set) var turned: Set<FoldID> = []
    package internal(set) var search: Search?

    /// Words that are looked for in one pane.
    package struct Search: Hashable, Sendable {
        package let pane: Pane
        package internal(set) var words: String
    }

    /// Rows of a pane, with what is searched for in the role of matches.
    func marking(_ rows: [PaneRow], of pane: Pane) -> [PaneRow] {
        guard let search, search.pane == pane, let finder = PaneSearch(search.words) else {
            return rows
        }
        return finder.marking(rows)
    }
}

/// Names a part of a text that can be folded.
package struct FoldID: Hashable, Sendable {
    /// Which of the item's texts.
    package let part: Int
    /// The way to it: which child of which child.
    package let path: [Int]
}

/// Rows of a pane that a person can jump to.
package struct PaneMarks: Hashable, Sendable {
    /// Rows that begin a block, a heading, a hunk.
    package internal(set) var anchors: [Int] = []
    /// Rows with something that is searched for.
    package internal(set) var matches: [Int] = []
    package internal(set) var folds: [Place] = []
    /// The cells of the longest line, for moving along lines that are cut.
    package internal(set) var widest = 0

    package struct Place: Hashable, Sendable {
        package let row: Int
        package let fold: Fold
    }

    package init() {}

    init(_ rows: [PaneRow]) {
        for (index, row) in rows.enumerated() {
            if row.isAnchor { anchors.append(index) }
            if row.hasMatch { matches.append(index) }
            if let fold = row.fold { folds.append(Place(row: index, fold: fold)) }
            widest = max(widest, row.textWidth)
        }
    }

    /// The same where so many rows stand before.
    func moved(by rows: Int) -> PaneMarks {
        guard rows != 0 else { return self }
        var marks = self
        marks.anchors = anchors.map { $0 + rows }
        marks.matches = matches.map { $0 + rows }
        marks.folds = folds.map { Place(row: $0.row + rows, fold: $0.fold) }
        return marks
    }
}

/// What can be copied of an item, and the text to its last byte.
package struct CopySheet: Hashable, Sendable {
    package struct Choice: Hashable, Sendable {
        package let name: SafeText
        /// What is copied: exactly this, marks as the ASCII that they are drawn as.
        package let text: SafeText
    }

    /// No terminal is sure to take more bytes at once: 74,994, which are 99,992 in base 64.
    package static let bytesMax = 74_994

    package let number: Int64
    package let choices: [Choice]
    /// The choice under the cursor.
    package internal(set) var cursor = 0
    /// The first row shown of its text.
    package internal(set) var scroll = 0
    /// How many of its rows were on the screen, from the first one on.
    package internal(set) var seen = 0
    /// How many rows it has; nil until it was painted.
    package internal(set) var rows: Int?
    /// How many of them fit.
    package internal(set) var visible = 1
    /// Why it was not copied, in our words.
    package internal(set) var problem: String?

    package var choice: Choice? { choices.indices.contains(cursor) ? choices[cursor] : nil }
    /// Whether all of the text was on the screen.
    package var isRead: Bool { rows.map { seen >= $0 } ?? false }
}

/// Rows of a text to be copied that were on the screen.
package struct CopyShown: Hashable, Sendable {
    package var choice: Int
    package var rows: Range<Int>
    package var total: Int
}
