import HoldCore

/// Marks: which items something is said about together.
extension Model {
    /// Space: marks or unmarks the item, or all of a range that was begun.
    mutating func markOrEndRange() {
        guard screen == .triage, focus == .queue else {
            return say(.info, "Marks are set in the queue: 1 goes there.")
        }
        if marks.rangeStart != nil { return markRange() }
        guard let row = queue.selectedRow, let index = queue.selectedIndex else { return }
        if marks.contains(row.item.reference) {
            marks.remove(row.item.reference)
        } else if row.item.state.isPending {
            guard mark(row.item) else { return }
        } else {
            return say(.info, "#\(row.item.number) is final: there is nothing to mark.")
        }
        guard index + 1 < queue.rows.count else { return }
        queue.jump = nil
        select(at: index + 1)
        askForMore()
    }

    /// `v`: begins a range at the cursor, or marks the one that was begun.
    mutating func beginOrEndRange() {
        guard screen == .triage, focus == .queue else {
            return say(.info, "Marks are set in the queue: 1 goes there.")
        }
        if marks.rangeStart != nil { return markRange() }
        marks.rangeStart = queue.selection
    }

    /// The rows from where the range began to the cursor; nil while there is none.
    package var markingRange: ClosedRange<Int>? {
        guard let start = marks.rangeStart, let cursor = queue.selectedIndex,
            let other = queue.index(of: start)
        else { return nil }
        return min(other, cursor)...max(other, cursor)
    }

    /// Marks what is in the range and still waits; the range is over then.
    mutating func markRange() {
        defer { marks.rangeStart = nil }
        guard let range = markingRange else {
            if marks.rangeStart != nil { say(.info, "Where the range began is gone.") }
            return
        }
        for row in queue.rows[range] where row.item.state.isPending {
            guard mark(row.item) else { return }
        }
    }

    /// Ends a range without marking anything; whether there was one.
    mutating func dropRange() -> Bool {
        guard marks.rangeStart != nil else { return false }
        marks.rangeStart = nil
        return true
    }

    mutating func clearMarks() {
        guard !marks.isEmpty || marks.rangeStart != nil else {
            return say(.info, "Nothing is marked.")
        }
        say(.info, "\(SafeText.count(marks.count, "mark").plain) taken away.")
        marks.removeAll()
    }

    private mutating func mark(_ item: QueueItem) -> Bool {
        guard marks.add(item) else {
            say(.warning, "No more than \(Marks.most) items can be marked.")
            return false
        }
        return true
    }

    /// Takes marks away from what is not the same any more, and says so.
    mutating func checkMarks() {
        guard !marks.isEmpty else { return }
        var gone: [(number: Int64, words: String)] = []
        for row in queue.rows {
            let item = row.item
            guard let digest = marks.digests[item.reference] else { continue }
            if !item.state.isPending {
                gone.append((item.number, "is \(item.state.words)"))
            } else if item.digest != digest {
                gone.append((item.number, "changed"))
            } else {
                continue
            }
            marks.remove(item.reference)
        }
        guard let first = gone.first else { return }
        say(
            .warning,
            gone.count == 1
                ? "#\(first.number) \(first.words): its mark is gone."
                : "\(gone.count) marks are gone: decided meanwhile, or changed."
        )
    }
}
