import Foundation
import Glibc
import HoldClient
import HoldCore
import HoldService
import HoldWire
import Testing

/// What a bad line can do to a real service on real sockets: nothing.
struct BrokenFrameTests {
    static let isLong = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"

    @Test func `a frame cut at any byte leaves no state`() async throws {
        let house = try await ServiceFixture()
        let path = house.paths.agentSocket
        let reviewer = try await house.reviewer()
        let frames = RecordedFrames.ofAgents

        let failed = await offPool {
            frames.prefix(Self.isLong ? frames.count : 4).flatMap { frame in
                frame.indices.filter { end in
                    guard let line = RawLine(path) else { return true }
                    line.send(RecordedFrames.opening + frame[..<end])
                    line.endSending()
                    return !line.readToEnd()
                }
            }
        }

        #expect(failed.isEmpty, "not closed after a cut at \(failed.prefix(5))")
        #expect(try await reviewer.audit(AuditList.Params(limit: 5)).events.isEmpty)
        // The whole frame would have left some.
        let whole = await offPool {
            let line = RawLine(path)
            line?.send(RecordedFrames.opening + frames[0] + frames[6])
            return line?.read(until: "\"workflow\":\"f\"")
        }
        #expect(whole == true)
        #expect(try await !reviewer.audit(AuditList.Params(limit: 5)).events.isEmpty)
        await house.service.stop()
        house.remove()
    }

    @Test func `a connection is opened once, and keeps its name`() async throws {
        let house = try await ServiceFixture()
        let path = house.paths.agentSocket
        @Sendable func opening(_ id: Int, _ name: String) -> [UInt8] {
            Array(
                #"""
                {"jsonrpc":"2.0","id":\#(id),"method":"session.open","params":\#
                {"protocol":"holdshort/1","client":{"name":"\#(name)"}}}

                """#
                .utf8
            )
        }

        let isRefused = await offPool {
            guard let line = RawLine(path) else { return false }
            line.send(opening(1, "first"))
            line.send(opening(2, "second"))
            guard line.read(until: "already_open") else { return false }
            line.send(
                Array(
                    #"""
                    {"jsonrpc":"2.0","id":3,"method":"workflow.open","params":{"workflow":"w"}}

                    """#
                    .utf8
                )
            )
            return line.read(until: #""agent":"first""#)
        }

        #expect(isRefused)
        await house.service.stop()
        house.remove()
    }

    @Test func `who goes on sending a line that is too long can read why it ends`() async throws {
        let house = try await ServiceFixture()
        let path = house.paths.agentSocket

        let (isTaken, isTold, hasEnded) = await offPool {
            guard let line = RawLine(path) else { return (false, false, false) }
            let part = [UInt8](repeating: 0x61, count: 1 << 20)
            let isTaken = (0..<12).allSatisfy { _ in line.send(part) }
            let (isTold, hasEnded) = (line.read(until: "frame_too_large"), line.readToEnd())
            // Who never stops is cut off all the same.
            while line.send(part) {}
            return (isTaken, isTold, hasEnded)
        }

        #expect(isTaken, "the connection broke before all was sent")
        #expect(isTold && hasEnded)
        await house.service.stop()
        house.remove()
    }

    @Test func `a service fed with mutated frames stays alive, and as small as it was`() async {
        await #expect(processExitsWith: .success) {
            let house = try await ServiceFixture()
            let seed: UInt64 = BrokenFrameTests.isLong ? .random(in: 1...UInt64.max) : 25
            print("mutated frames: seed \(seed)")
            let feeder = FrameFeeder(
                paths: [house.paths.agentSocket, house.paths.reviewSocket],
                seed: seed
            )
            let rounds = BrokenFrameTests.isLong ? 16_000 : 300

            // What a service holds after its first rounds is what it needs.
            let isWarm = await offPool { feeder.feed(rounds: rounds / 2) }
            let before = Footprint()
            let isFed = await offPool { feeder.feed(rounds: rounds / 2) }
            let after = Footprint()

            #expect(isWarm && isFed, "seed \(seed): no answer after mutated frames")
            #expect(after.descriptors <= before.descriptors + 2, "\(before), \(after)")
            #expect(after.kilobytes <= before.kilobytes * 11 / 10 + 4_096, "\(before), \(after)")
            let agent = try await house.agent()
            #expect(try await agent.propose(.make("alive", "alive/1", "read")).proceed)
            #expect(try await house.reviewer().verifyAudit().ok)
            await house.service.stop()
            house.remove()
        }
    }
}

/// Sends mutated frames, a connection for every sixty-four of them.
private final class FrameFeeder: @unchecked Sendable {
    private let paths: [String]
    private var frames: RecordedFrames

    init(paths: [String], seed: UInt64) {
        self.paths = paths
        frames = RecordedFrames(seed: seed)
    }

    /// Whether every connection answered a good request behind the bad ones.
    func feed(rounds: Int) -> Bool {
        (0..<rounds).allSatisfy { round in
            let isReview = round % 2 == 1
            guard let line = RawLine(paths[isReview ? 1 : 0]) else { return false }
            let good = isReview ? RecordedFrames.ofReviewers : RecordedFrames.ofAgents
            var bytes = RecordedFrames.opening
            for _ in 0..<64 { bytes += frames.mutated(of: good) }
            let last = #"{"id":"last-\#(round)","jsonrpc":"2.0","method":"no.such","params":{}}"#
            line.send(bytes + Array("\n\(last)\n".utf8))
            return line.read(until: "\"id\":\"last-\(round)\"")
        }
    }
}

/// How much of the host this process takes.
private struct Footprint {
    let descriptors: Int
    let kilobytes: Int

    init() {
        descriptors = Probe.descriptors()
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        kilobytes = line.flatMap { Int($0.filter(\.isNumber)) } ?? .max / 16
    }
}
