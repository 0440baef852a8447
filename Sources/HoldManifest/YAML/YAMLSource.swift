import Yams

/// Reads the bytes of a YAML file into values with their places.
///
/// Yams stops at the first key that stands twice, and names the first of the two. So that every such
/// key is found, and the second named, the first is renamed in a copy of the text, and reading begun
/// again.
struct YAMLSource {
    /// A reason why the file cannot be read, with its place.
    struct Fault {
        var place: Place
        var message: String
    }

    /// The most values of a file, aliases unfolded.
    static let valuesMax = 100_000
    /// The deepest nesting.
    static let depthMax = 64
    /// The most keys standing twice that are told apart.
    private static let renamesMax = 50

    private(set) var faults: [Fault] = []
    private var renamed: [Place: Renamed] = [:]
    private var unexplained: Set<Place> = []
    private var values = 0
    /// Where the text ends: no fault is behind it.
    private var end = Place.start

    private struct Renamed {
        var now: Unicode.Scalar
        var was: Unicode.Scalar
    }

    /// Reads a file; nil when it is no YAML, in which case a fault says why.
    ///
    /// A value may come with faults: then it is only good for finding more of them.
    mutating func read(_ bytes: [UInt8]) -> YAMLValue? {
        guard var text = text(of: bytes) else { return nil }
        while true {
            do {
                guard let node = try Yams.compose(yaml: text.text, .basic, .default, .utf8) else {
                    fail("the file is empty; a manifest lists its actions under ‘actions’")
                    return nil
                }
                let value = convert(node, depth: 0)
                reportUnexplained()
                return value
            } catch {
                if case YamlError.duplicatedKeysInMapping(_, let context) = error,
                    rename(Place(context.mark), in: &text)
                {
                    continue
                }
                report(error)
                reportUnexplained()
                return nil
            }
        }
    }

    private mutating func fail(_ message: String, at place: Place = .start) {
        // The parser places what is missing at the end of the file on a line that is not there.
        let isBehind = (place.line, place.column) > (end.line, end.column)
        faults.append(Fault(place: isBehind ? end : place, message: message))
    }

