/// Which letters and digits of an action stand in a word that is not of their kind.
///
/// A word goes on until a space or a mark of punctuation, the four `.` `_` `-` `@` aside: they hold
/// names, hosts and addresses together. What is hidden does not end a word either.
struct ForeignWords {
    /// The scripts of the words that are all foreign, and therefore drawn.
    private(set) var scripts: Set<String> = []
    private var marked: Set<Int> = []

    /// Finds nothing: for panes that are not strict.
    init() {}

    /// Reads one line.
    init(in units: [StrictUTF8.Unit]) {
        var word = Word()
        for (index, unit) in units.enumerated() where !word.takes(unit, at: index) {
            close(&word)
        }
        close(&word)
    }

    /// Whether the character at this place is to be marked.
    func marks(_ index: Int) -> Bool { marked.contains(index) }

    private mutating func close(_ word: inout Word) {
        defer { word = Word() }
        if word.hasASCIILetter { marked.formUnion(word.letters.map(\.index)) }
        if word.hasASCIILetter || word.hasASCIIDigit { marked.formUnion(word.digits.map(\.index)) }
        for letter in word.letters + word.digits where !marked.contains(letter.index) {
            guard !UnicodeTables.looksLikeASCII(letter.scalar) else { continue }
            if let script = UnicodeTables.script(of: letter.scalar) { scripts.insert(script) }
        }
    }

    private struct Place {
        let index: Int
        let scalar: Unicode.Scalar
    }

    private struct Word {
        var hasASCIILetter = false
        var hasASCIIDigit = false
        var letters: [Place] = []
        var digits: [Place] = []

        /// Adds a unit; false if the word ends before it.
        mutating func takes(_ unit: StrictUTF8.Unit, at index: Int) -> Bool {
            guard case .scalar(let scalar) = unit else { return true }
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A:
                hasASCIILetter = true
                return true
            case 0x30...0x39:
                hasASCIIDigit = true
                return true
            case 0x2D, 0x2E, 0x40, 0x5F:
                return true
            case 0x20...0x7E, 0x09:
                return false
            default:
                return takes(foreign: Place(index: index, scalar: scalar))
            }
        }

        private mutating func takes(foreign place: Place) -> Bool {
            if case .hidden = ScalarKind(place.scalar) { return true }
            switch place.scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter:
                letters.append(place)
                return true
            case .decimalNumber, .letterNumber, .otherNumber:
                digits.append(place)
                return true
            case .nonspacingMark, .spacingMark, .enclosingMark, .control, .format, .surrogate,
                .privateUse, .unassigned:
                return true
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation,
                .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
                .modifierSymbol, .otherSymbol:
                // A look-alike of `.` or `-` holds a word together as the real one does.
                return UnicodeTables.looksLikeASCII(place.scalar)
            @unknown default:
                return true
            }
        }
    }
}
