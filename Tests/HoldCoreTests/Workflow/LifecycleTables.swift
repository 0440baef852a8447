import TestAccounts

@testable import HoldCore

/// Every state against everything that can happen to it, tried out, as the tables of the article.
enum LifecycleTables {
    /// One row: something that can happen, with the terms under which it does.
    struct Row: Sendable {
        var name: String
        var terms: @Sendable (inout ActionSettings) -> Void = { _ in }
        var isLastTier = false
        /// A colleague is on it.
        var isClaimed = false
        var act: @Sendable (inout Scene) throws -> Void
    }

    /// A third person of the first tier, who has said nothing yet.
    static let fay = Peer(uid: 6, user: "fay", groups: ["oncall"])

    // MARK: The item

    static let itemStates: [ItemState] = [
        .pendingReview, .modified, .approved, .rejected, .timeout, .withdrawn,
    ]

    static let itemRows: [Row] = [
        Row(name: "approve, threshold met") { try $0.review("1", .approve, by: fay) },
        Row(name: "approve, one of two", terms: { $0.approvals = Sourced(2) }) {
            try $0.review("1", .approve, by: fay)
        },
        Row(name: "approve, stale digest") {
            try $0.review("1", .approve, by: fay, digest: Digest(of: [UInt8]()))
        },
        Row(name: "reject") { try $0.review("1", .reject, by: fay) },
        Row(name: "modify, `direct`") {
            try $0.review("1", .modify, by: fay, arguments: ["a": 9])
        },
        Row(name: "modify, `reapprove`", terms: { $0.modify = Sourced(.reapprove) }) {
            try $0.review("1", .modify, by: fay, arguments: ["a": 9])
        },
        Row(name: "modify, `forbid`", terms: { $0.modify = Sourced(.forbid) }) {
            try $0.review("1", .modify, by: fay, arguments: ["a": 9])
        },
        Row(name: "escalate, tiers left") {
            try $0.send(.escalate("1", reason: nil), by: .reviewer(fay))
        },
        Row(name: "escalate, last tier", isLastTier: true) {
            try $0.send(.escalate("1", reason: nil), by: .reviewer(fay))
        },
        Row(name: "claim") { try $0.send(.claim("1", nil), by: .reviewer(fay)) },
        Row(name: "claim, while a colleague holds it", isClaimed: true) {
            try $0.send(.claim("1", nil), by: .reviewer(fay))
        },
        Row(name: "approve, while a colleague holds it", isClaimed: true) {
            try $0.review("1", .approve, by: fay)
        },
        Row(name: "release one's own claim", isClaimed: true) {
            try $0.send(.release("1"), by: .ben)
        },
        Row(name: "release a colleague's claim", isClaimed: true) {
            try $0.send(.release("1"), by: .reviewer(fay))
        },
        Row(name: "snooze") {
            try $0.send(.snooze("1", Span(minutes: 3)), by: .reviewer(fay))
        },
        Row(name: "note") { try $0.send(.note("1", "look at the index"), by: .reviewer(fay)) },
        Row(name: "half of the tier's time", act: { try reach(.warning("1"), in: &$0) }),
        Row(name: "deadline, tiers left", act: { try reach(.deadline("1"), in: &$0) }),
        Row(name: "deadline, last tier", isLastTier: true) { try reach(.deadline("1"), in: &$0) },
        Row(name: "the agent withdraws") { try $0.send(.withdraw("1", reason: "no more")) },
        Row(name: "an item it depends on is rejected") { try $0.review("0", .reject, by: fay) },
        Row(name: "an item it depends on is approved") { try $0.review("0", .approve, by: fay) },
        Row(name: "the agent asks for the permit") { try $0.send(.collect("1")) },
        Row(name: "the approval's time ends", act: { try reach(.lease("1"), in: &$0) }),
        Row(name: "the agent reports the run") { try $0.finish("1") },
    ]

