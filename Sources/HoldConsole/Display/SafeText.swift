/// Text that cannot harm a terminal or mislead its reader: the only text that reaches a screen.
///
/// It comes from the sanitiser, which turns whatever an agent, a file or the gate wrote into
/// drawable characters and ASCII marks, or from our own words, which are literals. There is no
/// other way to make one, also not inside this module: the parts are made by ``LineBuilder``,
/// which draws nothing that ``ScalarKind`` calls hidden.
///
/// Two texts are equal if they look the same: strings compare by canonical equivalence. Whether an
/// item changed is a matter of its digest, never of this.
package struct SafeText: Sendable, Hashable {
    /// How strictly a text is read.
    package enum Pane: Sendable, Hashable, CaseIterable {
        /// Commands, arguments, ids, paths: whatever could pass for something else is marked.
        case action
        /// Reasons and comments: simple emoji and other spaces are drawn.
        case prose
        /// A field of one line: a line feed and a tab are marked too.
        case line
    }

    /// The line of a text that has one alone, as most have: it needs no list.
    let onlyLine: SafeLine?
    /// The lines of a text that has more.
    private let many: [SafeLine]
    /// How many characters are not what they seem; more than none turns batch review off.
    package let hiddenCount: Int
    /// What was found, each ``Flag`` once, sorted.
    package let flags: [String]
    /// How many bytes at the end or in long lines are not shown; more than none turns approval off.
    package let truncated: Int

    fileprivate init(
        _ only: SafeLine?,
        many: [SafeLine] = [],
        hidden: Int = 0,
        flags: [String] = [],
        truncated: Int = 0
    ) {
        onlyLine = only
        self.many = many
        hiddenCount = hidden
        self.flags = flags
        self.truncated = truncated
    }

    /// The lines in order; there is always at least one.
    package var lines: [SafeLine] { onlyLine.map { [$0] } ?? many }

    /// Its ASCII, if that is all there is: one line without a mark, and nothing to report.
    fileprivate var plainASCII: String? {
        hiddenCount == 0 && truncated == 0 && flags.isEmpty ? onlyLine?.plainASCII : nil
    }

    /// The cells of the widest line.
    package var width: Int { onlyLine?.width ?? many.reduce(0) { max($0, $1.width) } }

    /// Whether there is nothing to draw.
    package var isEmpty: Bool { onlyLine?.width == 0 }
}

/// One line of safe text, as runs of text and of marks.
package struct SafeLine: Sendable, Hashable {
    /// A stretch of drawable text, or one mark.
    package struct Run: Sendable, Hashable {
        /// What to draw; a mark is printable ASCII.
        package let text: String
        /// Whether this stands for something that is not drawn as itself.
        package let isMark: Bool
        /// The terminal cells it fills.
        package let width: Int
        /// Whether each of its characters is a scalar of its own that fills one cell, as most are
        /// that are not ASCII: then nobody need look at them again.
        let isEven: Bool

        fileprivate init(text: String, isMark: Bool, width: Int, isEven: Bool = true) {
            self.text = text
            self.isMark = isMark
            self.width = width
            self.isEven = isEven
        }

        /// Whether each byte is one cell: no character beyond ASCII is as wide as it is long.
        var isASCII: Bool { text.utf8.count == width }
    }

    /// One character as a grid holds it.
    package struct Cell: Sendable, Hashable {
        /// A base and at most two characters that are drawn over it.
        package let cluster: String
        /// How many cells it fills: one or two.
        package let width: Int
        /// Whether it is part of a mark.
        package let isMark: Bool

        fileprivate init(cluster: String, width: Int, isMark: Bool) {
            self.cluster = cluster
            self.width = width
            self.isMark = isMark
        }
    }

    /// A line with nothing on it.
    package static let empty = SafeLine(runs: [], width: 0)

    /// The run of a line that has one alone, as most have: it needs no list.
    private let only: Run?
    /// The runs of a line that has none, or more.
    private let many: [Run]
    /// The terminal cells of the whole line.
    package let width: Int

    fileprivate init(runs: [Run], width: Int) {
        only = runs.count == 1 ? runs[0] : nil
        many = runs.count == 1 ? [] : runs
        self.width = width
    }

    fileprivate init(ascii text: String) {
        width = text.utf8.count
        only = width == 0 ? nil : Run(text: text, isMark: false, width: width)
        many = []
    }

    /// The runs from left to right; no two stretches of text touch.
    package var runs: [Run] { only.map { [$0] } ?? many }

    /// Calls back with each run, from left to right.
    func forEachRun(_ body: (Run) -> Void) {
        if let only { return body(only) }
        many.forEach(body)
    }

    /// Its ASCII, if that is all there is.
    fileprivate var plainASCII: String? {
        guard let only else { return many.isEmpty ? "" : nil }
        return only.isASCII && !only.isMark ? only.text : nil
    }

    /// So many spaces.
    static func blanks(_ count: Int) -> SafeLine {
        SafeLine(ascii: String(repeating: " ", count: max(0, count)))
    }

    /// The line with more spaces at its end; nil if it is more than ASCII.
    func addingBlanks(_ count: Int) -> SafeLine? {
        guard let text = plainASCII else { return nil }
        return text.isEmpty
            ? .blanks(count) : SafeLine(ascii: text + String(repeating: " ", count: count))
    }

    /// The first cells; nil if it is more than ASCII.
    func asciiPrefix(_ count: Int) -> SafeLine? {
        guard let text = plainASCII, count <= width else { return nil }
        return SafeLine(ascii: String(text.utf8.prefix(count)) ?? "")
    }

    /// The characters from left to right, for painting on a grid.
    package var cells: [Cell] {
        var cells: [Cell] = []
        cells.reserveCapacity(width)
        for run in runs { run.appendCells(to: &cells) }
        return cells
    }
}

