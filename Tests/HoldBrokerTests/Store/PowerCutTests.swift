import CFaultVFS
import HoldBroker
import HoldCore
import HoldJournal
import HoldJournalSQLite
import Testing

/// The power goes at any call of the disk: what was told is there afterwards, and the rest goes on (I1).
@OffThread @Suite(.serialized) struct PowerCutTests {
    /// The day with the power going at its nth call; false when the day was over before.
    private func day(at nth: Int, _ rest: fault_rest, seed: UInt64) throws -> Bool {
        let disk = try FaultDisk()
        var day = try StoreDay()
        let story = "power at \(nth), rest \(rest.rawValue), seed \(seed)"
        disk.plan(.any, .FAULT_POWER, at: nth)
        func isOff(_ day: StoreDay) -> Bool { disk.failures > 0 }

        do {
            try day.start { try disk.journal() }
            day.play(to: 12, until: isOff)
            if !isOff(day) {
                try day.end()
                if !isOff(day) { try day.start { try disk.journal() } }
            }
            if !isOff(day) { day.play(until: isOff) }
            if !isOff(day) { day.rest(until: isOff) }
        } catch let fault as JournalFault where disk.failures > 0 {
            #expect(fault.code == .io, "\(fault) \(story)")
        }
        let hasFailed = disk.failures > 0
        try day.end()
        try disk.restorePower(rest, seed: seed)
        try day.start { try disk.journal() }
        try day.check(try #require(day.journal), story)
        day.play()
        day.rest()
        try day.checkEnd(story)
        try day.end()
        return hasFailed
    }

    @Test(arguments: [
        fault_rest.FAULT_KEEP_NONE, .FAULT_KEEP_ALL, .FAULT_KEEP_PREFIX, .FAULT_KEEP_ANY,
    ])
    func `after a power cut at any call, everything told is there, and the day goes on`(
        _ rest: fault_rest
    ) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("power cuts: rest \(rest.rawValue), seed \(seed)")
        var nth = 1 + (Length.isLong ? 0 : Int(seed % 60))
        var cuts = 0
        while try day(at: nth, rest, seed: seed &+ UInt64(nth)) {
            cuts += 1
            nth += Length.isLong ? 1 : 60
        }
        #expect(cuts > 5)
    }
}
