import HoldCore
import HoldJournal
import HoldWire

/// `stats.get`: what was asked, decided and undone, and how long it took.
extension Session {
    func getStats(_ call: Call) throws(RPCError) {
        let params = try call.params(of: StatsGet.self)
        let now = house.clock.now()
        let asker = peer.user
        house.read(
            { journal throws(JournalFault) in
                let source = try journal.figures(FigureQuery(since: params.since))
                return StatsGet.Reply(source, since: params.since, until: now, for: asker)
            },
            then: later { session, result in
                session.answer(call, StatsGet.self, result) { $0 }
            }
        )
    }
}

extension StatsGet.Reply {
    /// The figures, as one person may see them.
    init(_ source: FigureSource, since: Instant?, until: Instant, for asker: String) {
        var figures = ReviewFigures(until: until, for: asker)
        for record in source.records { figures.add(record) }
        let signs = figures.signs
        self.init(
            since: source.isCut ? source.records.last?.createdAt : since,
            until: until,
            total: WireStatsRow("total", figures.total),
            byAction: figures.byAction.map { WireStatsRow($0.name, $0.row) },
            byReviewer: figures.byReviewer.map { name, figure in
                var row = WireStatsRow(name, figure)
                if name == asker {
                    row.quick = signs?.quick
                    row.longestApprovalRun = signs?.longestApprovalRun
                }
                return row
            },
            byHour: figures.byHour.map { hour, row in
                WireStatsRow(hour < 10 ? "0\(hour)" : "\(hour)", row)
            },
            byWorkflow: figures.byWorkflow.map { WireStatsRow($0.name, $0.row) },
            byAgent: figures.byAgent.map { WireStatsRow($0.name, $0.row) },
            waits: figures.waits.map { at, row in
                let latency = row.latency
                return WireWait(
                    at: at,
                    opened: row.items,
                    count: row.decided,
                    p50: latency?.p50.seconds,
                    p95: latency?.p95.seconds
                )
            },
            depth: WireStatsDepth(
                current: source.depth,
                max: source.depthMax,
                mean: source.depthMean
            ),
            signs: signs.map { WireReviewSigns($0) }
        )
    }
}

extension WireStatsRow {
    init(_ name: String, _ row: FigureRow) {
        self.init(
            name: name,
            items: row.items,
            pending: row.pending,
            approved: row.approved,
            modified: row.modified,
            rejected: row.rejected,
            timeout: row.timeout,
            withdrawn: row.withdrawn,
            escalated: row.escalated,
            undone: row.undone,
            undoFailed: row.undoFailed,
            risk: Dictionary(
                uniqueKeysWithValues: row.risk.map { ($0.key.rawValue, $0.value) }
            ),
            latency: row.latency.map { latency in
                WireLatency(
                    p50: latency.p50.seconds,
                    p90: latency.p90.seconds,
                    p95: latency.p95.seconds,
                    p99: latency.p99.seconds,
                    max: latency.max.seconds
                )
            }
        )
    }
}

extension WireReviewSigns {
    init(_ signs: ReviewSigns) {
        self.init(
            decided: signs.decided,
            quick: signs.quick,
            quickHigh: signs.quickHigh,
            longestApprovalRun: signs.longestApprovalRun,
            classes: signs.classes.map { share in
                WireClassShare(
                    riskClass: WireRiskClass(share.riskClass),
                    decided: share.decided,
                    approved: share.approved
                )
            },
            mostApproved: signs.mostApproved.map { kind in
                WireMostApproved(
                    action: kind.action,
                    riskClass: WireRiskClass(kind.riskClass),
                    approved: kind.approved,
                    of: kind.of
                )
            }
        )
    }
}
