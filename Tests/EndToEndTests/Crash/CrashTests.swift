import Foundation
import Testing

/// The crash harness, short; at full length with `HOLDSHORT_LONG=1`.
@OffStage struct CrashTests {
    private static let isLong = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"

    /// Runs a mode of `holdshort-crash`, which stands beside the binary that it kills.
    private func run(_ mode: String, short: String, long: String) throws -> Ran {
        let folder = URL(filePath: Stage.binary).deletingLastPathComponent()
        let numbers = CrashTests.isLong ? long : short
        let words =
            ([mode] + numbers.split(separator: " ").map(String.init))
            + ["--service", Stage.binary]
        let player = try Player(folder.appending(path: "holdshort-crash").path, words)
        let code = try player.wait(seconds: CrashTests.isLong ? 7200 : 300)
        return Ran(code: code, out: player.output.text, err: player.errors.text)
    }

    @Test func `a service killed at any moment loses nothing that it acknowledged`() throws {
        let ran = try run("random", short: "--kills 10 --least 20", long: "--kills 1000")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `a service killed in its recovery recovers to the same end`() throws {
        let ran = try run("double", short: "--kills 10 --least 20", long: "--kills 200")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `a chain killed over and over is undone once each, newest first`() throws {
        let ran = try run("unwind", short: "--kills 20", long: "--kills 500")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `a decision at the deadline leaves one final state, told to both sides`() throws {
        let ran = try run("deadline", short: "--items 200", long: "--items 100000")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `of two opposite verdicts one counts, and the other is told so`() throws {
        let ran = try run("opposite", short: "--items 200", long: "--items 10000")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `what is said three times happens once`() throws {
        let ran = try run("duplicates", short: "--workflows 40", long: "--workflows 1000")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    @Test func `a start over a full store is quick`() throws {
        let ran = try run("restarts", short: "--items 2000 --starts 3", long: "--items 100000")
        #expect(ran.code == 0, "\(ran)")
        #expect(ran.out.contains("held"))
    }

    #if FAILPOINTS
        @Test func `a service that ends beside any kind of commit loses nothing`() throws {
            let ran = try run("points", short: "--hits 1", long: "--hits 20")
            #expect(ran.code == 0, "\(ran)")
            #expect(ran.out.contains("held"))
        }
    #endif
}
