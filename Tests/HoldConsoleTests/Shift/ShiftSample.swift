import HoldCore
import TestAccounts

@testable import HoldConsole

/// What a shift looks like in the pictures.
enum ShiftSample {
    static let asked = ActivityLine(
        sequence: 12,
        at: Scene.night + Span(seconds: -130),
        user: nil,
        what: "asked",
        workflow: WorkflowKey("docs-sync-7f2"),
        number: 4829,
        action: "git.push",
        kind: .asked
    )

    // MARK: - Figures

    static func row(
        _ name: String,
        _ items: Int,
        approved: Int,
        rejected: Int,
        expired: Int = 0,
        p50: Double = 130,
        p95: Double = 584
    ) -> FigureLine {
        var row = FigureLine(name: name)
        row.items = items
        row.approved = approved
        row.modified = min(approved, 2)
        row.rejected = rejected
        row.expired = expired
        row.pending = max(items - approved - rejected - expired, 0)
        row.escalated = expired
        row.undone = rejected / 3
        row.undoFailed = name == "onboard-hr-7f2" ? 1 : 0
        row.risks = [.low: items / 2, .medium: items / 4, .high: items / 5, .irreversible: 1]
        row.latency = LatencyFigures(
            p50: Span(seconds: p50),
            p90: Span(seconds: p95 * 0.8),
            p95: Span(seconds: p95),
            p99: Span(seconds: p95 * 1.4),
            longest: Span(seconds: p95 * 1.6)
        )
        return row
    }

    static let figures: Figures = {
        let waits: [(Int, Double?)] = [
            (4, 180), (3, 215), (2, nil), (6, 260), (5, 440), (4, 240), (7, 310), (3, 180),
            (2, 612), (9, 735), (8, 640), (5, 300), (4, 255), (3, 190), (7, 480), (5, 230),
            (11, 205), (8, 240),
        ]
        let first = Scene.night + Span(minutes: -177) + Span(seconds: -22)
        var figures = Figures(
            since: Scene.night + Span(minutes: -480),
            until: Scene.night,
            total: row("total", 52, approved: 29, rejected: 12, expired: 4),
            waits: waits.enumerated().map { index, wait in
                WaitFigure(
                    at: first + Span(minutes: Double(index) * 10),
                    opened: wait.0,
                    decided: wait.1 == nil ? 0 : wait.0,
                    p95: wait.1.map { Span(seconds: $0) }
                )
            },
            depth: DepthFigures(deepestNow: 7, deepest: 9, mean: 2.4),
            signs: ReviewSigns(
                decided: 41,
                quick: 3,
                quickHigh: 1,
                longestRun: 9,
                shares: [
                    .init(riskClass: .irreversible, decided: 5, approved: 1),
                    .init(riskClass: .high, decided: 12, approved: 5),
                    .init(riskClass: .medium, decided: 10, approved: 8),
                    .init(riskClass: .low, decided: 23, approved: 22),
                ],
                most: .init(action: "git.push", riskClass: .low, approved: 22, of: 29)
            )
        )
        figures.tables[.workflow] = [
            row("infra-agent-7f2", 14, approved: 11, rejected: 2, p50: 10, p95: 401),
            row("refund-bot-7f2", 9, approved: 4, rejected: 3, expired: 1, p50: 73, p95: 584),
            row("mail-drafter-7f2", 7, approved: 4, rejected: 1, expired: 2, p50: 199, p95: 680),
            row("db-janitor-7f2", 6, approved: 4, rejected: 2, p50: 136, p95: 454),
            row("docs-sync-7f2", 6, approved: 6, rejected: 0, p50: 22, p95: 108),
            row("crm-merge-7f2", 5, approved: 1, rejected: 1, expired: 1, p50: 85, p95: 385),
            row("onboard-hr-7f2", 5, approved: 2, rejected: 3, p50: 34, p95: 316),
        ]
        figures.tables[.action] = [
            row("git.push", 22, approved: 22, rejected: 0, p50: 4, p95: 31),
            row("terraform.apply", 14, approved: 5, rejected: 6, p50: 240, p95: 735),
            row("refund.create", 9, approved: 2, rejected: 3, expired: 3, p50: 180, p95: 612),
        ]
        figures.tables[.reviewer] = [
            row("alice", 41, approved: 29, rejected: 12, p50: 130, p95: 584),
            row("bob", 9, approved: 7, rejected: 2, p50: 61, p95: 300),
        ]
        figures.tables[.hour] = [
            (19, 3), (20, 5), (21, 9), (22, 2), (23, 8), (0, 11), (1, 6), (2, 8),
        ]
        .map { hour, items in
            row(
                hour < 10 ? "0\(hour)" : "\(hour)",
                items,
                approved: items / 2,
                rejected: 1,
                p95: Double(items * 55)
            )
        }
        figures.tables[.agent] = [row("infra-agent", 14, approved: 11, rejected: 2)]
        return figures
    }()

    // MARK: - The hand-off

