import HoldConsole
import HoldCore
import HoldWire

/// One line about the service, as somebody wants it: for status lines of tmux and of prompts.
struct StatusFormat: Hashable {
    /// What can stand between braces: each is our own word or a number.
    enum Field: String, Hashable, CaseIterable {
        case pending
        case urgent
        case stuck
        case nextExpiry = "next_expiry"
        case nextItem = "next_item"
        case unwinding
        case halted
        case health
    }

    private enum Piece: Hashable {
        case text(String)
        case field(Field)
    }

    private let pieces: [Piece]

    /// Reads a format.
    ///
    /// - Throws: ``CommandFailure`` naming the fields, for an unknown one or a brace left open.
    init(_ text: String) throws(CommandFailure) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: "}") else {
                throw .usage("--format has a { without its }. \(Self.names)")
            }
            guard let field = Field(rawValue: String(inside[..<close])) else {
                throw .usage("--format has no field {\(inside[..<close])}. \(Self.names)")
            }
            pieces.append(.field(field))
            rest = inside[inside.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    private static var names: String {
        "The fields are " + Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ") + "."
    }

    /// What stands there when no service answers.
    static let off: SafeText = "holdshort: off"

    /// What the fields are made of.
    struct Figures: Hashable, Sendable {
        /// How many wait, and how many of them are urgent or stuck.
        var window: HoldWire.QueueWindow
        /// How many workflows are being undone.
        var unwinding: Int
        var status: ServiceStatus.Reply
        var now: Instant
    }

    /// The line, with nothing in it that a terminal would obey.
    func line(_ figures: Figures) -> SafeText {
        let parts = pieces.map { piece -> SafeText in
            switch piece {
            case .text(let text): SafeText.foreign(text)
            case .field(let field): Self.words(field, figures)
            }
        }
        return parts.joined()
    }

    private static func words(_ field: Field, _ figures: Figures) -> SafeText {
        let counts = figures.window.counts
        return switch field {
        case .pending: SafeText(figures.window.total)
        case .urgent: SafeText(counts["urgent"] ?? 0)
        case .stuck: SafeText(counts["stuck"] ?? 0)
        case .nextExpiry: nextExpiry(figures)
        case .nextItem: counts["next_deadline_number"].map { SafeText($0) } ?? "-"
        case .unwinding: SafeText(figures.unwinding)
        case .halted: SafeText(figures.status.halts.count)
        case .health: health(figures.status)
        }
    }

    private static func nextExpiry(_ figures: Figures) -> SafeText {
        guard let milliseconds = figures.window.counts["next_deadline_ms"] else { return "-" }
        let deadline = Instant(milliseconds: Int64(milliseconds))
        return Clock.countdown(to: deadline, at: figures.now)
    }

    private static func health(_ status: ServiceStatus.Reply) -> SafeText {
        if status.readOnly { return "read-only" }
        return status.troubles.isEmpty && status.manifest.problem == nil ? "ok" : "warning"
    }
}

extension ServiceStatus.Reply {
    /// The warnings but for how the service is set up, which never changes: that warns nobody of
    /// anything, and is no reason for anything.
    var troubles: [String] { warnings.filter { !$0.hasPrefix("separation: none") } }
}
