package import HoldCore

/// A line that is being typed at the bottom of the screen.
package struct Prompt: Hashable, Sendable {
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// After `:`.
        case command
        /// After `/`.
        case filter
        /// After `/` in a pane with text.
        case search
        /// After `/` on a screen of its own, such as the history.
        case view
    }

    package let kind: Kind
    package internal(set) var field = TextField(bytesMax: 512)
    /// What is wrong with what stands there, in a sentence.
    package internal(set) var problem: String?
    /// What the word before the cursor can become; nil when there is nothing to offer.
    package internal(set) var completion: Completion?
    /// The place in the history that is shown, 0 the newest; nil: what was typed.
    var place: Int?
    /// What was typed before the history was looked through.
    var typed = ""
    /// What Esc goes back to while a filter is typed.
    var before: QueueView?

    init(kind: Kind, text: String = "") {
        self.kind = kind
        field.insert(text)
    }
}

/// Which part of the queue is looked at, to come back to.
package struct QueueView: Hashable, Sendable {
    package var filter: String?
    package var offset: Int
    package var selection: ItemReference?
}

/// What the word before the cursor can become.
package struct Completion: Hashable, Sendable {
    /// One word to put there.
    package struct Candidate: Hashable, Sendable {
        package let text: String
        /// What it is, in few words; may quote others' words.
        package let words: String
        /// What follows it when it is the only one: a space before a further word.
        package let tail: String

        package init(_ text: String, _ words: String = "", tail: String = "") {
            self.text = text
            self.words = words
            self.tail = tail
        }
    }

    /// What stands before the word.
    package let start: String
    /// The word as it was typed.
    package let word: String
    /// In their order; never empty, and no more than ``most``.
    package let candidates: [Candidate]
    /// The one that stands in the line now.
    package internal(set) var index: Int?

    /// No more are offered.
    package static let most = 200

    /// The candidates that begin as the word does, in their order; nil when there is none.
    package init?(start: String, word: String, of candidates: [Candidate]) {
        let wanted = word.lowercased()
        let fitting = candidates.filter { $0.text.lowercased().hasPrefix(wanted) }
        guard !fitting.isEmpty else { return nil }
        self.start = start
        self.word = word
        self.candidates = Array(fitting.prefix(Self.most))
    }

    /// The longest beginning that all candidates share, in the letters of the first.
    package var sharedBeginning: String {
        guard let first = candidates.first?.text else { return word }
        var length = first.count
        for other in candidates.dropFirst() {
            let same = zip(first, other.text).prefix { $0.lowercased() == $1.lowercased() }
            length = min(length, same.count)
        }
        return String(first.prefix(length))
    }
}
