/// A coding key as it stands in a JSON text.
struct JSONWireKey: CodingKey, Hashable {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    /// The path of coding keys as people read it: `params.context.0.kind`.
    static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }

    /// Turns a property name into a field name: `maxFrameBytes` → `max_frame_bytes`.
    ///
    /// A run of capitals is one word: `requestID` → `request_id`.
    static func snakeCase(_ name: String) -> String {
        guard name.utf8.contains(where: isCapital) else { return name }
        var result: [UInt8] = []
        result.reserveCapacity(2 * name.utf8.count)
        var letters = name.utf8.makeIterator()
        var letter = letters.next()
        var isAfterCapital = false
        while let this = letter {
            letter = letters.next()
            let isCapital = isCapital(this)
            if isCapital, !result.isEmpty, !isAfterCapital || letter.map(isSmall) == true {
                result.append(UInt8(ascii: "_"))
            }
            result.append(isCapital ? this + 0x20 : this)
            isAfterCapital = isCapital
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Turns a field name into the property name that it most likely has.
    static func camelCase(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        var result: [UInt8] = []
        var startsWord = false
        for letter in name.utf8 {
            if letter == UInt8(ascii: "_") {
                startsWord = !result.isEmpty
            } else {
                result.append(startsWord && isSmall(letter) ? letter - 0x20 : letter)
                startsWord = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    }

    private static func isSmall(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
}

/// A type whose keys are data and not names: they pass through the coder untouched.
protocol JSONStringKeyed {}
extension Dictionary: JSONStringKeyed where Key == String {}
