import HoldCore

/// Tells stray typing from commands: "okay" and "day" hold an `a` and then a `y`.
struct BurstGuard: Hashable, Sendable {
    /// So many printable keys in a short time are no commands.
    static let keys = 4
    /// The short time.
    static let time = Span(milliseconds: 350)

    private var latest: [Moment] = []
    private var previous: Unicode.Scalar?

    /// Takes one printable key that was pressed outside a text field.
    ///
    /// A moving key held down repeats as fast as stray typing: its repetitions do not count.
    ///
    /// - Returns: Whether the keys come too fast to be meant.
    mutating func press(_ scalar: Unicode.Scalar, isMove: Bool, at now: Moment) -> Bool {
        defer { previous = scalar }
        if isMove, previous == scalar { return false }
        latest = latest.suffix(Self.keys - 1) + [now]
        guard latest.count == Self.keys, let first = latest.first else { return false }
        return now.since(first) <= Self.time
    }

    /// Forgets what was pressed.
    mutating func reset() {
        latest = []
        previous = nil
    }
}
