/// The lines that were typed and taken, to be typed again; held in memory only.
package struct PromptHistory: Hashable, Sendable {
    /// Command lines, the newest last.
    package private(set) var commands: [String] = []
    /// Filters, the newest last.
    package private(set) var filters: [String] = []

    /// No more of each are kept.
    package static let most = 100

    /// A history of these lines, such as an earlier session left.
    package init(commands: [String] = [], filters: [String] = []) {
        for line in commands { add(line, to: .command) }
        for line in filters { add(line, to: .filter) }
    }

    /// The lines of a kind, the newest last.
    package func lines(of kind: Prompt.Kind) -> [String] {
        switch kind {
        case .command: commands
        case .filter: filters
        case .search, .view: []
        }
    }

    /// Keeps a line as the newest; one that was there before moves up.
    package mutating func add(_ line: String, to kind: Prompt.Kind) {
        guard !line.isEmpty else { return }
        var lines = self.lines(of: kind)
        lines.removeAll { $0 == line }
        lines.append(line)
        lines = Array(lines.suffix(Self.most))
        switch kind {
        case .command: commands = lines
        case .filter: filters = lines
        case .search, .view: break
        }
    }
}
