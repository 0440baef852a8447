/// A small generator (SplitMix64, Steele and others 2014): the same numbers for the same seed, everywhere.
struct SimulationRandom {
    private var state: UInt64

    /// A stream of its own for each purpose, so that one draw more here moves nothing there.
    init(seed: UInt64, stream: UInt64) {
        state = seed ^ (stream &* 0xD1B5_4A32_D192_ED03)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0..<limit; 0 when the limit is below 1.
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    /// A whole number of the range.
    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True in so many of a hundred draws.
    mutating func percent(_ share: Int) -> Bool { below(100) < share }

    /// One of these; the first of an empty list cannot be asked for, so there is a fallback.
    mutating func pick<Value>(_ values: [Value], else fallback: Value) -> Value {
        values.isEmpty ? fallback : values[below(values.count)]
    }
}
