/// A large value that seldom changes, handed around as one reference.
///
/// A console copies its lists with each frame and compares them with the last one: what is the same
/// object is the same value, and need not be looked at.
struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    init(_ value: Value) { box = Box(value) }

    var value: Value {
        _read { yield box.value }
        set { box = Box(newValue) }
    }

    /// Whether both are one object.
    func isSame(as other: Self) -> Bool { box === other.box }

    static func == (left: Self, right: Self) -> Bool {
        left.box === right.box || left.box.value == right.box.value
    }

    func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}
