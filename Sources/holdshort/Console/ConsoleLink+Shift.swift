import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// What the console asks besides decisions: claims, snoozes, notes, the hand-off and the figures.
extension ConsoleLink {
    /// Asks, and leaves the answer in the inbox; each request has exactly one.
    func perform(_ request: ShiftRequest) {
        Task { [client, inbox] in
            do throws(ClientError) {
                inbox.put(.shift(try await ConsoleLink.answer(to: request, from: client)))
            } catch {
                inbox.put(.shift(.failed(request, ConsoleLink.sentence(for: error))))
            }
        }
    }

    private static func answer(
        to request: ShiftRequest,
        from client: ReviewClient
    ) async throws(ClientError) -> ShiftAnswer {
        switch request {
        case .claim(let item):
            let claim = try await client.claim(WireItemReference(item))
            return .claimed(request, by: claim.claimedBy, until: claim.claimedUntil)
        case .release(let item):
            let claim = try await client.release(WireItemReference(item))
            return .claimed(request, by: claim.claimedBy, until: claim.claimedUntil)
        case .snooze(let item, let span):
            let reply = try await client.snooze(WireItemReference(item), seconds: span.seconds)
            return .snoozed(request, until: reply.until)
        case .note(let item, let text):
            _ = try await client.note(WireItemReference(item), text: text)
            return .noted(request)
        case .loadHandoff: return .handoff(HoldConsole.Handoff(try await client.handoff()))
        case .leaveHandoff(let text):
            _ = try await client.leaveHandoff(text)
            return .noted(request)
        case .loadFigures(let since):
            return .figures(request, Figures(try await client.stats(since: since)))
        }
    }

    /// What the service says of a refusal, without its codes.
    private static func sentence(for error: ClientError) -> String {
        guard case .refused(let refusal) = error else { return error.description }
        return refusal.message
    }
}

extension ServiceHealth {
    /// How the service says it is.
    init(_ status: ServiceStatus.Reply) {
        let why = status.troubles.first ?? "its store cannot be written."
        self = status.readOnly ? .readOnly(why) : .well
    }
}

extension HoldConsole.Handoff {
    init(_ handoff: WireHandoff) {
        self.init(
            notes: handoff.notes.map { Note(by: $0.by, text: $0.text, at: $0.at) },
            pending: handoff.pending,
            urgent: handoff.urgent,
            oldest: handoff.oldest,
            claimed: handoff.claimed.map { QueueItem($0) },
            snoozed: handoff.snoozed.map {
                Snoozed(by: $0.by, until: $0.until, item: QueueItem($0.item))
            },
            stuck: handoff.stuck.map { WorkflowLine($0) },
            unwinding: handoff.unwinding.map { WorkflowLine($0) },
            counts: handoff.counts
        )
    }
}

extension Figures {
    init(_ reply: StatsGet.Reply) {
        self.init(
            since: reply.since,
            until: reply.until,
            total: FigureLine(reply.total),
            tables: [
                .workflow: reply.byWorkflow.map { FigureLine($0) },
                .action: reply.byAction.map { FigureLine($0) },
                .reviewer: reply.byReviewer.map { FigureLine($0) },
                .hour: reply.byHour.map { FigureLine($0) },
                .agent: reply.byAgent.map { FigureLine($0) },
            ],
            waits: reply.waits.map {
                WaitFigure(
                    at: $0.at,
                    opened: $0.opened,
                    decided: $0.count,
                    p95: $0.p95.map { Span(seconds: $0) }
                )
            },
            depth: DepthFigures(
                deepestNow: reply.depth.current,
                deepest: reply.depth.max,
                mean: reply.depth.mean
            ),
            signs: reply.signs.map { HoldConsole.ReviewSigns($0) }
        )
    }
}

extension FigureLine {
    init(_ row: WireStatsRow) {
        self.init(name: row.name)
        items = row.items
        pending = row.pending
        approved = row.approved
        modified = row.modified
        rejected = row.rejected
        expired = row.timeout
        withdrawn = row.withdrawn
        escalated = row.escalated
        undone = row.undone
        undoFailed = row.undoFailed
        for (name, count) in row.risk {
            if let riskClass = RiskClass(rawValue: name) { risks[riskClass] = count }
        }
        latency = row.latency.map { latency in
            LatencyFigures(
                p50: Span(seconds: latency.p50),
                p90: Span(seconds: latency.p90),
                p95: Span(seconds: latency.p95),
                p99: Span(seconds: latency.p99),
                longest: Span(seconds: latency.max)
            )
        }
    }
}

extension HoldConsole.ReviewSigns {
    init(_ signs: WireReviewSigns) {
        self.init(
            decided: signs.decided,
            quick: signs.quick,
            quickHigh: signs.quickHigh,
            longestRun: signs.longestApprovalRun,
            shares: signs.classes.map {
                Share(
                    riskClass: RiskClass(rawValue: $0.riskClass.rawValue) ?? .high,
                    decided: $0.decided,
                    approved: $0.approved
                )
            },
            most: signs.mostApproved.map {
                Most(
                    action: $0.action,
                    riskClass: RiskClass(rawValue: $0.riskClass.rawValue) ?? .high,
                    approved: $0.approved,
                    of: $0.of
                )
            }
        )
    }
}
