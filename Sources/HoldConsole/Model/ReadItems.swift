package import HoldCore

/// What this person has read to the end, item by item, in this run of the console.
///
/// Rows and panes come and go; that an action was on the screen with all its lines stays true for as
/// long as its digest stands.
package struct ReadItems: Hashable, Sendable {
    /// One item as it was read.
    package struct Reading: Hashable, Sendable {
        package let digest: Digest
        /// How many characters of it are not what they seem.
        package let hidden: Int
        /// What would run, to tell equal ones from others.
        package let arguments: Digest
        /// Which fields there are, of which kinds: what the action is aimed at.
        package let shape: Digest

        package init(digest: Digest, hidden: Int, arguments: JSONValue) {
            self.digest = digest
            self.hidden = hidden
            self.arguments = Digest(of: arguments)
            shape = Digest(of: Array(arguments.shape.utf8))
        }
    }

    private var readings: [ItemReference: Reading] = [:]
    /// In the order in which they were read.
    private var order: [ItemReference] = []

    /// No more are remembered; the oldest go first, and then have to be read again.
    package static let most = 4_096

    package init() {}

    /// What was read of an item; nil when it was not, or is another by now.
    package func reading(of item: QueueItem) -> Reading? {
        readings[item.reference].flatMap { $0.digest == item.digest ? $0 : nil }
    }

    /// Notes that all of it was on the screen.
    mutating func note(_ detail: ItemDetail, hidden: Int) {
        let item = detail.item
        guard reading(of: item) == nil else { return }
        if readings[item.reference] == nil { order.append(item.reference) }
        readings[item.reference] = Reading(
            digest: item.digest,
            hidden: hidden,
            arguments: detail.arguments
        )
        if order.count > Self.most { readings[order.removeFirst()] = nil }
    }
}

extension JSONValue {
    /// The names and kinds of a value's parts without the values; equal for what is built alike.
    package var shape: String {
        switch self {
        case .null: "n"
        case .bool: "b"
        case .integer, .number: "1"
        case .string: "s"
        case .array(let elements):
            "[" + Set(elements.map(\.shape)).sorted().joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.keys.sorted().map { key in
                    "\(key.utf8.count):\(key)" + (members[key]?.shape ?? "")
                }
                .joined(separator: ",") + "}"
        }
    }
}