extension SafeLine.Run {
    fileprivate func appendCells(to cells: inout [SafeLine.Cell]) {
        var cluster = ""
        var clusterWidth = 0
        for scalar in text.unicodeScalars {
            let width = ScalarKind.cells(of: scalar)
            if width > 0, clusterWidth > 0 {
                cells.append(.init(cluster: cluster, width: clusterWidth, isMark: isMark))
                cluster.removeAll()
            }
            cluster.unicodeScalars.append(scalar)
            clusterWidth = width > 0 ? width : clusterWidth
        }
        guard clusterWidth > 0 else { return }
        cells.append(.init(cluster: cluster, width: clusterWidth, isMark: isMark))
    }

    /// The characters one by one, each as a run of its own.
    var clusters: [Self] {
        var cells: [SafeLine.Cell] = []
        appendCells(to: &cells)
        return cells.map { Self(text: $0.cluster, isMark: isMark, width: $0.width, isEven: isEven) }
    }

    /// The bytes from one place to another; nil unless one byte is one cell.
    func slice(_ bytes: Range<Int>) -> Self? {
        guard isASCII, bytes.lowerBound >= 0, bytes.upperBound <= width else { return nil }
        let start = text.utf8.index(text.utf8.startIndex, offsetBy: bytes.lowerBound)
        let end = text.utf8.index(start, offsetBy: bytes.count)
        return .init(text: String(text[start..<end]), isMark: isMark, width: bytes.count)
    }
}

/// Builds one safe line after the other; the gate through which every character passes.
///
/// It decides by itself what is drawn, so a mistake of its callers shows as a mark.
struct LineBuilder {
    /// The cells of the line so far.
    private(set) var width = 0
    /// What was hidden, over all lines.
    private(set) var hidden = 0
    /// What was found, over all lines.
    private(set) var flags: Set<String> = []

    private var lines: [SafeLine] = []
    private var runs: [SafeLine.Run] = []
    private var text = ""
    private var textWidth = 0
    /// Whether each scalar of the text so far fills one cell.
    private var isEven = true
    /// How many characters are drawn over the last base; nil if there is no base.
    private var overBase: Int?
    private var syllableIsOpen = false
    private var excess = 0

    init() {}

    /// Draws one character, or its mark.
    mutating func draw(_ scalar: Unicode.Scalar) {
        switch ScalarKind(scalar) {
        case .base(let width):
            drawBase(scalar, width: width)
            syllableIsOpen = ScalarKind.opensSyllable(scalar)
        case .combining:
            drawOver(scalar)
            syllableIsOpen = false
        case .jamo:
            if syllableIsOpen { drawOver(scalar) } else { mark(.scalar(scalar), DisplayFlag.mark) }
        case .spacingMark(let width):
            if overBase == nil {
                mark(.scalar(scalar), DisplayFlag.mark)
            } else {
                drawBase(scalar, width: width)
            }
        case .space(let width):
            if scalar != " " { flags.insert(DisplayFlag.space) }
            drawSpaces(width)
        case .hidden(let flag):
            mark(.scalar(scalar), flag)
        }
    }