    private static func reach(_ kind: Wake.Kind, in scene: inout Scene) throws {
        let due = scene.workflow.wakes.first { $0.kind == kind }?.at
        scene.now = max(scene.now, due ?? scene.now)
        try scene.decide(.timeReached(Wake(at: scene.now, kind: kind)), by: .service)
    }

    /// An item in a state, reached as real ones are.
    private static func scene(in state: ItemState, _ row: Row) throws -> Scene {
        var scene = Scene()
        scene.manifest.set("change", row.terms)
        // The item that it depends on has an hour, so that it is there when this one has run out.
        scene.manifest.set("deploy") { $0.timeout = Sourced(Span(minutes: 120)) }
        if state == .modified { scene.manifest.set("change") { $0.modify = Sourced(.reapprove) } }
        try scene.propose("0", "deploy")
        try scene.propose("1", "change")
        if row.isLastTier { try scene.send(.escalate("1", reason: nil), by: .ann) }
        switch state {
        case .pendingReview: break
        case .modified: try scene.review("1", .modify, arguments: ["a": 2])
        case .approved:
            try scene.review("1", .approve)
            if scene.state("1") != .approved { try scene.review("1", .approve, by: .ben) }
        case .rejected: try scene.review("1", .reject)
        case .timeout: scene.live(Span(minutes: 20))
        case .withdrawn: try scene.send(.withdraw("1", reason: "no more"))
        }
        // Of what is decided there is nothing to claim.
        if row.isClaimed, state.isPending { try scene.send(.claim("1", nil), by: .ben) }
        return scene
    }

    static func itemTable() throws -> String {
        try table(
            corner: "event",
            columns: itemStates.map { "`\($0.rawValue)`" },
            rows: itemRows
        ) { row, column in
            var scene = try scene(in: itemStates[column], row)
            guard scene.state("1") == itemStates[column] else { return "cannot be" }
            return try outcome(of: row, in: &scene) { after, before in
                let state = after.step("1")?.item?.state
                if after.step("1")?.item?.lateReviews != before.step("1")?.item?.lateReviews {
                    return "*already_decided*, kept"
                }
                let item = (after.step("1")?.item, before.step("1")?.item)
                if item.0 == item.1, after.step("1") != before.step("1") {
                    return "`\(state?.rawValue ?? "")`, \(word(for: after.step("1")))"
                }
                if let word = word(for: item.0, since: item.1) {
                    return "`\(state?.rawValue ?? "")`, \(word)"
                }
                return "`\(state?.rawValue ?? "")`"
            }
        }
    }

    /// What people told each other of an item that stands as before.
    private static func word(for item: Item?, since earlier: Item?) -> String? {
        guard let item, let earlier, item.state == earlier.state else { return nil }
        if item.claim != earlier.claim { return item.claim == nil ? "released" : "claimed" }
        if item.snoozes != earlier.snoozes { return "snoozed" }
        return item.notes == earlier.notes ? nil : "noted"
    }

    private static func word(for step: Step?) -> String {
        guard let step else { return "" }
        if step.isWithdrawn { return "step withdrawn" }
        if step.permit != nil { return "permit given" }
        return step.isLeaseOver ? "permit expired" : "changed"
    }

    // MARK: Shape

    /// What a row does to a scene: the new state in words, the refusal's code, or nothing.
    static func outcome(
        of row: Row,
        in scene: inout Scene,
        words: (Workflow, Workflow) -> String
    ) throws -> String {
        let before = scene.workflow
        do {
            try row.act(&scene)
        } catch let refusal as Refusal {
            return scene.workflow == before ? "*\(refusal.word)*" : "changed and refused"
        }
        return scene.workflow == before ? "–" : words(scene.workflow, before)
    }

    static func table(
        corner: String,
        columns: [String],
        rows: [Row],
        cell: (Row, Int) throws -> String
    ) throws -> String {
        var lines = [
            "| \(corner) | " + columns.joined(separator: " | ") + " |",
            "| --- |" + columns.map { _ in " --- |" }.joined(),
        ]
        for row in rows {
            let cells = try columns.indices.map { try cell(row, $0) }
            lines.append("| \(row.name) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}
