import Simulation
import Testing

struct SimulationTests {
    @Test func `whatever goes wrong, every invariant holds`() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            let outcome = try Simulation.run(seed: seed)
            #expect(outcome.isFine)
        }
    }
}
