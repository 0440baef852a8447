package import HoldCore

/// The items that are marked, to say something about all of them at once.
///
/// A mark belongs to an item as it was when it was marked: rows may come and go and be sorted anew,
/// but a mark never passes to something else.
package struct Marks: Hashable, Sendable {
    /// The digests of the marked items, as they were marked.
    package private(set) var digests: [ItemReference: Digest] = [:]
    /// Where a range began that is not marked yet.
    package internal(set) var rangeStart: ItemReference?

    /// No more can be marked at a time.
    package static let most = 200

    package var count: Int { digests.count }
    package var isEmpty: Bool { digests.isEmpty }

    package func contains(_ item: ItemReference) -> Bool { digests[item] != nil }

    /// Marks an item as it stands; whether there was room.
    mutating func add(_ item: QueueItem) -> Bool {
        guard contains(item.reference) || count < Self.most else { return false }
        digests[item.reference] = item.digest
        return true
    }

    mutating func remove(_ item: ItemReference) { digests[item] = nil }

    mutating func removeAll() {
        digests = [:]
        rangeStart = nil
    }
}
