/// Why an item is probably looked at next.
package enum ReadAhead: Hashable, Sendable {
    /// The last key, pressed once more, leads to it.
    case step
    /// It stands at an end of the queue, where one key leads from anywhere.
    case first, last
}
