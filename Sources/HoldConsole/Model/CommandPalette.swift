/// The sheet that finds a command by a few of its letters.
package struct CommandPalette: Hashable, Sendable {
    /// Something that can be done.
    package struct Entry: Hashable, Sendable {
        /// What a command line calls it.
        package let name: String
        /// What it does, in few words.
        package let words: String
        /// The keys that do it where the palette was opened.
        package let keys: [Key]
        package let order: Order
        /// It opens a sheet, and nothing more.
        package let isOpener: Bool
    }

    /// An entry that fits what was typed.
    package struct Match: Hashable, Sendable {
        package let entry: Entry
        /// The letters of ``Entry/name`` that were found, by their place from 0.
        package let letters: [Int]
    }

    package internal(set) var field = TextField(bytesMax: 200)
    /// The match under the cursor, from 0.
    package internal(set) var cursor = 0
    /// Everything there is, in the order of the command table.
    package let entries: [Entry]

    init(entries: [Entry]) { self.entries = entries }

    mutating func move(_ command: Keymap.Command) {
        cursor = command.moved(cursor, page: 8, last: max(0, matches.count - 1))
    }

    /// What fits what stands in the field, the best first.
    package var matches: [Match] {
        let wanted = field.text
        let ranked = entries.enumerated().compactMap { index, entry in
            FuzzyMatch(wanted, in: entry.name, and: entry.words).map { (index, entry, $0) }
        }
        return ranked.sorted { ($0.2.rank, $0.0) < ($1.2.rank, $1.0) }
            .map { Match(entry: $0.1, letters: $0.2.letters) }
    }
}
