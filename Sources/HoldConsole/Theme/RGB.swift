/// A colour of the sRGB space.
package struct RGB: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rrggbb`; anything else is nil.
    package init?(hex: String) {
        let digits = hex.utf8.dropFirst()
        guard hex.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let value = UInt32(hex.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: UInt8(truncatingIfNeeded: value >> 16),
            green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value)
        )
    }

    /// The colour as `0xRRGGBB`.
    package var value: UInt32 {
        UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }

    /// The relative luminance as WCAG 2 defines it, from 0 to 1.
    package var luminance: Double {
        0.2126 * Self.linear[Int(red)] + 0.7152 * Self.linear[Int(green)]
            + 0.0722 * Self.linear[Int(blue)]
    }

    /// The contrast ratio with another colour as WCAG 2 defines it, from 1 to 21.
    package func contrast(with other: RGB) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// How far apart two colours are: the squared distance of their channels.
    package func distance(to other: RGB) -> Int {
        func square(_ one: UInt8, _ two: UInt8) -> Int {
            (Int(one) - Int(two)) * (Int(one) - Int(two))
        }
        return square(red, other.red) + square(green, other.green) + square(blue, other.blue)
    }

    /// The light that each channel value stands for.
    private static let linear: [Double] = (0...255).map { channel in
        let share = Double(channel) / 255
        guard share > 0.04045 else { return share / 12.92 }
        let base = (share + 0.055) / 1.055
        return base * base * fifthRoot(of: base * base)
    }

    /// The fifth root of a number between 0 and 1, by Newton's method; x to the 2.4 needs it.
    private static func fifthRoot(of number: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 {
            let fourth = root * root * root * root
            root -= (fourth * root - number) / (5 * fourth)
        }
        return root
    }
}
