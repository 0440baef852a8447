import Foundation
import HoldCore
import Testing

/// Errors of the disk under the real service, injected into its system calls.
@OffStage struct DiskErrorTests {
    /// Whether `strace` is there and may trace.
    nonisolated private static let isTraceable: Bool = {
        guard let player = try? Player("strace", ["-e", "trace=none", "true"]) else { return false }
        player.closeInput()
        return (try? player.wait()) == 0
    }()

    /// Attaches to the service; from the given call on its writes, syncs and truncations fail.
    private func inject(_ when: String, into stage: Stage) throws -> Player {
        let calls = "pwrite64,fdatasync,fsync,ftruncate"
        let tracer = try stage.start(
            "strace",
            [
                "-f", "-o", stage.file("trace").path, "-e", "trace=\(calls)",
                "-e", "inject=\(calls):error=EIO:when=\(when)",
                "-p", "\(stage.service?.pid ?? 0)",
            ]
        )
        try #require(tracer.errors.wait { $0.contains("attached") }, "\(tracer.errors.text)")
        return tracer
    }

    /// Works until everything is answered; what was acknowledged, in order.
    private func work(_ stage: Stage, _ agent: Netcat, _ prefix: String) throws -> [String] {
        var acknowledged: [String] = []
        for number in 0..<4 {
            let name = "\(prefix)\(number)"
            let isTaken = try eventually(seconds: 300) {
                let (result, error) = try stage.outcome(agent, name, "stay")
                if let error {
                    let fault = error["data"]?["fault"]
                    #expect(fault == "io_error" || fault == "store_read_only", "\(error)")
                }
                return result != nil
            }
            #expect(isTaken, "\(name)")
            acknowledged.append(name)
        }
        return acknowledged
    }

    @Test(.enabled(if: isTraceable, "It takes strace, and leave to trace."))
    func `an error of any system call on the store is told by name, and heals`() throws {
        let stage = try Stage(manifest: Stage.shortManifest)
        try stage.serve()
        let agent = try stage.agent()
        let isLong = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"
        var acknowledged: [String] = []
        var nth = 1
        var hasFailed = true
        // Long: every call until the work is clean. Each thread's calls are counted on their own.
        while hasFailed, nth < 200 {
            let tracer = try inject("\(nth)", into: stage)
            acknowledged += try work(stage, agent, "n\(nth)-")
            // Its end sets the service free; milder signals may be blocked in a child of ours.
            tracer.kill()
            hasFailed = stage.text("trace").contains("(INJECTED)")
            nth += isLong ? 1 : nth
        }
        #expect(nth > 2)

        // For ever, and then no more: nothing is taken meanwhile, and what is there can be read.
        let tracer = try inject("1+", into: stage)
        for number in 0..<3 {
            let (result, error) = try stage.outcome(agent, "ever\(number)", "stay")
            #expect(
                result == nil && error?["data"]?["fault"] == "io_error",
                "\(String(describing: error))"
            )
        }
        #expect(try stage.warns(of: "io_error"))
        #expect(try stage.isReadable(acknowledged[0]))
        tracer.kill()
        acknowledged += try work(stage, agent, "ever")
        #expect(try eventually(seconds: 120) { try stage.status()["read_only"]?.isTrue == false })

        try stage.killAndServe()
        for name in acknowledged {
            #expect(try stage.state(of: name) == "pending_review", "\(name)")
        }
        #expect(try stage.run("audit", "verify").code == 0)
    }
}