    /// The file's text, if it is one that the YAML parser can be given.
    private mutating func text(of bytes: [UInt8]) -> SourceText? {
        guard bytes.count <= ManifestLoader.bytesMax else {
            fail("the file is larger than \(ManifestLoader.bytesMax) bytes")
            return nil
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
        let text = SourceText(String(decoding: content, as: UTF8.self))
        end = text.place(of: text.scalars.count)
        guard String(validating: content, as: UTF8.self) != nil else {
            let place = text.scalars.firstIndex(of: "\u{FFFD}").map { text.place(of: $0) }
            fail("the file is not UTF-8", at: place ?? .start)
            return nil
        }
        if let index = text.firstUnprintable {
            let code = String(text.scalars[index].value, radix: 16, uppercase: true)
            fail("the character U+\(code) may not stand in YAML", at: text.place(of: index))
            return nil
        }
        if let index = AliasBound.firstBeyond(in: text.scalars) {
            fail("with this alias the file unfolds to too much", at: text.place(of: index))
            return nil
        }
        return text
    }

    // MARK: Keys that stand twice

    /// Renames the key at a place, so that it no longer stands twice.
    ///
    /// False when that is not possible.
    private mutating func rename(_ place: Place, in text: inout SourceText) -> Bool {
        guard renamed.count < Self.renamesMax, renamed[place] == nil,
            var index = text.index(of: place),
            let now = Unicode.Scalar(0xE000 + UInt32(renamed.count))
        else { return false }
        if ["\"", "'"].contains(text.scalars[index]), index + 1 < text.scalars.count { index += 1 }
        let was = text.replace(at: index, with: now)
        renamed[place] = Renamed(now: now, was: was)
        unexplained.insert(place)
        return true
    }

    private func originalName(_ name: String, at place: Place) -> String {
        guard let renamed = renamed[place] else { return name }
        let scalars = name.unicodeScalars.map { $0 == renamed.now ? renamed.was : $0 }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Tells of keys that Yams found to stand twice, and that no second one was found for.
    private mutating func reportUnexplained() {
        for place in unexplained { fail("this key stands twice in its mapping", at: place) }
        unexplained = []
    }

    // MARK: Values

    private mutating func convert(_ node: Node, depth: Int) -> YAMLValue? {
        let place = node.mark.map { Place($0) } ?? .start
        values += 1
        guard values <= Self.valuesMax else {
            if values == Self.valuesMax + 1 {
                fail("the file has more than \(Self.valuesMax) values, aliases unfolded", at: place)
            }
            return nil
        }
        guard depth < Self.depthMax else {
            fail("values are nested more than \(Self.depthMax) deep", at: place)
            return nil
        }
        switch node {
        case .scalar(let scalar): return convert(scalar, at: place)
        case .sequence(let sequence):
            checkTag(sequence.tag, at: place, known: [.seq])
            var list: [YAMLValue] = []
            for element in sequence {
                guard let value = convert(element, depth: depth + 1) else { return nil }
                list.append(value)
            }
            return YAMLValue(place: place, content: .list(list))
        case .mapping(let mapping):
            checkTag(mapping.tag, at: place, known: [.map])
            return convert(mapping, at: place, depth: depth)
        case .alias:
            fail("this alias names nothing", at: place)
            return nil
        }
    }

    private mutating func convert(_ scalar: Node.Scalar, at place: Place) -> YAMLValue {
        checkTag(scalar.tag, at: place, known: [.str])
        let isPlain = scalar.style == .plain && scalar.tag.rawValue != Tag.Name.str.rawValue
        return YAMLValue(
            place: place,
            content: .scalar(YAMLScalar(text: scalar.string, isPlain: isPlain))
        )
    }

    private mutating func convert(
        _ mapping: Node.Mapping,
        at place: Place,
        depth: Int
    ) -> YAMLValue? {
        var entries: [YAMLEntry] = []
        var first: [String: Place] = [:]
        for (key, node) in mapping {
            let keyPlace = key.mark.map { Place($0) } ?? place
            guard case .scalar(let scalar) = key else {
                fail("a key must be a text", at: keyPlace)
                return nil
            }
            let name = originalName(scalar.string, at: keyPlace)
            guard let value = convert(node, depth: depth + 1) else { return nil }
            if let earlier = first[name] {
                fail(
                    "the key ‘\(name.forPeople)’ stands twice; "
                        + "the first is in line \(earlier.line)",
                    at: keyPlace
                )
                unexplained.subtract([earlier, keyPlace])
            } else {
                first[name] = keyPlace
                entries.append(YAMLEntry(key: name, place: keyPlace, value: value))
            }
        }
        return YAMLValue(place: place, content: .mapping(entries))
    }

    private mutating func checkTag(_ tag: Tag, at place: Place, known: [Tag.Name]) {
        let names = [Tag.Name.implicit, .nonSpecific] + known
        guard !names.contains(where: { $0.rawValue == tag.rawValue }) else { return }
        fail("the tag ‘\(tag.rawValue.forPeople)’ is not known; write the value without", at: place)
    }

    // MARK: Errors of the parser

    private mutating func report(_ error: any Error) {
        guard let error = error as? YamlError else {
            fail("the file cannot be read as YAML: \(error)")
            return
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _):
            var message = "no valid YAML: \(problem)"
            if let context {
                message += " \(context.text)"
                if context.mark.line != mark.line {
                    message += " begun in line \(context.mark.line)"
                }
            }
            fail(message, at: Place(mark))
        case .composer(let context, let problem, let mark, _):
            fail(
                "no valid YAML: "
                    + [context?.text, problem].compactMap { $0 }.joined(separator: ", "),
                at: Place(mark)
            )
        case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
            .representer(let problem):
            fail("no valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.map { "‘\($0.forPeople)’" }.joined(separator: ", ")
            fail("the keys \(list) stand twice in their mapping", at: Place(context.mark))
        case .no, .memory, .dataCouldNotBeDecoded: fail("the file cannot be read as YAML")
        }
    }
}

extension Place {
    /// The place of a mark.
    fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
