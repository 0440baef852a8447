package import HoldCore

/// Times as people read them at three in the morning: short, in UTC, always of the same width.
package enum Clock {
    /// What is left of a deadline: `mm:ss`, from an hour on hours and minutes as `01h52`, from a
    /// hundred hours on days; never less than nothing.
    package static func countdown(to deadline: Instant, at now: Instant) -> SafeText {
        left(deadline - now)
    }

    /// A length of time in the form of ``countdown(to:at:)``.
    package static func left(_ span: Span) -> SafeText {
        let seconds = max(span.milliseconds / 1000, 0)
        if seconds < 3600 { return pair(seconds / 60, ":", seconds % 60) }
        let hours = seconds / 3600
        if hours < 100 { return "\(pair(hours, "h", seconds / 60 % 60))" }
        return SafeText(min(hours / 24, 9_999)) + "d"
    }

    /// A length of time without what ``left(_:)`` does not tell.
    ///
    /// Whole seconds, from an hour on whole minutes; never less than nothing. What is drawn from it
    /// need not be drawn anew for so long.
    package static func told(_ span: Span) -> Span {
        let step: Int64 = span < Span(minutes: 60) ? 1_000 : 60_000
        return max(.zero, Span(milliseconds: span.milliseconds / step * step))
    }

    /// Whether the word NOW has to stand beside a countdown.
    package static func isNow(_ deadline: Instant, at now: Instant) -> Bool {
        isNow(deadline - now)
    }

    /// Whether so little is left that the word NOW has to stand beside it.
    package static func isNow(_ left: Span) -> Bool { left < Span(seconds: 60) }

    /// A time since when, in the largest unit that says enough: `12 s`, `3 min`, `2 h`, `5 d`.
    package static func age(_ span: Span) -> SafeText {
        let seconds = max(span.milliseconds / 1000, 0)
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// An age to a tenth of a second, for the heartbeat: `0.2s`; whole seconds from ten on.
    package static func heartbeat(_ span: Span) -> SafeText {
        let tenths = max(span.milliseconds / 100, 0)
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)s" : "\(tenths / 10)s"
    }

    /// The time of day: `03:14:22`.
    package static func timeOfDay(_ instant: Instant) -> SafeText {
        part(of: instant, from: 11, count: 8)
    }

    /// The time of day to the minute: `03:14`.
    package static func minuteOfDay(_ instant: Instant) -> SafeText {
        part(of: instant, from: 11, count: 5)
    }

    /// The day: `2026-11-21`.
    package static func day(_ instant: Instant) -> SafeText {
        part(of: instant, from: 0, count: 10)
    }

    private static func part(of instant: Instant, from start: Int, count: Int) -> SafeText {
        SafeText(ascii: String(instant.rfc3339.dropFirst(start).prefix(count)))
    }

    private static func pair(_ first: Int64, _ between: SafeText, _ second: Int64) -> SafeText {
        SafeText(first, width: 2, zeros: true) + between + SafeText(second, width: 2, zeros: true)
    }
}
