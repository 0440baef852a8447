/// The title of the terminal's window: words that stand in our code, and numbers.
///
/// It is sent inside a control string, and those have been broken out of. So nothing that anybody
/// else wrote gets in, not even filtered: only literals and integers can be interpolated.
package struct Title: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// Printable ASCII, at most 120 bytes.
    package let ascii: [UInt8]

    package init(stringLiteral literal: StaticString) {
        self.init(text: literal.description)
    }

    package init(stringInterpolation interpolation: Interpolation) {
        self.init(text: interpolation.text)
    }

    private init(text: String) {
        ascii = text.utf8.filter { (0x20...0x7E).contains($0) }.prefix(120).map { $0 }
    }

    /// Takes literals and integers.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        /// Adds a number, filled up with zeros to so many digits.
        package mutating func appendInterpolation(_ number: Int, digits: Int = 1) {
            let written = String(number.magnitude)
            let zeros = min(max(digits - written.count, 0), 20)
            text += (number < 0 ? "-" : "") + String(repeating: "0", count: zeros) + written
        }
    }
}
