import Foundation
import Synchronization

/// Agents, reviewers and an executor that say everything three times, each on a thread of its own.
final class Echo: Sendable {
    struct State {
        var steps = 0
        var finished = 0
        var said = 0
        var isOver = false
        var open: [RawLine.Cut] = []
        var problem: (any Error)?
    }

    let agentPath: String
    let reviewPath: String
    let notes: Notes
    let world: World
    let seed: UInt64
    let state = Mutex(State())

    init(_ site: Site, _ notes: Notes, _ world: World, seed: UInt64) {
        agentPath = site.file("run/agent.sock").path
        reviewPath = site.file("run/review.sock").path
        self.notes = notes
        self.world = world
        self.seed = seed
    }

    var said: Int { state.withLock { $0.said } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func run(workflows: Int) async throws {
        async let executing: Void = thread { try self.execute() }
        async let one: Void = thread { try self.review(0) }
        async let other: Void = thread { try self.review(1) }
        await withTaskGroup { group in
            for agent in 0..<8 {
                group.addTask {
                    await self.thread {
                        try self.play(agent, stride(from: agent, to: workflows, by: 8))
                    }
                }
            }
        }
        state.withLock { $0.isOver = true }
        _ = await (one, other)
        // The executor waits for a call that does not come.
        hangUp()
        state.withLock { $0.open = [] }
        await executing
        if let problem = state.withLock({ $0.problem }) { throw problem }
    }

    /// Nothing is there twice, and nothing is missing.
    func check(_ model: Model) throws {
        let (steps, finished) = state.withLock { ($0.steps, $0.finished) }
        let recorded = (model.counts["step_proposed"] ?? 0, model.counts["step_finished"] ?? 0)
        guard recorded == (steps, finished) else {
            throw Violation("\(steps) steps, \(finished) reports said; recorded \(recorded) (I15)")
        }
    }

    /// Opens a connection that ends with the first problem, whatever it waits for.
    func line(_ path: String, _ name: String) throws -> RawLine {
        let line = try RawLine(path: path, name: name, seed: seed)
        let cut = line.cut
        state.withLock { $0.open.append(cut) }
        return line
    }

    private func hangUp() { state.withLock { $0.open }.forEach { $0.now() } }

    private func thread(_ body: @escaping @Sendable () throws -> Void) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do {
                    try body()
                } catch is RawLine.HungUp {
                    // Sent home.
                } catch {
                    self.state.withLock { state in
                        if state.problem == nil { state.problem = error }
                        state.isOver = true
                    }
                    self.hangUp()
                }
                continuation.resume()
            }
        }
    }
}
