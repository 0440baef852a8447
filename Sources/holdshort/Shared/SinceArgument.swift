import ArgumentParser
import HoldClient
import HoldCore

/// The start of a time: so long ago (`3h`), or a time as records write it.
struct SinceArgument: ExpressibleByArgument {
    private enum Start {
        case ago(Span)
        case at(Instant)
    }

    private let start: Start

    init?(argument: String) {
        if let span = Span(text: argument) {
            start = .ago(span)
        } else if let instant = Instant(rfc3339: argument) {
            start = .at(instant)
        } else {
            return nil
        }
    }

    /// The time itself, seen from now.
    var instant: Instant {
        switch start {
        case .ago(let span): .system - span
        case .at(let instant): instant
        }
    }
}