    static let handoff: Handoff = {
        var claimed = Sample.items[8]
        claimed.claimedUntil = Scene.night + Span(minutes: 6)
        var own = Sample.index
        own.claimedUntil = Scene.night + Span(minutes: 9)
        return Handoff(
            notes: [
                Handoff.Note(
                    by: "carol",
                    text:
                        "watch cost-cutter: it sits at its limit\nrefund limits were raised, see OPS-5512",
                    at: Scene.night + Span(minutes: -23)
                ),
                Handoff.Note(
                    by: "dana",
                    text: "payroll run ends at 04:00Z; its undo stays stuck until then",
                    at: Scene.night + Span(minutes: -190)
                ),
            ],
            pending: 9,
            urgent: 2,
            oldest: Scene.night + Span(minutes: -8),
            claimed: [claimed, own],
            snoozed: [
                Handoff.Snoozed(
                    by: "carol",
                    until: Scene.night + Span(minutes: 21),
                    item: Sample.items[3]
                )
            ],
            stuck: [Sample.stuckWorkflows[8]],
            counts: ["claimed": 2, "snoozed": 1, "stuck": 1, "unwinding": 0]
        )
    }()
}

/// The pictures of a shift.
enum ShiftShot: String, CaseIterable, Sendable {
    case stats
    case statsByAction = "stats-by-action"
    case statsMissing = "stats-missing"
    case handoff
    case notifications
    case snooze
    case snoozed
    case note
    case handoffNote = "handoff-note"
    case lastMinute = "last-minute"
    case readOnly = "read-only"
    case following
    case unanswered = "disconnected-unanswered"
    case allSnoozed = "empty-snoozed"

    func scene(_ size: Size, glyphs: GlyphSet = .unicode) -> Scene {
        if self == .allSnoozed { return allSnoozed(size, glyphs) }
        var scene = Scene(size, glyphs: glyphs)
        scene.send(.shift(.handoff(ShiftSample.handoff)))
        switch self {
        case .stats:
            scene.press(.character("S"))
            scene.answerFigures(ShiftSample.figures)
        case .statsByAction:
            scene.press(.character("S"), .character("3"))
            scene.answerFigures(ShiftSample.figures)
            scene.press(.tab, .character("j"))
        case .statsMissing:
            scene.press(.character("S"))
            scene.failFigures("stats.get: there is no such method")
        case .handoff: scene.press(.character("H"))
        case .notifications: tellALot(&scene)
        case .snooze:
            scene.press(.character("j"), .character("j"), .character("s"), .character("j"))
        case .snoozed: snoozed(&scene)
        case .note:
            scene.press(.character("i"))
            scene.type("ask dana first")
            scene.press(.enter)
            scene.type("backup job: OPS-5512")
        case .handoffNote:
            scene.press(.character("H"), .character("i"))
            scene.type("4826 waits for the backup")
        case .lastMinute: lastMinute(&scene)
        case .readOnly:
            scene.pass(Span(seconds: 1))
            scene.send(.shift(.health(.readOnly("the disk is full."))))
            scene.pass(Span(seconds: 16))
            scene.send(.heard(serviceTime: nil))
        case .following: scene.press(.character("F"))
        case .unanswered: unanswered(&scene)
        case .allSnoozed: break
        }
        scene.paint()
        return scene
    }

    private func tellALot(_ scene: inout Scene) {
        scene.send(.disconnected(cause: "connect: connection refused (ECONNREFUSED)"))
        scene.pass(Span(seconds: 30))
        scene.send(.connected(Connection(place: "prod", user: "alice", separation: .enforced)))
        scene.pass(Span(seconds: 12))
        scene.send(.requestFailed("the service did not answer in time"))
        for _ in 0..<2 { scene.send(.requestFailed("the service did not answer in time")) }
        scene.show(
            Sample.items + [
                Sample.item(4840, "refund-bot", "refund.create", "9 USD", .irreversible, left: 600)
            ]
        )
        scene.pass(Span(seconds: 70))
        scene.press(.character("!"), .character("j"), .character("j"))
    }

    private func snoozed(_ scene: inout Scene) {
        scene.press(.character("Z"))
        var items = Sample.items
        items[3].snoozedUntil = Scene.night + Span(minutes: 9)
        items[1].claimedUntil = Scene.night + Span(minutes: 2)
        scene.show(items, counts: ["snoozed": 1])
    }

    private func lastMinute(_ scene: inout Scene) {
        scene.pass(Span(seconds: 133))
        scene.send(.heard(serviceTime: nil))
    }

    private func unanswered(_ scene: inout Scene) {
        scene.press(.character("r"), .character("3"), .control("s"))
        scene.send(.disconnected(cause: "connect: connection refused (ECONNREFUSED)"))
        scene.pass(Span(seconds: 41))
        scene.send(.retryFailed(cause: "connect: connection refused (ECONNREFUSED)", next: .zero))
        scene.pass(Span(seconds: 6))
    }

    private func allSnoozed(_ size: Size, _ glyphs: GlyphSet) -> Scene {
        var scene = Scene(size, glyphs: glyphs, items: [])
        scene.send(.activityHappened([ShiftSample.asked]))
        scene.show([], counts: ["snoozed": 2])
        scene.paint()
        return scene
    }
}

extension Scene {
    /// Answers the figures that were asked for last.
    mutating func answerFigures(_ figures: Figures) {
        for request in model.courtesies.underWay where request.isFigures {
            send(.shift(.figures(request, figures)))
        }
        paint()
    }

    mutating func failFigures(_ why: String) {
        for request in model.courtesies.underWay where request.isFigures {
            send(.shift(.failed(request, why)))
        }
        paint()
    }

    /// Answers the console's question for the queue, with more counts.
    mutating func show(_ items: [QueueItem], counts: [String: Int]) {
        let query = model.queue.asked ?? QueueQuery(offset: 0, limit: 100)
        var window = Sample.window(items, for: query)
        window.counts.merge(counts) { $1 }
        send(.queueChanged(window))
    }
}
