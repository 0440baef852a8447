import HoldBroker
import HoldCore

/// What happened, as one number that two runs of a seed must agree on, and as lines when asked for.
struct Trace {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    private let isKept: Bool

    init(isKept: Bool) { self.isKept = isKept }

    mutating func note(_ now: Int64, _ happening: Happening) {
        mix(UInt64(bitPattern: now))
        mix(happening.code)
        guard isKept else { return }
        lines.append("\(now) ms  " + String("\(happening)".prefix(160)))
    }

    /// FNV-1a over eight bytes at once.
    mutating func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }

    mutating func mix(_ digest: Digest) {
        for byte in digest.bytes.prefix(8) { mix(UInt64(byte)) }
    }

    mutating func tell(_ line: @autoclosure () -> String) {
        if isKept { lines.append("    " + line()) }
    }
}

extension Happening {
    /// Which kind it is, and of whom: enough to tell two traces apart.
    fileprivate var code: UInt64 {
        switch self {
        case .arrival(let call): 1 << 32 | UInt64(call)
        case .work(let epoch): 2 << 32 | UInt64(epoch)
        case .timer(let epoch, let generation): 3 << 32 | UInt64(epoch * 4096 + generation)
        case .answer(let call, _): 4 << 32 | UInt64(call)
        case .impatience(let call): 5 << 32 | UInt64(call)
        case .agent(let agent, let lane): 6 << 32 | UInt64(agent * 8 + lane)
        case .deed(let agent, let lane, let step):
            7 << 32 | UInt64(agent * 8 + lane) << 8 | UInt64(step)
        case .look(let reviewer): 8 << 32 | UInt64(reviewer)
        case .verdict(let reviewer, _, _): 9 << 32 | UInt64(reviewer)
        case .undoEffect(let call, _, _): 10 << 32 | UInt64(call.attempt)
        case .undoReport(let call, _, _): 11 << 32 | UInt64(call.attempt)
        case .crash: 12 << 32
        case .start(let epoch): 13 << 32 | UInt64(epoch)
        case .trouble: 14 << 32
        case .pause: 15 << 32
        case .goOn(let epoch, _): 16 << 32 | UInt64(epoch)
        case .heal: 17 << 32
        }
    }
}
