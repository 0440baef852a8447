import HoldConsole
import HoldCore
import Synchronization

/// The details of a few items that were read lately or will probably be looked at next.
///
/// A key that comes to one of them shows it at once. It is read anew all the same, and whatever the
/// queue or the journal tells of it meanwhile takes it off the shelf: nothing old stays.
final class DetailShelf: Sendable {
    /// Somebody reads an item now; what is heard of it meanwhile makes the answer worthless.
    struct Reading: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct State {
        /// The items at the ends: they stay however many others are read meanwhile.
        var ends: [ReadAhead: ItemReference] = [:]
        var details: [ItemReference: ItemDetail] = [:]
        /// The least lately used first.
        var order: [ItemReference] = []
        var readings: [Reading: ItemReference] = [:]
        var lastReading = 0

        mutating func remove(where isMeant: (ItemReference) -> Bool) {
            for item in order where isMeant(item) { details[item] = nil }
            order.removeAll(where: isMeant)
            readings = readings.filter { !isMeant($0.value) }
        }
    }

    /// How many are kept.
    private static let limit = 24
    /// Larger ones, in bytes of text, are read when they are wanted.
    private static let bytesMax = 32_768

    private let state = Mutex(State())

    /// Says which item stands at an end of the queue now.
    func keep(_ item: ItemReference, at end: ReadAhead) {
        state.withLock { $0.ends[end] = item }
    }

    /// The end of the queue that an item stands at, if it does.
    func end(at item: ItemReference) -> ReadAhead? {
        state.withLock { state in state.ends.first { $0.value == item }?.key }
    }

    /// What is known of an item.
    func detail(of item: ItemReference) -> ItemDetail? {
        state.withLock { state in
            guard let detail = state.details[item] else { return nil }
            state.order.removeAll { $0 == item }
            state.order.append(item)
            return detail
        }
    }

    /// Says that an item is going to be read; every reading ends with ``end(_:with:)``.
    func begin(_ item: ItemReference) -> Reading {
        state.withLock { state in
            state.lastReading += 1
            let reading = Reading(number: state.lastReading)
            state.readings[reading] = item
            return reading
        }
    }

    /// As ``begin(_:)``; nil when the item is there or is being read already.
    func beginIfMissing(_ item: ItemReference) -> Reading? {
        let isKnown = state.withLock { state in
            state.details[item] != nil || state.readings.values.contains(item)
        }
        return isKnown ? nil : begin(item)
    }

    /// Keeps what was read.
    func end(_ reading: Reading, with detail: ItemDetail?) {
        let isSmall = detail.map { $0.bytes <= Self.bytesMax } ?? false
        state.withLock { state in
            guard let item = state.readings.removeValue(forKey: reading), isSmall, let detail else {
                return
            }
            state.order.removeAll { $0 == item }
            state.order.append(item)
            state.details[item] = detail
            let surplus = state.order.filter { !state.ends.values.contains($0) }
                .dropLast(Self.limit)
            for item in surplus { state.details[item] = nil }
            if !surplus.isEmpty { state.order.removeAll { surplus.contains($0) } }
        }
    }

    /// Takes off what the queue knows otherwise now.
    func compare(_ window: QueueWindow) {
        state.withLock { state in
            guard !state.details.isEmpty else { return }
            var changed: Set<ItemReference> = []
            for item in window.items {
                if let detail = state.details[item.reference], detail.item != item {
                    changed.insert(item.reference)
                }
            }
            if !changed.isEmpty { state.remove { changed.contains($0) } }
        }
    }

    /// Takes off all of these workflows.
    func drop(_ workflows: Set<WorkflowKey>) {
        state.withLock { $0.remove { workflows.contains($0.workflow) } }
    }

    /// Takes everything off.
    func clear() { state.withLock { $0.remove { _ in true } } }
}

extension ItemDetail {
    /// How much text there is, roughly.
    fileprivate var bytes: Int {
        arguments.asciiText.utf8.count + context.reduce(0) { $0 + $1.body.asciiText.utf8.count }
            + 100 * history.count
    }
}
