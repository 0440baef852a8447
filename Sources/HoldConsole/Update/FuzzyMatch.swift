/// How well a few typed letters fit a name: its beginning before the beginning of a word before
/// letters in their order anywhere; then the earlier and the denser ones.
package struct FuzzyMatch: Hashable, Sendable {
    /// Less is better; the same letters and names always rank the same.
    package struct Rank: Hashable, Sendable, Comparable {
        /// 0: the name begins so, 1: a word of it does, 2: a word of what it does, 3: letters in
        /// their order.
        package let tier: Int
        /// How far behind the beginning, and with how many letters between.
        package let distance: Int
        package let length: Int

        package static func < (left: Rank, right: Rank) -> Bool {
            (left.tier, left.distance, left.length) < (right.tier, right.distance, right.length)
        }
    }

    package let rank: Rank
    /// The letters of the name that were found, by their place from 0.
    package let letters: [Int]

    /// Fits each word that was typed; nil when one of them is not to be found.
    ///
    /// - Parameters:
    ///   - wanted: What was typed; words are parted by spaces.
    ///   - name: The name.
    ///   - words: What it does: looked at for beginnings of words only.
    package init?(_ wanted: String, in name: String, and words: String) {
        let name = Array(name.lowercased())
        let more = Array(words.lowercased())
        var tier = 0
        var distance = 0
        var letters: [Int] = []
        for word in wanted.lowercased().split(separator: " ").map(Array.init) {
            if name.starts(with: word) {
                letters += Array(0..<word.count)
            } else if let start = Self.wordStart(of: word, in: name) {
                tier = max(tier, 1)
                distance += start
                letters += Array(start..<start + word.count)
            } else if let start = Self.wordStart(of: word, in: more) {
                tier = max(tier, 2)
                distance += start
            } else if let places = Self.places(of: word, in: name) {
                tier = max(tier, 3)
                distance += (places.last ?? 0) - word.count + 1 + (places.first ?? 0)
                letters += places
            } else {
                return nil
            }
        }
        rank = Rank(tier: tier, distance: distance, length: name.count)
        self.letters = Array(Set(letters)).sorted()
    }

    /// Where a word of a text begins so.
    private static func wordStart(of wanted: [Character], in text: [Character]) -> Int? {
        text.indices.first { index in
            let isStart = index == 0 || !(text[index - 1].isLetter || text[index - 1].isNumber)
            return isStart && text[index...].starts(with: wanted)
        }
    }

    /// Where letters stand one after the other, each as early as it can.
    private static func places(of wanted: [Character], in text: [Character]) -> [Int]? {
        var places: [Int] = []
        var next = 0
        for letter in wanted {
            guard let place = text[next...].firstIndex(of: letter) else { return nil }
            places.append(place)
            next = place + 1
        }
        return places
    }
}
