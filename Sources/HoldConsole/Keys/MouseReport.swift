/// A report of the mouse while it is read: what was done, the column, the row, as numbers.
struct MouseReport: Hashable, Sendable {
    private var numbers = [0]

    /// Takes a digit or the sign between two numbers.
    mutating func take(_ scalar: Unicode.Scalar) {
        guard scalar != ";" else {
            if numbers.count <= 3 { numbers.append(0) }
            return
        }
        let digit = Int(scalar.value) - 0x30
        let last = numbers.count - 1
        numbers[last] = min(numbers[last] * 10 + digit, Frame.longestSide + 1)
    }

    /// What the report of a press means; nil for what does nothing here: other buttons, moving.
    var pressed: Mouse? {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let place = Position(column: numbers[1] - 1, row: numbers[2] - 1)
        // Shift, Alt and Ctrl add 4, 8 and 16.
        switch numbers[0] & ~0x1C {
        case 0: return Mouse(.press, at: place)
        case 64: return Mouse(.wheelUp, at: place)
        case 65: return Mouse(.wheelDown, at: place)
        default: return nil
        }
    }
}
