/// Something that must never be: what and where.
struct Violation: Error, CustomStringConvertible {
    var sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    var description: String { sentence }
}

/// The run proves nothing: it did not come to what it is meant to show.
struct InvalidRun: Error, CustomStringConvertible {
    var sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    var description: String { sentence }
}
