import HoldCore

/// JSON as a tree whose branches fold; brackets are left out, indentation says what is in what.
///
/// Every text of the value stands in quotes, so what has none is said by us.
struct JSONTree {
    private(set) var lines: [ReadingLine] = []
    /// How many characters of what is shown are not what they seem.
    private(set) var hidden = 0
    /// Whether the limits leave something out.
    private(set) var isCut = false

    private let part: Int
    /// What was folded or unfolded by hand.
    private let turned: Set<FoldID>
    /// The most spaces before a line.
    private let indentMax: Int
    /// Whether all branches are open to begin with.
    private let isSmall: Bool
    private var bytesLeft = DisplayLimits.field.bytesMax

    /// A tree of no more values is open as a whole to begin with.
    private static let smallMax = 60
    /// Deeper branches are never opened: no JSON of the wire has them.
    private static let depthMax = 64

    /// Lays a value out.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - part: Which of an item's texts it is, for ``FoldID``.
    ///   - turned: What was folded or unfolded by hand.
    ///   - width: The cells that a line has.
    init(_ value: JSONValue, part: Int, turned: Set<FoldID>, width: Int) {
        self.part = part
        self.turned = turned
        indentMax = min(max(width / 2, 0), 48)
        isSmall = Self.count(value, upTo: Self.smallMax + 1) <= Self.smallMax
        // Without a line for the whole: the lines are what is in it.
        if !addChildren(of: value, path: []) { add(value, label: StyledLine(), path: []) }
        if isCut { lines.append(.note("more is not shown here: o opens all of it")) }
    }

    /// How many values there are, not counted further than to a limit.
    private static func count(_ value: JSONValue, upTo limit: Int) -> Int {
        var open = [value]
        var count = 0
        while let next = open.popLast(), count < limit {
            count += 1
            switch next {
            case .array(let elements): open += elements.prefix(limit)
            case .object(let members): open += members.values.prefix(limit)
            case .null, .bool, .integer, .number, .string: break
            }
        }
        return count
    }

    /// Adds what is in an array or object; whether there was anything.
    private mutating func addChildren(of value: JSONValue, path: [Int]) -> Bool {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() where hasRoom() {
                add(element, label: StyledLine("- ", Ink.agent.muted), path: path + [index])
            }
        case .object(let members) where !members.isEmpty:
            let sorted = members.sorted { $0.key < $1.key }
            for (index, member) in sorted.enumerated() where hasRoom() {
                let key = SafeText(untrusted: JSONLines.quoted(member.key[...]), pane: .action)
                hidden += key.hiddenCount
                var label = StyledLine(key, Ink.agent(.title))
                label.add(": ", Ink.agent.muted)
                add(member.value, label: label, path: path + [index])
            }
        default: return false
        }
        return true
    }

    /// Whether the limits allow one more line.
    private mutating func hasRoom() -> Bool {
        if lines.count < DisplayLimits.field.linesMax, bytesLeft > 0 { return true }
        isCut = true
        return false
    }

    private mutating func add(_ value: JSONValue, label: StyledLine, path: [Int]) {
        var line = StyledLine()
        let indent = min(max(path.count - 1, 0) * 2, indentMax)
        line.pad(to: indent, .untrusted)
        line.add(label)
        bytesLeft -= label.width
        switch value {
        case .array(let elements) where !elements.isEmpty:
            line.add("[\(elements.count)]", Ink.agent.muted)
            addBranch(value, line, path)
        case .object(let members) where !members.isEmpty:
            line.add("{\(members.count)}", Ink.agent.muted)
            addBranch(value, line, path)
        case .string(let text): addString(text, line, indent: indent)
        case .array: addLeaf("[]", Ink.agent.muted, line)
        case .object: addLeaf("{}", Ink.agent.muted, line)
        case .null: addLeaf("null", Ink.agent.muted, line)
        case .bool(let flag): addLeaf(flag ? "true" : "false", Ink.agent(.info), line)
        case .integer, .number:
            addLeaf(SafeText(ascii: value.canonicalText), Ink.agent(.info), line)
        }
    }

    private mutating func addBranch(_ value: JSONValue, _ words: StyledLine, _ path: [Int]) {
        let id = FoldID(part: part, path: path)
        let isOpen = (isSmall || path.count < 2) != turned.contains(id)
        let mayOpen = path.count < Self.depthMax
        var line = ReadingLine(words, indent: words.width)
        line.fold = Fold(id: id, isOpen: isOpen && mayOpen)
        lines.append(line)
        guard isOpen, mayOpen else { return }
        _ = addChildren(of: value, path: path)
    }

    private mutating func addLeaf(_ words: SafeText, _ style: Style, _ line: StyledLine) {
        var line = line
        line.add(words, style)
        bytesLeft -= words.width
        lines.append(ReadingLine(line, indent: 4))
    }

    /// A text of several lines stands in pieces below each other, each in quotes of its own.
    private mutating func addString(_ text: String, _ line: StyledLine, indent: Int) {
        var line = line
        let start = line.width
        for piece in JSONLines.pieces(of: text) {
            guard hasRoom() else { return }
            let safe = SafeText(untrusted: JSONLines.quoted(piece), pane: .action)
            hidden += safe.hiddenCount
            if safe.truncated > 0 { isCut = true }
            bytesLeft -= piece.utf8.count
            line.add(safe, .untrusted)
            lines.append(ReadingLine(line, indent: min(start, indent + 8) + 1))
            line = StyledLine()
            line.pad(to: min(start, max(indentMax, indent)), .untrusted)
        }
    }
}
