@testable import HoldCore
import TestAccounts
import Testing

/// Which drills fall due, and when.
struct DrillPlanTests {
    private static let days30 = Span(seconds: 30 * 86_400)

    /// A manifest in which `deploy` relies on proofs of `destroy` not older than 30 days.
    private static var manifest: Manifest {
        var manifest = Manifest.sample
        manifest.operations["destroy"]?.drill = ["create"]
        manifest.set("deploy") { $0.undoDrillDays = Sourced(30) }
        return manifest
    }

    private func plan(
        _ manifest: Manifest = DrillPlanTests.manifest,
        proven: Span? = nil,
        drills: [String: Drills] = [:],
        halts: Halts = Halts()
    ) -> DrillPlan {
        let provenAt = proven.map { ["destroy": Instant.noon - $0] } ?? [:]
        return manifest.drillPlan(provenAt: provenAt, drills: drills, halts: halts, at: .noon)
    }

    private static func failed(_ failures: Int, ago: Span = .zero) -> [String: Drills] {
        var drills = Drills()
        for _ in 0..<failures {
            drills.end("k", at: .noon - ago, error: "no")
        }
        return ["destroy": drills]
    }

    @Test func `an undo that was never proven is due at once`() {
        #expect(plan() == DrillPlan(due: ["destroy"], next: nil))
    }

    @Test func `a proven undo is due when three quarters of its days are gone`() {
        let age = DrillPlanTests.days30.share(0.75)
        let early = Span(milliseconds: age.milliseconds - 1)
        #expect(plan(proven: early) == DrillPlan(due: [], next: .noon + Span(milliseconds: 1)))
        #expect(plan(proven: age) == DrillPlan(due: ["destroy"], next: nil))
    }

    @Test func `a drill is due while its proof still holds, whatever the days`() throws {
        for days in [0.001, 0.5, 1, 30, 365] {
            var manifest = DrillPlanTests.manifest
            manifest.set("deploy") { $0.undoDrillDays = Sourced(days) }
            let proven = Instant.noon
            let proofs = ["destroy": proven]
            let moment = try #require(
                manifest.drillPlan(provenAt: proofs, drills: [:], at: proven).next
            )
            let request = GateRequest(
                action: "deploy",
                arguments: [:],
                risk: nil,
                agent: "bot",
                depth: 0,
                provenAt: proofs,
                now: moment,
                separation: .enforced
            )
            #expect(moment > proven)
            #expect(try manifest.resolveGate(request).mode == .async)
        }
    }

    @Test func `the fewest days that an action or a rule asks for count`() {
        var manifest = DrillPlanTests.manifest
        manifest.add(
            "other",
            rules: [Manifest.rule("big", when: .all([])) { $0.undoDrillDays = Sourced(2) }]
        ) { $0.undoOperation = Sourced("destroy") }
        #expect(manifest.drillDays == ["destroy": 2])
        manifest.set("other") { $0.sideEffects = Sourced(false) }
        #expect(manifest.drillDays == ["destroy": 30])
    }

    @Test func `nothing is drilled that no action relies on, or that names no drill`() {
        var manifest = DrillPlanTests.manifest
        manifest.operations["erase"]?.drill = ["write"]
        #expect(manifest.drillDays.keys.sorted() == ["destroy"])
        manifest.operations["destroy"]?.drill = nil
        #expect(plan(manifest) == DrillPlan(due: [], next: nil))
        manifest = DrillPlanTests.manifest
        manifest.operations["destroy"]?.executor = nil
        #expect(plan(manifest) == DrillPlan(due: [], next: nil))
    }

    @Test func `a failed drill is tried again after a minute, doubled each time, within bounds`() {
        let minutes = (1...12).map { DrillPlan.pause($0, of: DrillPlanTests.days30).seconds / 60 }
        #expect(minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360])
        // Few days leave little time: a sixteenth of them, and never a tight circle.
        #expect(DrillPlan.pause(9, of: Span(seconds: 160)) == Span(seconds: 10))
        #expect(DrillPlan.pause(1, of: .zero) == Span(seconds: 1))
        #expect(DrillPlan.pause(.max, of: DrillPlanTests.days30) == Span(minutes: 360))

        let soon = plan(drills: DrillPlanTests.failed(3))
        #expect(soon == DrillPlan(due: [], next: .noon + Span(minutes: 4)))
        let later = plan(drills: DrillPlanTests.failed(3, ago: Span(minutes: 4)))
        #expect(later == DrillPlan(due: ["destroy"], next: nil))
    }

    @Test func `a failure by hand does not bring a good proof forward or put it off`() {
        let age = DrillPlanTests.days30.share(0.75)
        let hour = Span(minutes: 60)
        let drills = DrillPlanTests.failed(2, ago: hour)
        #expect(plan(proven: hour, drills: drills).next == .noon + age - hour)
        #expect(plan(proven: age, drills: drills).due == ["destroy"])
    }

    @Test func `a drill that a stop cut short is simply due again`() {
        var drills = Drills()
        drills.end("k", at: .noon, error: "the service stopped", isLost: true)
        #expect(plan(drills: ["destroy": drills]).due == ["destroy"])
    }

    @Test func `nothing is due while a drill runs, or while everything is halted`() {
        var drills = Drills()
        drills.running = Drills.Running(step: "s", key: "k", startedAt: .noon)
        #expect(plan(drills: ["erase": drills]) == DrillPlan(due: [], next: nil))
        var halts = Halts()
        halts.everything = Halt(reason: "fire", by: "ann", at: .noon)
        #expect(plan(halts: halts) == DrillPlan(due: [], next: nil))
    }

    @Test func `an undo is unproven exactly when the gate says so`() throws {
        let manifest = DrillPlanTests.manifest
        let edge = Instant.noon - DrillPlanTests.days30
        let proofs: [[String: Instant]] = [
            [:], ["destroy": edge], ["destroy": edge - Span(milliseconds: 1)],
        ]
        for provenAt in proofs {
            let request = GateRequest(
                action: "deploy",
                arguments: [:],
                risk: nil,
                agent: "bot",
                depth: 0,
                provenAt: provenAt,
                now: .noon,
                separation: .enforced
            )
            let reasons = try manifest.resolveGate(request).reasons
            let unproven = manifest.unprovenOperations(provenAt: provenAt, at: .noon)
            #expect((reasons == [.undoUnproven]) == (unproven == ["destroy"]), "\(provenAt)")
        }
        #expect(manifest.unprovenOperations(provenAt: proofs[1], at: .noon).isEmpty)
    }

    @Test func `the proof that runs out first is renewed first`() {
        var manifest = DrillPlanTests.manifest
        manifest.operations["erase"]?.drill = ["write"]
        manifest.set("note") { $0.undoDrillDays = Sourced(10) }
        let plan = manifest.drillPlan(
            provenAt: [
                "destroy": .noon - Span(seconds: 29 * 86_400),
                "erase": .noon - Span(seconds: 9.5 * 86_400),
            ],
            drills: [:],
            at: .noon
        )
        #expect(plan.due == ["erase", "destroy"])
    }
}
