/// The part of the 256 colours that every terminal draws alike: the cube and the greys.
///
/// The first sixteen are left out on purpose: people set those to whatever they like.
package enum Palette {
    package static let indexes: ClosedRange<UInt8> = 16...255

    /// The colour of an index from 16; below that nobody can know, and it is nil.
    package static func color(at index: UInt8) -> RGB? {
        guard indexes.contains(index) else { return nil }
        return colors[Int(index - indexes.lowerBound)]
    }

    /// The indexes from the most to the least alike.
    package static func nearest(to color: RGB) -> [UInt8] {
        indexes.map { (index: $0, distance: distance(at: $0, to: color)) }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
            .map(\.index)
    }

    private static func distance(at index: UInt8, to color: RGB) -> Int {
        colors[Int(index - indexes.lowerBound)].distance(to: color)
    }

    private static let colors: [RGB] = {
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        var colors: [RGB] = []
        for red in steps {
            for green in steps {
                for blue in steps {
                    colors.append(RGB(red: red, green: green, blue: blue))
                }
            }
        }
        for grey in 0..<24 {
            let level = UInt8(8 + 10 * grey)
            colors.append(RGB(red: level, green: level, blue: level))
        }
        return colors
    }()
}
