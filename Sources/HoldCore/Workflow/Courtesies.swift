/// That somebody is on an item: a courtesy to colleagues, never a lock on deciding.
///
/// It ends at its end, and before that with a release, a decision, the next tier, or when its holder
/// snoozes the item or edits it.
public struct Claim: Sendable, Hashable, Codable {
    /// The account's name.
    public var by: String
    /// The account's number.
    public var uid: UInt32
    /// When it ends; nothing is recorded then.
    public var until: Instant

    /// How long a claim lasts when nothing else is asked for.
    public static let usualSpan = Span(minutes: 10)

    /// A claim of this account.
    public init(by: String, uid: UInt32, until: Instant) {
        self.by = by
        self.uid = uid
        self.until = until
    }

    /// Whether it still holds.
    public func stands(at now: Instant) -> Bool { now < until }
}

/// That an item is out of one reviewer's sight for a while.
///
/// It ends at its end, and before that with a decision, the next tier, an edit, or when that reviewer
/// claims the item.
public struct Snooze: Sendable, Hashable, Codable {
    /// The account's name.
    public var by: String
    /// The account's number.
    public var uid: UInt32
    /// When the item comes back: at least ``ItemRow/soon`` before its deadline.
    public var until: Instant

    /// A snooze of this account.
    public init(by: String, uid: UInt32, until: Instant) {
        self.by = by
        self.uid = uid
        self.until = until
    }

    /// Whether the item is still out of sight.
    public func stands(at now: Instant) -> Bool { now < until }
}

/// What somebody wrote for whoever looks next.
public struct Note: Sendable, Hashable, Codable {
    /// The account's name.
    public var by: String
    /// The account's number.
    public var uid: UInt32
    /// What it says, in the person's own words.
    public var text: String
    /// When it was written.
    public var at: Instant

    /// The most bytes of one note.
    public static let bytesMax = 4096
    /// The most notes on one item.
    public static let itemMax = 100
    /// How many notes of a shift are kept at hand; the journal has them all.
    public static let shiftMax = 50

    /// A note of this account.
    public init(by: String, uid: UInt32, text: String, at: Instant) {
        self.by = by
        self.uid = uid
        self.text = text
        self.at = at
    }

    /// What keeps a text from being a note; nil: nothing.
    public static func problem(with text: String) -> String? {
        guard text.contains(where: { !$0.isWhitespace }) else { return "says nothing" }
        let bytes = text.utf8.count
        return bytes > bytesMax ? "has \(bytes) bytes, more than \(bytesMax)" : nil
    }
}
