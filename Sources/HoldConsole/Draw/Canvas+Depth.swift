import HoldCore

extension Canvas {
    /// Draws the async depth of the workflows, the most pressing first.
    mutating func drawDepth() {
        let width = layout[.depth].columns
        let isShort = layout.shape == .stacked && !model.isZoomed
        var chrome = chrome(
            .depth,
            "Async depth",
            isShort ? Self.meaning : width >= 70 ? "per workflow" : "used/limit"
        )
        // Each word once: telling it takes longer than comparing.
        let lines = model.workflows.map { (line: $0, rank: ($0.word, -$0.load)) }
            .sorted { $0.rank < $1.rank }.map(\.line)
        chrome.foot = StyledLine(isShort ? depthSummary(lines) : Self.meaning, Ink.panel.muted)
        let inside = open(.depth, chrome)
        let rect = textRect(inside: inside)
        guard !lines.isEmpty else {
            draw(StyledLine("No workflow is under way.", Ink.panel.muted), in: rect.line(0))
            return
        }
        if isShort {
            drawShort(lines, in: rect)
            return
        }
        let table = DepthTable(width: rect.columns, isTight: false)
        let canvas = self
        draw(lines.lazy.map { PaneRow(table.line($0, canvas)) }, of: .depth, in: rect)
    }

    /// What the numbers count, in one line.
    private static let meaning: SafeText = "steps undone if all pending were rejected"

    private func depthSummary(_ lines: [WorkflowLine]) -> SafeText {
        let parts: [(DepthWord, SafeText)] = [
            (.stuck, "stuck"), (.unwinding, "unwinding"), (.halted, "halted"),
            (.atLimit, "at limit"),
        ]
        let said = parts.compactMap { word, words -> SafeText? in
            let count = lines.count { $0.word == word }
            return count == 0 ? nil : "\(count) \(words)"
        }
        let all: SafeText = .count(lines.count, "workflow")
        return said.isEmpty ? all : "\(all): \(said.joined(separator: ", "))"
    }

    /// The most pressing ones in two columns.
    private mutating func drawShort(_ lines: [WorkflowLine], in rect: Rect) {
        let halves = rect.split(columns: rect.columns / 2)
        let columns = [halves.left.split(columns: halves.left.columns - 1).left, halves.rest]
        report.panes[.depth] = PaneExtent(lines: rect.rows, visible: rect.rows)
        for (index, line) in lines.prefix(rect.rows * 2).enumerated() {
            let column = columns[index % 2]
            let table = DepthTable(width: column.columns, isTight: true)
            draw(table.line(line, self), in: column.line(index / 2))
        }
    }
}

extension Model {
    /// Whether one pane has the screen to itself.
    var isZoomed: Bool { zoomed != nil }
}

extension WorkflowLine {
    /// The used share of the limit in thousandths.
    var load: Int {
        guard depth.limit > 0 else { return 0 }
        return Int(min(max(Double(depth.current) / Double(depth.limit), 0), 9) * 1_000)
    }
}

extension DepthWord {
    /// How the word looks.
    var style: Style {
        let ink = Ink.panel
        return switch self {
        case .stuck: .errorBar
        case .unwinding, .halted: ink(.warn, .bold)
        case .atLimit: ink(.danger, .bold)
        case .high: ink(.warn)
        case .busy, .running, .waiting: ink.text
        case .idle, .finished: ink.muted
        }
    }

    /// The role of the used part of its meter.
    var meter: Role {
        switch self {
        case .stuck, .atLimit: .danger
        case .unwinding, .halted, .high: .warn
        case .busy: .pending
        case .running, .waiting, .idle, .finished: .ok
        }
    }
}

/// Where the columns of the depth pane stand.
private struct DepthTable {
    private let width: Int
    private let name: Int
    private let meter: Int
    /// Where the word begins; right behind the numbers where there is little room.
    private let word: Int
    private let isWide: Bool

    init(width: Int, isTight: Bool) {
        self.width = width
        isWide = width >= 60
        name = isTight ? 11 : width >= 100 ? 24 : 12
        meter = width >= 100 ? 20 : 8
        word = isTight ? 0 : name + meter + 10
    }

    func line(_ workflow: WorkflowLine, _ canvas: Canvas) -> StyledLine {
        let ink = Ink.panel
        let word = workflow.word
        var line = StyledLine()
        let agent = Words.name(workflow.agent).line
        line.add(agent.prefix(cells: name, ellipsis: canvas.ellipsis), ink.text)
        line.pad(to: name + 1, ink.text)
        let (current, limit) = (max(workflow.depth.current, 0), max(workflow.depth.limit, 0))
        line.add(
            canvas.meter(
                used: current,
                of: max(limit, 1),
                width: meter,
                ink(word.meter),
                ink(.meterTrack)
            )
        )
        let used = SafeText(current, width: self.word == 0 ? 1 : 2)
        line.add(" \(used)/\(limit) ", ink.text)
        line.pad(to: self.word, ink.text)
        line.add(SafeText(ascii: word.rawValue), word.style)
        if let unwinding = workflow.unwinding, workflow.isUnwinding {
            let links = StyledLine(" \(unwinding.closed)/\(unwinding.planned)", ink.text)
            if line.width + links.width <= width { line.add(links) }
        }
        guard isWide else { return line }
        line.pad(to: name + meter + 26, ink.text)
        line.add(
            workflow.pending == 0 ? "0 waiting" : "\(workflow.pending) waiting",
            workflow.pending == 0 ? ink.muted : ink.text
        )
        line.gap(2, ink.text)
        line.add(Words.name(workflow.workflow.text), ink.muted)
        return line
    }
}
