/// A point in the journal's time: milliseconds since 1970-01-01T00:00:00Z.
///
/// The core has no clock: whoever sends a command says when. The service derives these instants from
/// the boot clock while the host stays up, so a wall clock that jumps moves no deadline
/// (`JournalClock`).
public struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Earlier comes first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant a span later; stays within the years that records can write, so that what is
    /// folded is what was decided (I17).
    public static func + (instant: Instant, span: Span) -> Instant {
        let (sum, overflow) = instant.milliseconds.addingReportingOverflow(span.milliseconds)
        if overflow { return span.milliseconds > 0 ? latest : earliest }
        return min(max(Instant(milliseconds: sum), earliest), latest)
    }

    /// The first instant that RFC 3339 has a form for.
    static let earliest = Instant(milliseconds: -62_167_219_200_000)
    /// The last instant that RFC 3339 has a form for.
    static let latest = Instant(milliseconds: 253_402_300_799_999)

    /// The instant a span earlier.
    public static func - (instant: Instant, span: Span) -> Instant {
        instant + Span(milliseconds: span.milliseconds == .min ? .max : -span.milliseconds)
    }

    /// The span from an earlier instant to this one; saturates at the ends of the range.
    public static func - (later: Instant, earlier: Instant) -> Span {
        let (span, overflow) = later.milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return Span(milliseconds: overflow ? (later > earlier ? .max : .min) : span)
    }
}

/// A length of time in whole milliseconds, as manifests and records hold it.
public struct Span: Sendable, Hashable, Comparable {
    /// The length in milliseconds.
    public let milliseconds: Int64

    /// A length in milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A length in seconds, rounded to milliseconds and clamped to ±285,000 years: what JSON holds
    /// exactly.
    public init(seconds: Double) {
        let value = (seconds * 1000).rounded()
        milliseconds = value.isNaN ? 0 : Int64(max(-0x1p53 + 1, min(0x1p53 - 1, value)))
    }

    /// A length in minutes, rounded to milliseconds.
    public init(minutes: Double) { self.init(seconds: minutes * 60) }

    /// The length in seconds.
    public var seconds: Double { Double(milliseconds) / 1000 }

    /// No time at all.
    public static let zero = Span(milliseconds: 0)

    /// Shorter comes first.
    public static func < (left: Span, right: Span) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// A share of this length; 0…1.
    public func share(_ share: Double) -> Span { Span(seconds: seconds * share) }
}

extension Instant: Codable {
    /// Reads RFC 3339 text.
    ///
    /// - Throws: `DecodingError` when the text is no such time.
    public init(from decoder: any Decoder) throws {
        self = try decoder.value(orSay: "is no RFC 3339 UTC time with milliseconds") {
            Instant(rfc3339: $0)
        }
    }

    /// Writes RFC 3339 text with milliseconds.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}

extension Span: Codable {
    /// Reads whole milliseconds.
    ///
    /// - Throws: `DecodingError` when there is no whole number.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes whole milliseconds.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
