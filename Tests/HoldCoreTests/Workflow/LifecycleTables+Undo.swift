import TestAccounts

@testable import HoldCore

/// The undo chain's links, and the chain itself.
extension LifecycleTables {
    // MARK: One link

    private static let linkStates = [
        "recorded", "undo_started", "undo_failed", "undo_failed, stuck", "undone", "skipped",
        "resolved",
    ]

    static let linkRows: [Row] = [
        Row(name: "the agent reports the run") { try $0.finish("1") },
        Row(name: "the agent never started it") { try $0.finish("1", .notStarted) },
        Row(name: "the run's lease ends") { try end(of: .lease("1"), in: &$0) },
        Row(name: "executor: `undone`") { try $0.report("1") },
        Row(name: "executor: `already_undone`") {
            try $0.report("1", .done(.alreadyUndone, detail: nil))
        },
        Row(name: "executor: `not_applied`") {
            try $0.report("1", .done(.notApplied, detail: nil))
        },
        Row(name: "executor: `retry(after)`") {
            try $0.report("1", .retry(after: Span(seconds: 9), "busy"))
        },
        Row(name: "executor: `terminal`") { try $0.report("1", .terminal("never")) },
        Row(name: "refused, retries left") { try $0.report("1", .failed("no")) },
        Row(
            name: "refused, none left",
            act: {
                $0.manifest.operations["destroy"]?.retries = 1
                try $0.report("1", .failed("no"))
            }
        ),
        Row(name: "executor unreachable") { try $0.report("1", .unreachable("away")) },
        Row(name: "time for the next attempt") { try end(of: .undo("1"), in: &$0) },
        Row(name: "a person says retry") {
            try $0.send(.retryUndo("1", reason: "again"), by: .reviewer(fay))
        },
        Row(name: "one of two says skip") {
            try $0.send(.skipUndo("1", reason: "leave it"), by: .reviewer(fay))
        },
        Row(
            name: "two say skip",
            act: {
                try $0.send(.skipUndo("1", reason: "leave it"), by: .reviewer(fay))
                try $0.send(.skipUndo("1", reason: "leave it"), by: .ben)
            }
        ),
        Row(name: "resolved by hand") {
            try $0.send(.resolveUndo("1", reason: "by hand"), by: .reviewer(fay))
        },
    ]

    private static func end(of kind: Wake.Kind, in scene: inout Scene) throws {
        let due = scene.workflow.wakes.first { $0.kind == kind }?.at
        scene.now = max(scene.now, due ?? scene.now)
        try scene.decide(.timeReached(Wake(at: scene.now, kind: kind)), by: .service)
    }

    /// A workflow whose chain stands at the link of step 1, an older one behind it.
    private static func scene(atLink column: Int) throws -> Scene {
        var scene = Scene()
        try scene.propose("0", "deploy")
        try scene.finish("0")
        try scene.propose("1", "change")
        try scene.review("1", .approve)
        try scene.send(.collect("1"))
        if column > 0 { try scene.finish("1") }
        try scene.review("0", .reject)
        switch column {
        case 2: try scene.report("1", .unreachable("away"))
        case 3, 5, 6: try scene.report("1", .terminal("never"))
        case 4: try scene.report("1")
        default: break
        }
        if column == 5 {
            try scene.send(.skipUndo("1", reason: "leave it"), by: .ann)
            try scene.send(.skipUndo("1", reason: "leave it"), by: .ben)
        }
        if column == 6 { try scene.send(.resolveUndo("1", reason: "by hand"), by: .ann) }
        return scene
    }

    static func linkTable() throws -> String {
        try table(corner: "event", columns: linkStates.map { "`\($0)`" }, rows: linkRows) {
            row,
            column in
            var scene = try scene(atLink: column)
            let wanted = linkStates[column].split(separator: ",").first.map(String.init)
            guard scene.link("1")?.rawValue == wanted else { return "cannot be" }
            return try outcome(of: row, in: &scene) { after, before in
                let link = after.step("1")?.link.state.rawValue ?? ""
                let isChanged = after.phase != before.phase
                return "`\(link)`" + (isChanged ? ", chain `\(after.phase.rawValue)`" : "")
            }
        }
    }

    // MARK: The chain

    static let chainRows: [Row] = [
        Row(name: "an agent proposes a step") { try $0.propose("9", "note") },
        Row(name: "a waiting step asks for its permit") { try $0.send(.collect("w")) },
        Row(name: "the step in flight is reported") { try $0.finish("1") },
        Row(name: "another item is approved") { try $0.review("p", .approve, by: fay) },
        Row(name: "another item is rejected") { try $0.review("p", .reject, by: fay) },
        Row(name: "the last undo is reported") { try $0.report("1") },
        Row(name: "the executor refuses for good") { try $0.report("1", .terminal("never")) },
        Row(name: "resolved by hand") {
            try $0.send(.resolveUndo("1", reason: "by hand"), by: .reviewer(fay))
        },
        Row(name: "a person halts the workflow") {
            try $0.send(.halt(.workflow, reason: "stop"), by: .reviewer(fay))
        },
        Row(name: "the agent finishes the workflow") {
            try $0.send(.finishWorkflow(outcome: "done"))
        },
    ]

    /// A chain in a phase: step 1 undone for its own item, `w` approved and waiting, `p` pending.
    private static func scene(in phase: UndoPhase) throws -> Scene {
        var scene = Scene()
        try scene.propose("w", "change")
        try scene.propose("p", "apart")
        try scene.finish("p")
        scene.manifest.set("deploy") { $0.independentOf = Sourced(["apart", "change"]) }
        try scene.propose("1", "deploy")
        try scene.review("w", .approve)
        guard phase != .idle else { return scene }
        if phase != .quiescing { try scene.finish("1") }
        try scene.review("1", .reject)
        switch phase {
        case .idle, .quiescing, .unwinding: break
        case .stuck: try scene.report("1", .terminal("never"))
        case .rolledBack: try scene.report("1")
        case .rolledBackWithExceptions:
            try scene.report("1", .terminal("never"))
            try scene.send(.resolveUndo("1", reason: "by hand"), by: .ann)
        }
        return scene
    }

    static func chainTable() throws -> String {
        let phases = UndoPhase.allCases
        return try table(
            corner: "event",
            columns: phases.map { "`\($0.rawValue)`" },
            rows: chainRows
        ) { row, column in
            var scene = try scene(in: phases[column])
            guard scene.workflow.phase == phases[column] else { return "cannot be" }
            return try outcome(of: row, in: &scene) { after, _ in "`\(after.phase.rawValue)`" }
        }
    }
}
