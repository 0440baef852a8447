/// What changed between two texts, line by line.
package enum LineDiff {
    /// Beyond so many lines in the part that differs, the old lines come first and then the new.
    static let linesMax = 400

    /// The lines of both texts in order, each as kept, removed or added.
    package static func lines(from before: String, to after: String) -> [DiffLine] {
        let old = before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let new = after.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
            .prefix { $0 == $1 }.count
        let oldMiddle = Array(old[head..<(old.count - tail)])
        let newMiddle = Array(new[head..<(new.count - tail)])
        return old.prefix(head).map { DiffLine(kind: .same, text: $0) }
            + middle(oldMiddle, newMiddle)
            + old.suffix(tail).map { DiffLine(kind: .same, text: $0) }
    }

    /// By the longest common subsequence, where the lines are few enough for that.
    private static func middle(_ old: [String], _ new: [String]) -> [DiffLine] {
        guard old.count <= linesMax, new.count <= linesMax else {
            return old.map { DiffLine(kind: .removed, text: $0) }
                + new.map { DiffLine(kind: .added, text: $0) }
        }
        let width = new.count + 1
        var common = Array(repeating: 0, count: (old.count + 1) * width)
        for row in old.indices.reversed() {
            for column in new.indices.reversed() {
                common[row * width + column] =
                    old[row] == new[column]
                    ? common[(row + 1) * width + column + 1] + 1
                    : max(common[(row + 1) * width + column], common[row * width + column + 1])
            }
        }
        var lines: [DiffLine] = []
        var (row, column) = (0, 0)
        while row < old.count || column < new.count {
            if row < old.count, column < new.count, old[row] == new[column] {
                lines.append(DiffLine(kind: .same, text: old[row]))
                row += 1
                column += 1
            } else if row < old.count,
                column == new.count
                    || common[(row + 1) * width + column] >= common[row * width + column + 1]
            {
                lines.append(DiffLine(kind: .removed, text: old[row]))
                row += 1
            } else {
                lines.append(DiffLine(kind: .added, text: new[column]))
                column += 1
            }
        }
        return lines
    }
}