    /// Draws plain spaces.
    mutating func drawSpaces(_ count: Int) {
        flushExcess()
        for _ in 0..<max(0, count) { text.unicodeScalars.append(" ") }
        textWidth += max(0, count)
        width += max(0, count)
        overBase = nil
    }

    /// Draws printable ASCII at once; anything else among it as its mark.
    mutating func drawASCII(_ bytes: ArraySlice<UInt8>) {
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            for byte in bytes { draw(Unicode.Scalar(byte)) }
            return
        }
        guard let last = bytes.last else { return }
        flushExcess()
        text += String(decoding: bytes, as: UTF8.self)
        textWidth += bytes.count
        width += bytes.count
        overBase = last == 0x20 ? nil : 0
        syllableIsOpen = false
    }

    /// Adds a mark that hides something, under a flag.
    mutating func mark(_ mark: DisplayMark, _ flag: String) {
        note(mark, flag)
        hidden += mark.hides
    }

    /// Adds a mark that stands for something harmless.
    mutating func note(_ mark: DisplayMark, _ flag: String?) {
        flushExcess()
        append(mark)
        if let flag { flags.insert(flag) }
    }

    /// Remembers what was left out or is worth telling.
    mutating func report(_ flag: String) { flags.insert(flag) }

    /// Adds what is safe already.
    mutating func append(_ run: SafeLine.Run) {
        flushExcess()
        if run.isMark {
            flushText()
            runs.append(run)
        } else {
            text += run.text
            textWidth += run.width
            isEven = isEven && run.isEven
        }
        width += run.width
        overBase = nil
    }

    /// Adds a line that is safe already.
    mutating func append(_ line: SafeLine) {
        for run in line.runs { append(run) }
    }

    /// Takes over what another text reports.
    mutating func inherit(from text: SafeText) {
        hidden += text.hiddenCount
        flags.formUnion(text.flags)
    }

    /// Ends the line.
    mutating func endLine() {
        flushExcess()
        flushText()
        lines.append(SafeLine(runs: runs, width: width))
        runs.removeAll(keepingCapacity: true)
        width = 0
        overBase = nil
        syllableIsOpen = false
    }

    /// Ends the last line and returns all of them.
    mutating func finish(truncated: Int = 0) -> SafeText {
        endLine()
        let found = flags.isEmpty ? [] : flags.sorted()
        let only = lines.count == 1 ? lines[0] : nil
        let many = only == nil ? lines : []
        return SafeText(only, many: many, hidden: hidden, flags: found, truncated: truncated)
    }

    /// Makes a text of one line of printable ASCII without going through the characters again.
    static func wholeASCII(_ text: String) -> SafeText? {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
        return SafeText(SafeLine(ascii: text))
    }

    /// Puts texts of one line of ASCII one behind the other; nil if one of them is more than that.
    static func joinedASCII(_ texts: [SafeText]) -> SafeText? {
        var joined = ""
        for text in texts {
            guard let ascii = text.plainASCII else { return nil }
            joined += ascii
        }
        return SafeText(SafeLine(ascii: joined))
    }

    private mutating func drawBase(_ scalar: Unicode.Scalar, width cells: Int) {
        flushExcess()
        text.unicodeScalars.append(scalar)
        textWidth += cells
        width += cells
        isEven = isEven && cells == 1
        overBase = 0
        syllableIsOpen = false
    }

    private mutating func drawOver(_ scalar: Unicode.Scalar) {
        guard let count = overBase else {
            mark(.scalar(scalar), DisplayFlag.mark)
            return
        }
        guard count < 2 else {
            excess += 1
            return
        }
        text.unicodeScalars.append(scalar)
        isEven = false
        overBase = count + 1
    }

    private mutating func append(_ mark: DisplayMark) {
        flushText()
        let text = mark.text
        runs.append(.init(text: text, isMark: true, width: text.utf8.count))
        width += text.utf8.count
        overBase = nil
        syllableIsOpen = false
    }

    private mutating func flushText() {
        guard textWidth > 0 else { return }
        runs.append(.init(text: text, isMark: false, width: textWidth, isEven: isEven))
        text = ""
        textWidth = 0
        isEven = true
    }

    private mutating func flushExcess() {
        guard excess > 0 else { return }
        let mark = DisplayMark.excess(excess)
        excess = 0
        append(mark)
        hidden += mark.hides
        flags.insert(DisplayFlag.mark)
    }
}
