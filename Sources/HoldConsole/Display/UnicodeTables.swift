/// What the display filter knows of Unicode beyond the standard library.
///
/// Everything is pinned to Unicode 14.0: the version of the generated tables and of the C library
/// that ncurses asks for widths (glibc 2.36). What was assigned later counts as unassigned, however
/// new the Unicode data of the Swift runtime is, because a terminal may not know its width. The
/// wide table and ``width(_:)`` agree with that `wcwidth` for every character we draw.
enum UnicodeTables {
    /// The first Unicode version whose new characters we do not draw.
    static let firstUnknownMajor = 15

    /// Whether the ranges, laid out as first and last in ascending order, hold the value.
    static func holds(_ ranges: [UInt32], _ value: UInt32) -> Bool {
        entry(of: ranges, stride: 2, holding: value) != nil
    }

    /// The script of a letter or number beyond ASCII; nil for what many scripts share.
    static func script(of scalar: Unicode.Scalar) -> String? {
        guard let entry = entry(of: scripts, stride: 3, holding: scalar.value) else { return nil }
        let place = Int(scripts[entry + 2])
        return scriptNames.indices.contains(place) ? scriptNames[place] : nil
    }

    /// Whether this passes for ASCII: by compatibility normalisation or by its looks.
    static func looksLikeASCII(_ scalar: Unicode.Scalar) -> Bool {
        holds(asASCII, scalar.value) || holds(punctuation, scalar.value)
    }

    /// The cells of a character that is drawn on its own: one or two.
    ///
    /// Ambiguous characters count as one.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        scalar.value >= 0x1100 && holds(wide, scalar.value) ? 2 : 1
    }

    /// Finds the index of the range that holds the value, by halving.
    private static func entry(of table: [UInt32], stride: Int, holding value: UInt32) -> Int? {
        var low = 0
        var high = table.count / stride
        while low < high {
            let middle = (low + high) / 2
            let at = middle * stride
            if value < table[at] {
                high = middle
            } else if value > table[at + 1] {
                low = middle + 1
            } else {
                return at
            }
        }
        return nil
    }
}
