/// What the display filter does with one character, before it looks at the neighbours.
enum ScalarKind: Hashable {
    /// Drawn in a cell or two of its own.
    case base(width: Int)
    /// Drawn on the base before it, in no cell of its own.
    case combining
    /// A combining character that fills a cell: drawn after a base only.
    case spacingMark(width: Int)
    /// A vowel or final consonant that closes the Hangul syllable before it, in no cell of its own.
    case jamo
    /// A space beyond ASCII: drawn as so many plain spaces, or marked.
    case space(width: Int)
    /// Never drawn: shown as a mark, under this flag.
    case hidden(flag: String)

    /// Sorts one character.
    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20: self = .space(width: 1)
        case 0x21...0x7E: self = .base(width: 1)
        case 0x00...0x1F, 0x7F...0x9F: self = .hidden(flag: DisplayFlag.control)
        case 0xA1...0xFF where scalar.value != 0xAD: self = .base(width: 1)
        default: self = .init(beyondLatin: scalar)
        }
    }

    private init(beyondLatin scalar: Unicode.Scalar) {
        if let flag = Self.flagByBlock(scalar.value) {
            self = .hidden(flag: flag)
            return
        }
        let properties = scalar.properties
        guard let age = properties.age, age.major < UnicodeTables.firstUnknownMajor else {
            self = .hidden(flag: DisplayFlag.unassigned)
            return
        }
        if properties.isVariationSelector {
            self = .hidden(flag: DisplayFlag.variation)
            return
        }
        switch properties.generalCategory {
        case .control:
            self = .hidden(flag: DisplayFlag.control)
        case .unassigned, .privateUse, .surrogate:
            self = .hidden(flag: DisplayFlag.unassigned)
        case .lineSeparator, .paragraphSeparator:
            self = .hidden(flag: DisplayFlag.lineSeparator)
        case _ where properties.isDefaultIgnorableCodePoint, .format:
            self = .hidden(flag: DisplayFlag.invisible)
        case .spaceSeparator:
            self = .space(width: UnicodeTables.width(scalar))
        case .nonspacingMark, .enclosingMark:
            self = .combining
        case .spacingMark:
            self = .spacingMark(width: UnicodeTables.width(scalar))
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation,
            .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            self =
                Self.isTrailingJamo(scalar.value)
                ? .jamo : .base(width: UnicodeTables.width(scalar))
        @unknown default:
            self = .hidden(flag: DisplayFlag.unassigned)
        }
    }

    /// The flag of the characters that we know by their place alone.
    private static func flagByBlock(_ value: UInt32) -> String? {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: DisplayFlag.bidi
        case 0xE0000...0xE007F: DisplayFlag.tag
        case 0x1F1E6...0x1F1FF: DisplayFlag.regional
        // A skin tone joins what stands before it on some terminals and not on others.
        case 0x1F3FB...0x1F3FF: DisplayFlag.variation
        // Assigned, a symbol or letter by category, and yet nothing to be seen.
        case 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x1D159: DisplayFlag.invisible
        // Drawn over its base in one Unicode version, beside it in another.
        case 0x1171E: DisplayFlag.mark
        default: nil
        }
    }

    /// Whether this is a Hangul vowel or final consonant, which terminals draw over the one before.
    private static func isTrailingJamo(_ value: UInt32) -> Bool {
        (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
    }

    /// Whether a vowel or final consonant may follow: it is a leading consonant.
    static func opensSyllable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115E, 0xA960...0xA97C: true
        default: false
        }
    }

    /// Whether two of these make a flag.
    static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    /// Whether a terminal may draw this as an emoji; ASCII digits do not count.
    static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x7F && scalar.properties.isEmoji
    }
}

/// The words under which the display filter reports what it found.
package enum DisplayFlag {
    /// A control character.
    package static let control = "control"
    /// A carriage return before a line feed.
    package static let carriageReturn = "cr"
    /// A control of writing direction.
    package static let bidi = "bidi"
    /// A character that shows nothing.
    package static let invisible = "invisible"
    /// A tag character.
    package static let tag = "tag"
    /// A variation selector or a skin tone.
    package static let variation = "variation"
    /// A regional indicator, alone or as a flag.
    package static let regional = "flag"
    /// A combining mark without a base, or too many on one.
    package static let mark = "mark"
    /// A space beyond ASCII.
    package static let space = "space"
    /// A line or paragraph separator.
    package static let lineSeparator = "linesep"
    /// A letter or digit of another script inside an ASCII word.
    package static let mixedScript = "mixed-script"
    /// A character that passes for an ASCII one.
    package static let lookalike = "lookalike"
    /// A long run of spaces or of blank lines.
    package static let padding = "padding"
    /// A byte that is not UTF-8.
    package static let badUTF8 = "bad-utf8"
    /// A character that is not assigned, private or none at all.
    package static let unassigned = "unassigned"

    /// A word all of another script, shown as it is.
    package static func script(_ name: String) -> String { "script:" + name }
}

extension ScalarKind {
    /// The cells of a character that passed the filter; none if it is drawn over its base.
    static func cells(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch ScalarKind(scalar) {
        case .base(let width), .spacingMark(let width), .space(let width): return width
        case .combining, .jamo, .hidden: return 0
        }
    }
}
