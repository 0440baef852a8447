/// The text of a file, with places: lines end as YAML ends them.
struct SourceText {
    private(set) var scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The text as it stands.
    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// The place of the scalar with this index.
    func place(of index: Int) -> Place {
        var place = Place.start
        for position in scalars.indices.prefix(index) { advance(&place, over: position) }
        return place
    }

    /// The index of the scalar at this place; nil when the text has none there.
    func index(of wanted: Place) -> Int? {
        var place = Place.start
        for position in scalars.indices {
            if place == wanted { return position }
            advance(&place, over: position)
        }
        return nil
    }

    /// Puts another scalar in the place of one.
    mutating func replace(at index: Int, with scalar: Unicode.Scalar) -> Unicode.Scalar {
        let old = scalars[index]
        scalars[index] = scalar
        return old
    }

    /// The first scalar that YAML does not allow in a file.
    var firstUnprintable: Int? {
        scalars.firstIndex { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85: false
            case 0xFEFF: true
            case 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: false
            default: true
            }
        }
    }

    private func advance(_ place: inout Place, over position: Int) {
        switch scalars[position] {
        case "\r" where position + 1 < scalars.count && scalars[position + 1] == "\n":
            place.column += 1
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
            place.line += 1
            place.column = 1
        default: place.column += 1
        }
    }
}
