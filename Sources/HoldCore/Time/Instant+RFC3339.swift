extension Instant {
    /// The instant as RFC 3339 UTC with milliseconds: `2026-11-21T10:12:00.000Z`.
    ///
    /// Years outside 0…9999 are clamped: the form has no room for them.
    public var rfc3339: String {
        let clamped = min(max(self, .earliest), .latest).milliseconds
        let (days, rest) = Instant.floorDivide(clamped, by: 86_400_000)
        let date = Instant.civil(fromDays: days)
        var out: [UInt8] = []
        out.reserveCapacity(24)
        Instant.append(date.year, width: 4, to: &out)
        out.append(0x2D)
        Instant.append(date.month, width: 2, to: &out)
        out.append(0x2D)
        Instant.append(date.day, width: 2, to: &out)
        out.append(0x54)
        Instant.append(rest / 3_600_000, width: 2, to: &out)
        out.append(0x3A)
        Instant.append(rest / 60_000 % 60, width: 2, to: &out)
        out.append(0x3A)
        Instant.append(rest / 1000 % 60, width: 2, to: &out)
        out.append(0x2E)
        Instant.append(rest % 1000, width: 3, to: &out)
        out.append(0x5A)
        return String(decoding: out, as: UTF8.self)
    }

    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction]Z`; nil for anything else.
    public init?(rfc3339 text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take(0x2D), let month = reader.number(2),
            reader.take(0x2D), let day = reader.number(2), reader.take(0x54),
            let hour = reader.number(2), reader.take(0x3A), let minute = reader.number(2),
            reader.take(0x3A), let second = reader.number(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        guard let fraction = reader.fraction(), reader.take(0x5A), reader.isAtEnd else {
            return nil
        }
        let days = Instant.days(fromYear: year, month: month, day: day)
        self.init(
            milliseconds: ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
        )
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0
        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ byte: UInt8) -> Bool {
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        mutating func number(_ digits: Int) -> Int64? {
            guard position + digits <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[position..<position + digits] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            position += digits
            return value
        }

        /// Milliseconds of an optional fraction; digits past the third are cut.
        mutating func fraction() -> Int64? {
            guard take(0x2E) else { return 0 }
            var value: Int64 = 0
            var count = 0
            while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
                if count < 3 { value = value * 10 + Int64(bytes[position] - 0x30) }
                count += 1
                position += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 3)..<3 { value *= 10 }
            return value
        }
    }

    private static func append(_ value: Int64, width: Int, to out: inout [UInt8]) {
        var scale: Int64 = 1
        for _ in 1..<width { scale *= 10 }
        while scale > 0 {
            out.append(UInt8(truncatingIfNeeded: 0x30 + value / scale % 10))
            scale /= 10
        }
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let quotient = value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
        return (quotient, value - quotient * divisor)
    }

    // Days and dates after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static func days(fromYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, by: 400).0
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let (era, dayOfEra) = floorDivide(shifted, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
