@testable import HoldCore
import TestAccounts
import Testing

/// Proofs of undos, without an incident.
struct DrillTests {
    /// The control workflow under a manifest in which `destroy` can be drilled.
    static var scene: Scene {
        var scene = Scene()
        scene.workflow = Workflow(id: Workflow.control)
        scene.manifest.operations["destroy"]?.drill = ["create"]
        return scene
    }

    private var scene: Scene { DrillTests.scene }

    @Test func `a drill that undid what was done proves the undo`() throws {
        var scene = scene
        try scene.send(.startDrill("destroy"), by: .ann)
        let key = try #require(scene.workflow.runningDrill?.drill.key)
        scene.now = scene.now + Span(seconds: 3)

        let events = try scene.endDrill(.done(.undone, detail: "gone"))

        #expect(
            events == [
                .drillPassed(DrillPassed(operation: "destroy", key: key, detail: "gone"))
            ]
        )
        let last = try #require(scene.workflow.drills["destroy"]?.last)
        #expect(last.error == nil && last.startedAt == .noon && last.endedAt == scene.now)
        #expect(scene.workflow.runningDrill == nil)
        #expect(try scene.refolded() == scene.workflow)
    }

    @Test(arguments: [
        UndoReport.done(.alreadyUndone, detail: nil), .done(.notApplied, detail: nil),
        .retry(after: Span(seconds: 1), "busy"), .terminal("never"), .failed("no"),
        .unreachable("away"),
    ])
    func `any other answer proves nothing, and says why`(_ report: UndoReport) throws {
        var scene = scene
        try scene.send(.startDrill("destroy"), by: .service)

        let events = try scene.endDrill(report)

        guard case .drillFailed(let data) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(events.count == 1 && !data.isLost && !data.error.isEmpty)
        #expect(scene.workflow.drills["destroy"]?.failures == 1)
        #expect(try scene.refolded() == scene.workflow)
    }

    @Test func `every drill has a key of its own, which is no step's`() throws {
        var scene = scene
        var keys: Set<String> = []
        for _ in 0..<3 {
            try scene.send(.startDrill("destroy"), by: .ann)
            keys.insert(try #require(scene.workflow.runningDrill?.drill.key))
            try scene.endDrill()
        }
        #expect(keys.count == 3)
        #expect(keys.allSatisfy { $0.hasPrefix("destroy/") && $0.hasSuffix("#drill") })
        #expect(Workflow.undoKey(of: "destroy/1#drill", in: "destroy").hasSuffix("#undo"))
    }

    @Test func `one drill runs at a time`() throws {
        var scene = scene
        scene.manifest.operations["erase"]?.drill = ["write"]
        try scene.send(.startDrill("erase"), by: .ann)
        let before = scene.workflow
        let word = refusal { try scene.send(.startDrill("destroy"), by: .service) }?.word
        #expect(word == "conflict")
        #expect(scene.workflow == before)
    }

    @Test func `only who may decide may start one`() throws {
        var scene = scene
        let stranger = Party.reviewer(.eve)
        #expect(
            refusal { try scene.send(.startDrill("destroy"), by: stranger) }?.word == "forbidden"
        )
        #expect(refusal { try scene.send(.startDrill("destroy"), by: .bot) }?.word == "forbidden")
        scene.manifest.roles = [:]
        try scene.send(.startDrill("destroy"), by: stranger)
        #expect(scene.workflow.runningDrill?.operation == "destroy")
    }

    @Test func `what cannot be drilled is refused in a plain sentence`() throws {
        var scene = scene
        #expect(refusal { try scene.send(.startDrill("nothing"), by: .ann) }?.word == "invalid")
        let bare = try #require(refusal { try scene.send(.startDrill("erase"), by: .ann) })
        #expect("\(bare)".contains("names no drill command"))
        scene.manifest.operations["destroy"]?.executor = nil
        let idle = try #require(refusal { try scene.send(.startDrill("destroy"), by: .ann) })
        #expect("\(idle)".contains("names no executor"))
        #expect(scene.workflow.version == 0)
    }

    @Test func `nothing is drilled while everything is halted`() throws {
        var scene = scene
        try scene.send(.halt(.everything, reason: "fire"), by: .ann)
        #expect(refusal { try scene.send(.startDrill("destroy"), by: .ann) }?.word == "halted")
        try scene.send(.resume(.everything, reason: "out"), by: .ann)
        try scene.send(.startDrill("destroy"), by: .ann)
        #expect(scene.workflow.runningDrill != nil)
    }

    @Test func `a drill is recorded in no agent's workflow, and no agent can have its name`() throws
    {
        var scene = scene
        scene.workflow = Workflow(id: "wf")
        #expect(refusal { try scene.send(.startDrill("destroy"), by: .ann) }?.word == "conflict")
        scene.workflow = Workflow(id: Workflow.drill)
        #expect(refusal { try scene.propose("1", "note") }?.word == "forbidden")
    }

    @Test func `a drill that a stop cut short counts neither as passed nor as failed`() throws {
        var scene = scene
        try scene.send(.startDrill("destroy"), by: .ann)

        let events = try scene.endDrill(.done(.undone, detail: nil), isLost: true)

        guard case .drillFailed(let data) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(data.isLost && data.error.contains("taken back"))
        #expect(scene.workflow.drills["destroy"]?.failures == 0)
        #expect(scene.workflow.runningDrill == nil)
    }

    @Test func `a word on a drill that does not run changes nothing`() throws {
        var scene = scene
        try scene.send(.startDrill("destroy"), by: .ann)
        let before = scene.workflow
        let late = Command.reportDrill(key: "other", .done(.undone, detail: nil), isLost: false)
        #expect(refusal { try scene.send(late, by: .service) }?.word == "conflict")
        #expect(scene.workflow == before)
    }
}

extension Scene {
    /// Reports the drill that runs.
    @discardableResult
    mutating func endDrill(
        _ report: UndoReport = .done(.undone, detail: nil),
        isLost: Bool = false
    ) throws(Refusal) -> [Event] {
        let key = workflow.runningDrill?.drill.key ?? "none"
        return try send(.reportDrill(key: key, report, isLost: isLost), by: .service)
    }
}
