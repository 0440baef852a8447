import CFaultVFS
import Foundation
import HoldBroker
import HoldCore
import HoldJournal
import HoldJournalSQLite
import Testing

/// A disk that fails at any one of its calls: nobody is told what is not durable, and it heals (I1, I16).
@OffThread @Suite(.serialized) struct DiskFaultTests {
    /// How a call fails, and how many of them: nil is for ever, until three were turned away.
    nonisolated static let plans: [(FaultDisk.Call, fault_way, count: Int?)] = {
        var ways: [(FaultDisk.Call, fault_way)] = FaultDisk.Call.allCases.map { ($0, .FAULT_EIO) }
        for call in [FaultDisk.Call.write, .truncate, .sync, .index] {
            ways.append((call, .FAULT_FULL))
        }
        ways += [(.write, .FAULT_SHORT), (.any, .FAULT_READ_ONLY)]
        return ways.flatMap { way in [1, 5, nil].map { (way.0, way.1, $0) } }
    }()

    /// The day with a fault in it, from the very first start on; false when it did not come to it.
    private func day(
        _ call: FaultDisk.Call,
        _ way: fault_way,
        at nth: Int,
        count: Int?
    ) throws -> Bool {
        let disk = try FaultDisk()
        var day = try StoreDay()
        let story = "\(call) \(way.rawValue) at \(nth), \(count.map(String.init) ?? "all")"
        disk.plan(call, way, at: nth, count: count)
        func start() throws {
            var last: JournalFault?
            for attempt in 0..<10 {
                do {
                    return try day.start { try disk.journal() }
                } catch let fault as JournalFault {
                    #expect(fault.code != .corrupt && fault.code != .foreign, "\(fault) \(story)")
                    if count == nil, attempt == 2 { disk.heal() }
                    last = fault
                }
            }
            Issue.record("it does not start: \(String(describing: last)) \(story)")
        }
        func heals(_ day: StoreDay) -> Bool {
            if count == nil, day.faults.count == 3 { disk.heal() }
            return false
        }

        try start()
        day.play(to: 12, until: heals)
        // A clean stop and a start, which move the log into the file.
        try day.end()
        try start()
        day.play(until: heals)
        day.rest(until: heals)
        let hasFailed = disk.failures > 0
        disk.heal()
        for _ in 0..<3 { day.passTime(Span(seconds: 1)) }

        try day.checkEnd(story)
        try day.end()
        try day.check(try disk.journal(), story)
        return hasFailed
    }

    @Test(arguments: plans.indices)
    func `an error at any call loses nothing, decides nothing twice, and heals`(
        _ index: Int
    ) throws {
        let (call, way, count) = Self.plans[index]
        var reached = 0
        var nth = 1
        // Long: every call until the day is clean. Short: ever larger strides.
        while try day(call, way, at: nth, count: count) {
            reached += 1
            nth += Length.isLong ? 1 : 2 * nth
        }
        #expect(reached > 0)
    }
}
