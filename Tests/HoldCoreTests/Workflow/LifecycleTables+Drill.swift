@testable import HoldCore

/// Drills of one operation.
extension LifecycleTables {
    private static let drillStates = ["never drilled", "running", "passed", "failed", "halted"]

    private static func drillRow(
        _ name: String,
        _ report: UndoReport,
        isLost: Bool = false
    ) -> Row {
        Row(name: name) { try $0.endDrill(report, isLost: isLost) }
    }

    static let drillRows: [Row] = [
        Row(name: "a reviewer starts it") { try $0.send(.startDrill("destroy"), by: .ann) },
        Row(name: "somebody without a role starts it") {
            try $0.send(.startDrill("destroy"), by: .reviewer(.eve))
        },
        Row(name: "an agent starts it") { try $0.send(.startDrill("destroy"), by: .bot) },
        Row(name: "it falls due") { try $0.send(.startDrill("destroy"), by: .service) },
        drillRow("executor: `undone`", .done(.undone, detail: nil)),
        drillRow("executor: `already_undone`", .done(.alreadyUndone, detail: nil)),
        drillRow("executor: `not_applied`", .done(.notApplied, detail: nil)),
        drillRow("executor: `retry(after)`", .retry(after: Span(seconds: 9), "busy")),
        drillRow("executor: `terminal`", .terminal("never")),
        drillRow("executor refuses", .failed("no")),
        drillRow("executor unreachable", .unreachable("away")),
        drillRow("a stop cut it short", .done(.undone, detail: nil), isLost: true),
    ]

    private static func scene(ofDrill column: Int) throws -> Scene {
        var scene = DrillTests.scene
        switch column {
        case 1, 2, 3: try scene.send(.startDrill("destroy"), by: .ann)
        case 4: try scene.send(.halt(.everything, reason: "fire"), by: .ann)
        default: break
        }
        if column == 2 { try scene.endDrill() }
        if column == 3 { try scene.endDrill(.failed("no")) }
        return scene
    }

    static func drillTable() throws -> String {
        try table(corner: "event", columns: drillStates, rows: drillRows) { row, column in
            var scene = try scene(ofDrill: column)
            return try outcome(of: row, in: &scene) { after, _ in
                guard let drills = after.drills["destroy"] else { return "changed" }
                if drills.running != nil { return "`drill_started`" }
                guard let last = drills.last else { return "changed" }
                if last.error == nil { return "`drill_passed`" }
                return last.isLost ? "`drill_failed`, lost" : "`drill_failed`"
            }
        }
    }
}
