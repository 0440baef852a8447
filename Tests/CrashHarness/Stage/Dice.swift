/// Draws that a seed repeats (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Dice of their own for one part of a run, so that parts do not take draws from one another.
    init(seed: UInt64, _ part: String) {
        state = part.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in this share of draws.
    mutating func isTrue(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    /// A length of time within these bounds, drawn evenly.
    mutating func milliseconds(_ range: ClosedRange<Double>) -> Duration {
        .nanoseconds(Int64(Double.random(in: range, using: &self) * 1_000_000))
    }
}
