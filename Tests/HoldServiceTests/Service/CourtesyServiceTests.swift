import Foundation
import HoldClient
import HoldCore
import HoldService
import HoldWire
import Testing

/// Claims, snoozes, notes and the hand-off over real sockets.
@Suite(.timeLimit(.minutes(20))) struct CourtesyServiceTests {
    private let item = WireItemReference(workflow: "w", step: "w/1")

    private func house() async throws -> (ServiceFixture, ReviewClient) {
        let house = try await ServiceFixture()
        _ = try await house.agent().propose(.make("w", "w/1", "drop_table"))
        return (house, try await house.reviewer())
    }

    @Test func `a claim is on every screen, and leaves it by itself`() async throws {
        let (house, reviewer) = try await house()
        var windows = try await reviewer.subscribe(QueueQuery()).makeAsyncIterator()
        #expect(await windows.next()?.items.first?.claimedBy == nil)

        let claim = try await reviewer.claim(item)
        #expect(claim.claimedBy != nil)
        var shown = await windows.next()
        while let window = shown, window.items.first?.claimedBy == nil {
            shown = await windows.next()
        }
        #expect(shown?.items.first?.claimedUntil == claim.claimedUntil)

        _ = try await reviewer.release(item)
        _ = try await reviewer.claim(item, seconds: 0.5)
        let seq = try await reviewer.list(QueueQuery()).seq
        while let window = shown, window.seq < seq || window.items.first?.claimedBy != nil {
            shown = await windows.next()
        }
        // No event told of its end.
        #expect(shown?.items.first?.claimedUntil == nil && shown?.seq == seq)
        #expect(try await reviewer.item(item).summary.claimedUntil == nil)
        #expect(try await reviewer.handoff().claimed.isEmpty)
        await house.service.stop()
        house.remove()
    }

    @Test func `a claim is renewed, told everywhere, and given up`() async throws {
        let (house, reviewer) = try await house()
        let first = try await reviewer.claim(item)
        let second = try await reviewer.claim(item, seconds: 1200)
        let (one, two) = (try #require(first.claimedUntil), try #require(second.claimedUntil))
        #expect(one < two)
        #expect(try await reviewer.list(QueueQuery()).items.first?.claimedUntil == two)
        #expect(try await reviewer.item(item).summary.claimedUntil == two)
        #expect(try await reviewer.workflow("w").items.first?.claimedUntil == two)
        #expect(try await reviewer.handoff().claimed.map(\.claimedUntil) == [two])
        #expect(try await reviewer.release(item) == WireClaim())
        #expect(try await reviewer.release(item) == WireClaim())
        #expect(try await reviewer.list(QueueQuery()).items.first?.claimedBy == nil)
        await #expect(throws: ClientError.self) { try await reviewer.claim(item, seconds: 0) }
        await house.service.stop()
        house.remove()
    }

    @Test func `what one puts off comes back by itself, and is counted meanwhile`() async throws {
        let (house, reviewer) = try await house()
        var windows = try await reviewer.subscribe(QueueQuery()).makeAsyncIterator()
        #expect(await windows.next()?.items.count == 1)

        _ = try await reviewer.snooze(item, seconds: 600)
        var shown = await windows.next()
        while let window = shown, !window.items.isEmpty { shown = await windows.next() }
        #expect(shown?.total == 0 && shown?.counts["snoozed"] == 1 && shown?.counts["open"] == 1)
        let all = try await reviewer.list(QueueQuery(snoozed: true))
        #expect(all.total == 1)
        let until = try await reviewer.snooze(item, seconds: 0.5).until
        while let window = shown, window.items.isEmpty { shown = await windows.next() }
        #expect(shown?.total == 1 && shown?.counts["snoozed"] == 0)
        #expect(shown?.items.first?.snoozedUntil == nil)

        // For longer than it has: until two minutes before its deadline.
        let late = try await reviewer.snooze(item, seconds: 1e9).until
        let detail = try await reviewer.item(item).summary
        #expect(late == detail.deadline - Span(minutes: 2) && late > until)
        #expect(detail.snoozedUntil == late)
        let handoff = try await reviewer.handoff()
        #expect(handoff.snoozed.map(\.until) == [late] && handoff.counts["snoozed"] == 1)
        _ = try await reviewer.snooze(item, seconds: 0)
        #expect(try await reviewer.list(QueueQuery()).total == 1)
        await house.service.stop()
        house.remove()
    }

    @Test func `a note is in the item's history, and nothing that its agent sees`() async throws {
        let (house, reviewer) = try await house()
        let said = "unused since March \u{202E}"
        let noted = try await reviewer.note(item, text: said)
        #expect(try await reviewer.note(item, text: said) == noted)
        let entries = try await reviewer.item(item).history.filter { $0.what == "noted" }
        #expect(entries.map(\.reason) == [said] && entries.map(\.at) == [noted.at])
        #expect(entries.first?.actor.kind == .reviewer)
        let seen = try await house.agent().workflow("w")
        #expect(seen.events.isEmpty && seen.items.isEmpty && seen.steps.count == 1)
        #expect(try await !reviewer.workflow("w").events.isEmpty)

        _ = try await reviewer.decide("w", "w/1", .reject, reason: "no")
        for command in [
            { _ = try await reviewer.note(item, text: "late") },
            { _ = try await reviewer.claim(item) },
            { _ = try await reviewer.snooze(item, seconds: 60) },
        ] as [() async throws -> Void] {
            do {
                try await command()
                Issue.record("said of what is decided")
            } catch ClientError.refused(let refusal) {
                #expect(refusal.refusalCode == .alreadyDecided)
            }
        }
        await house.service.stop()
        house.remove()
    }

    @Test func `a hand-off holds the shift's notes, the newest first`() async throws {
        let (house, reviewer) = try await house()
        let first = try await reviewer.leaveHandoff("one").at
        for text in ["two", "three"] { _ = try await reviewer.leaveHandoff(text) }
        let handoff = try await reviewer.handoff()
        #expect(handoff.notes.map(\.text) == ["three", "two", "one"])
        #expect(handoff.pending == 1 && handoff.urgent == 1 && handoff.oldest != nil)
        #expect(handoff.stuck.isEmpty && handoff.unwinding.isEmpty)
        let newer = try await reviewer.handoff(since: first).notes
        #expect(newer.allSatisfy { $0.at > first } && !newer.contains { $0.text == "one" })
        let events = try await reviewer.audit(AuditList.Params(after: 0)).events
        #expect(events.count { $0.type == "shift_noted" } == 3)
        #expect(try await reviewer.verifyAudit().ok)
        await house.service.stop()
        house.remove()
    }
}
