import HoldCore
import Testing

@testable import HoldConsole

@Suite struct DrawSpeedTests {
    private func milliseconds(_ model: Model, frames: Int) -> Double {
        var renderer = Renderer()
        _ = renderer.draw(model)
        let clock = ContinuousClock()
        let spent = clock.measure {
            for _ in 0..<frames { _ = renderer.draw(model) }
        }
        return spent / .milliseconds(1) / Double(frames)
    }

    @Test func `a full frame of the largest screen is drawn in time`() {
        let model = Shot.triage.scene(Size(columns: 200, rows: 60)).model

        let spent = milliseconds(model, frames: 20)

        print("frame at 200x60: \(spent) ms")
        // Ten times what an optimised build may take, and far more than it does.
        #expect(spent < 200)
    }

    @Test func `a long text costs no more than a short one once it is wrapped`() {
        var detail = Sample.indexDetail
        detail.arguments = [
            "script": .string((0..<1_500).map { "line \($0) of it" }.joined(separator: "\n"))
        ]
        let size = Size(columns: 200, rows: 60)
        let short = milliseconds(Scene(size).model, frames: 20)
        let long = milliseconds(Scene(size, detail: detail).model, frames: 20)

        print("short \(short) ms, long \(long) ms")
        #expect(long < short * 5 + 5)
    }
}
