import Testing

@testable import HoldCore

/// Figures worked out from items, and who may see which of them.
struct ReviewFiguresTests {
    private static let noon = Instant(milliseconds: 1_763_719_200_000)

    private func record(
        _ number: Int64,
        _ state: ItemState = .approved,
        by reviewer: String? = "alice",
        wait: Double = 60,
        opened minutesAgo: Double = 30,
        _ riskClass: RiskClass = .low,
        action: String = "push",
        workflow: String = "w",
        isModified: Bool = false,
        escalations: Int = 0,
        undo: UndoLink.State? = nil
    ) -> ItemRecord {
        let created = Self.noon - Span(minutes: minutesAgo)
        return ItemRecord(
            number: number,
            workflow: workflow,
            action: action,
            agent: "agent",
            riskClass: riskClass,
            state: state,
            isModified: isModified,
            escalations: escalations,
            createdAt: created,
            decidedAt: state.isPending ? nil : created + Span(seconds: wait),
            decidedBy: reviewer,
            undoState: undo
        )
    }

    private func figures(_ records: [ItemRecord], for asker: String? = "alice") -> ReviewFigures {
        var figures = ReviewFigures(until: Self.noon, for: asker)
        for record in records { figures.add(record) }
        return figures
    }

    @Test func `percentiles are the nearest rank`() throws {
        let hundred = try #require(Percentiles(of: (1...100).map { Span(seconds: Double($0)) }))
        #expect(hundred.p50.seconds == 50 && hundred.p90.seconds == 90)
        #expect(hundred.p95.seconds == 95 && hundred.p99.seconds == 99)
        #expect(hundred.max.seconds == 100)
        let three = try #require(Percentiles(of: [3, 1, 2].map { Span(seconds: $0) }))
        #expect(three.p50.seconds == 2 && three.p90.seconds == 3)
        let one = try #require(Percentiles(of: [Span(seconds: 7)]))
        #expect(one.p50 == one.p99)
        #expect(Percentiles(of: []) == nil)
    }

    @Test func `every item is counted once in each table`() throws {
        let figures = figures([
            record(1), record(2, .rejected, undo: .undone), record(3, .timeout, by: nil),
            record(4, .withdrawn, by: nil), record(5, .pendingReview, by: nil, .irreversible),
            record(6, isModified: true, escalations: 2), record(7, by: "bob", action: "drop"),
            record(8, .rejected, by: "bob", workflow: "v", undo: .skipped),
        ])
        let total = figures.total
        #expect(total.items == 8 && total.pending == 1)
        #expect(total.approved == 3 && total.modified == 1 && total.rejected == 2)
        #expect(total.timeout == 1 && total.withdrawn == 1 && total.escalated == 1)
        #expect(total.undone == 1 && total.undoFailed == 1)
        #expect(total.risk == [.low: 7, .irreversible: 1])
        #expect(total.decided == 5)
        #expect(figures.byAction.map(\.name) == ["push", "drop"])
        #expect(figures.byAction.map(\.row.items) == [7, 1])
        #expect(figures.byReviewer.map(\.name) == ["alice", "bob"])
        #expect(figures.byReviewer.map(\.row.items) == [3, 2])
        #expect(figures.byWorkflow.map(\.name) == ["w", "v"])
        #expect(figures.byAgent.map(\.row.items) == [8])
        #expect(figures.byHour.reduce(0) { $0 + $1.row.items } == 8)
    }

    @Test func `what nobody decided has no waiting time`() {
        let figures = figures([record(1, .timeout, by: nil), record(2, .pendingReview, by: nil)])
        #expect(figures.total.latency == nil)
    }

    @Test func `waiting times stand in full ten minutes, three hours back`() {
        let figures = figures([
            record(1, wait: 60, opened: 5), record(2, wait: 600, opened: 15),
            record(3, wait: 1, opened: 190), record(4, .pendingReview, by: nil, opened: 165),
        ])
        let waits = figures.waits
        #expect(waits.count == 18)
        #expect(waits.allSatisfy { $0.at.milliseconds % 600_000 == 0 })
        #expect(
            waits.last.map { $0.at <= Self.noon && Self.noon < $0.at + ReviewFigures.stretch }
                == true
        )
        #expect(waits.reduce(0) { $0 + $1.row.items } == 3)
        #expect(waits.reduce(0) { $0 + $1.row.decided } == 2)
        #expect(waits.compactMap { $0.row.latency?.max.seconds }.max() == 600)
    }

    @Test func `signs of rubber-stamping are told to whom they concern alone`() throws {
        let records = [
            record(1, wait: 2), record(2, wait: 6), record(3, wait: 19, .high),
            record(4, .rejected, wait: 3), record(5, wait: 100, opened: 20),
            record(6, by: "bob", wait: 1, .irreversible),
        ]
        let signs = try #require(figures(records).signs)
        #expect(signs.decided == 5 && signs.quick == 2 && signs.quickHigh == 1)
        #expect(signs.classes.map(\.riskClass) == [.high, .low])
        #expect(signs.classes.map(\.decided) == [1, 4])
        #expect(signs.classes.map(\.approved) == [1, 3])
        #expect(signs.mostApproved?.approved == 3 && signs.mostApproved?.of == 4)
        #expect(figures(records, for: "bob").signs?.quickHigh == 1)
        #expect(figures(records, for: "carol").signs == nil)
        #expect(figures(records, for: nil).signs == nil)
    }

    @Test func `a rejection or an edit ends a run of approvals`() {
        let order: [(ItemState, Bool)] = [
            (.approved, false), (.approved, false), (.rejected, false), (.approved, false),
            (.approved, false), (.approved, false), (.approved, true), (.approved, false),
        ]
        let records = zip(Int64(1)..., order).map { number, kind in
            record(number, kind.0, opened: Double(60 - number), isModified: kind.1)
        }
        #expect(figures(records.shuffled()).signs?.longestApprovalRun == 3)
    }

    @Test func `times before 1970 have their hour too`() {
        var early = record(1)
        early.createdAt = Instant(milliseconds: -1)
        #expect(figures([early]).byHour.map(\.hour) == [23])
    }
}
