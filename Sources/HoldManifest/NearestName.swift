/// Finds the name that was probably meant.
enum NearestName {
    private static let lengthMax = 64

    /// `did you mean ‘…’?` for the nearest of these names; nil when none comes close.
    static func hint(for name: String, among names: some Sequence<String>) -> String? {
        nearest(to: name, among: names).map { "did you mean ‘\($0.forPeople)’?" }
    }

    /// The nearest of these names: two slips away, or a third of its length, or begun alike.
    static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let given = Array(name.lowercased().unicodeScalars)
        guard !given.isEmpty, given.count <= lengthMax else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in names {
            let scalars = Array(candidate.lowercased().unicodeScalars.prefix(lengthMax + 1))
            guard let distance = closeness(given, scalars) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// How far apart the two are; nil when too far to have been meant.
    private static func closeness(_ given: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Int? {
        guard name.count <= lengthMax else { return nil }
        let tolerance = max(name.count <= 3 ? 1 : 2, name.count / 3)
        if abs(given.count - name.count) <= tolerance {
            let distance = distance(given, name)
            if distance <= tolerance, distance < name.count { return distance }
        }
        // `timeout` for `timeout_minutes`: worse than any slip, better than nothing.
        return given.count >= 3 && name.starts(with: given) ? lengthMax : nil
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(
                    last[column] + (isSame ? 0 : 1),
                    last[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
