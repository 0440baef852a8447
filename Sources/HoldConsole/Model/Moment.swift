package import HoldCore

/// A point in time as the console's loop reads it: a clock that never jumps, and the wall's.
///
/// Whatever keeps a person from deciding too early is measured on the steady clock; the wall clock
/// is for showing times and for deadlines.
package struct Moment: Hashable, Sendable, Comparable {
    /// Time since some fixed point, on a clock that never goes back.
    package let steady: Span
    /// The time of day.
    package let wall: Instant

    /// Puts both readings together.
    package init(steady: Span, wall: Instant) {
        self.steady = steady
        self.wall = wall
    }

    /// By the steady clock.
    package static func < (left: Moment, right: Moment) -> Bool { left.steady < right.steady }

    /// How long ago an earlier moment was; never below zero.
    package func since(_ earlier: Moment) -> Span {
        max(.zero, steady - earlier.steady)
    }

    /// The moment so much later.
    package func adding(_ span: Span) -> Moment {
        Moment(steady: steady + span, wall: wall + span)
    }
}

extension Span {
    /// The sum; saturates at the ends of the range.
    static func + (left: Span, right: Span) -> Span {
        let (sum, overflow) = left.milliseconds.addingReportingOverflow(right.milliseconds)
        return Span(milliseconds: overflow ? (right.milliseconds > 0 ? .max : .min) : sum)
    }

    /// The difference; saturates at the ends of the range.
    static func - (left: Span, right: Span) -> Span {
        let (rest, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
        return Span(milliseconds: overflow ? (right.milliseconds < 0 ? .max : .min) : rest)
    }
}
