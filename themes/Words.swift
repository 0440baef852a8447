/// The word that was most likely meant, if one is near enough.
package func nearest(to word: String, among known: [String]) -> String? {
    guard word.count <= 40 else { return nil }
    let best = known.map { (word: $0, distance: distance($0, word)) }
        .min { $0.distance < $1.distance }
    guard let best, best.distance > 0, best.distance <= max(1, (word.count + 2) / 3) else {
        return nil
    }
    return best.word
}

/// How many letters have to be put in, taken out or changed to make one word the other.
private func distance(_ one: String, _ two: String) -> Int {
    let (one, two) = (Array(one.utf8), Array(two.utf8))
    var previous = Array(0...two.count)
    for (row, letter) in one.enumerated() {
        var current = [row + 1]
        for (column, other) in two.enumerated() {
            let change = previous[column] + (letter == other ? 0 : 1)
            current.append(min(change, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[two.count]
}

/// A word from a file as it can be shown: short, and nothing in it but printable ASCII.
package func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(40).map { scalar in
        (0x20...0x7E).contains(scalar.value)
            ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
    return "`" + shown.joined() + (text.unicodeScalars.count > 40 ? "..." : "") + "`"
}
