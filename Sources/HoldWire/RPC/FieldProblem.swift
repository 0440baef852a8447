internal import HoldCore

/// A field whose value makes no sense.
public struct FieldProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, by its path from the parameters on.
    public let field: String
    /// What is wrong with it, in plain words.
    public let reason: String

    /// Puts the parts together.
    public init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }

    /// One plain sentence: `risk: 1.7 is not within 0…1`.
    public var description: String { "\(field): \(reason)" }

    /// The same problem of a field inside another.
    func within(_ path: String) -> FieldProblem { FieldProblem("\(path).\(field)", reason) }
}

extension String {
    /// The most characters of an id.
    static let idCharactersMax = 200

    /// Refuses what is no id: 1–200 printable characters.
    func checkId(_ field: String) throws(FieldProblem) {
        guard !isEmpty else { throw FieldProblem(field, "is empty") }
        var count = 0
        for scalar in unicodeScalars {
            count += 1
            guard count <= Self.idCharactersMax else {
                throw FieldProblem(field, "is longer than \(Self.idCharactersMax) characters")
            }
            guard scalar.isPrintable else {
                let code = String(scalar.value, radix: 16, uppercase: true)
                throw FieldProblem(field, "contains U+\(code), which is not printable")
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        if value < 0x7F { return value >= 0x20 }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            return false
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
            .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
            return true
        @unknown default: return false
        }
    }
}

extension [String] {
    /// The most ids in one list.
    private static let idsMax = 1000

    /// Refuses a list with anything but ids in it, or with too many.
    func checkIds(_ field: String) throws(FieldProblem) {
        guard count <= Self.idsMax else {
            throw FieldProblem(field, "has \(count) entries, more than \(Self.idsMax)")
        }
        for (index, id) in enumerated() { try id.checkId("\(field).\(index)") }
    }
}

extension Double {
    /// Refuses what is not within 0…1.
    func checkShare(_ field: String) throws(FieldProblem) {
        guard self >= 0, self <= 1 else {
            throw FieldProblem(field, "\(JSONValue(double: self).asciiText) is not within 0…1")
        }
    }

    /// Refuses a negative length of time.
    func checkSeconds(_ field: String) throws(FieldProblem) {
        guard self >= 0 else {
            throw FieldProblem(field, "\(JSONValue(double: self).asciiText) is less than 0")
        }
    }
}

extension Int {
    /// Refuses what is not within 1…1000.
    func checkLimit(_ field: String) throws(FieldProblem) {
        guard (1...1000).contains(self) else {
            throw FieldProblem(field, "\(self) is not within 1…1000")
        }
    }

    /// Refuses a negative number.
    func checkOffset(_ field: String) throws(FieldProblem) {
        guard self >= 0 else { throw FieldProblem(field, "\(self) is less than 0") }
    }
}

extension JSONValue {
    /// Refuses what is no object.
    func checkObject(_ field: String) throws(FieldProblem) {
        guard case .object = self else { throw FieldProblem(field, "is not an object") }
    }
}

extension WireStepReference {
    func check(_ field: String) throws(FieldProblem) {
        try account?.checkId("\(field).account")
        try workflow.checkId("\(field).workflow")
        try step.checkId("\(field).step")
    }
}

extension [WireContextPart] {
    /// The most pieces that one item can show.
    private static let partsMax = 100

    /// Refuses pieces that cannot be shown as what they say they are, or too many of them.
    func checkParts(_ field: String) throws(FieldProblem) {
        guard count <= Self.partsMax else {
            throw FieldProblem(field, "has \(count) entries, more than \(Self.partsMax)")
        }
        for (index, part) in enumerated() {
            switch part.kind {
            case .text, .markdown, .diff, .log:
                guard part.body.text != nil else {
                    throw FieldProblem(
                        "\(field).\(index).body",
                        "is not a string, as \(part.kind.rawValue) is"
                    )
                }
            case .json, .table: break
            }
        }
    }
}
