import HoldConsole

/// Random numbers that are the same on every run: splitmix64.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes hostile text from a seed.
struct DisplayFuzz {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    /// Characters that have fooled somebody, or may.
    private static let nasty: [UInt32] = [
        0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x300, 0x301, 0x34F,
        0x430, 0x3BF, 0x5D0, 0x627, 0x663, 0x61C, 0x0939, 0x093F, 0x094D, 0x1100, 0x1161, 0x11A8,
        0x115F, 0x1160, 0x180E, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066, 0x2069,
        0x20E3, 0x2018, 0x2212, 0x2500, 0x250A, 0x2600, 0x2764, 0x2800, 0x3000, 0x302A, 0x3099,
        0x3164, 0x3248, 0x4DC0, 0x4E2D, 0xAC00, 0xD7B0, 0xE000, 0xFDD0, 0xFE0E, 0xFE0F, 0xFEFF,
        0xFF21, 0xFFA0, 0xFFF9, 0xFFFC, 0xFFFD, 0xFFFF, 0x1D159, 0x1D400, 0x1D7CE, 0x1F1E6,
        0x1F1EA, 0x1F3FB, 0x1F468, 0x1F469, 0x1F600, 0x1FAE9, 0x1FFFF, 0x20000, 0xE0001, 0xE0041,
        0xE0100, 0xF0000, 0x10FFFF,
    ]

    mutating func text(pieces: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<pieces { bytes += piece() }
        return bytes
    }

    private mutating func piece() -> [UInt8] {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: [UInt8.random(in: .min ... .max, using: &random)]
        case 1: Array(repeating: 0x20, count: .random(in: 1...12, using: &random))
        case 2: Array(repeating: 0x0A, count: .random(in: 1...7, using: &random))
        case 3: utf8(.random(in: 0...0x10FFFF, using: &random))
        case 4, 5, 6: utf8(Self.nasty.randomElement(using: &random) ?? 0)
        case 7:
            Array(repeating: utf8(Self.nasty.randomElement(using: &random) ?? 0), count: 4)
                .flatMap(\.self)
        default: Array("rm -rf x.y{}".utf8.prefix(.random(in: 1...12, using: &random)))
        }
    }

    private func utf8(_ value: UInt32) -> [UInt8] {
        guard let scalar = Unicode.Scalar(value) else { return [0xED, 0xA0, 0x80] }
        return Array(String(scalar).utf8)
    }
}

/// Whether a character must never reach a terminal; written apart from the filter on purpose.
func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator,
        .paragraphSeparator:
        return true
    default: break
    }
    switch scalar.value {
    case 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFE00...0xFE0F, 0x2800,
        0x3164, 0xFFA0, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF, 0x00A0, 0x3000:
        return true
    default:
        return scalar.properties.isDefaultIgnorableCodePoint
            || (scalar.properties.age?.major ?? .max) > 14
    }
}
