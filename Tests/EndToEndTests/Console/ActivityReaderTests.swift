import HoldConsole
import HoldCore
import HoldWire
import TestAccounts
import Testing

@testable import holdshort

/// What the journal tells people.
@Suite struct ActivityReaderTests {
    private func event(
        _ seq: Int,
        _ type: String,
        _ data: JSONValue = ["step": "wf-1/1"]
    ) -> WireAuditEvent {
        WireAuditEvent(
            seq: seq,
            account: .bots,
            workflow: "wf-1",
            version: seq,
            type: type,
            at: Instant(milliseconds: 1_790_000_000_000),
            actor: Actor(kind: .reviewer, user: "alice", uid: 1000),
            data: data,
            previous: "",
            hash: ""
        )
    }

    @Test func `the activity begins with the newest, the oldest of them first`() {
        var reader = ActivityReader()
        let page = AuditList.Reply(
            events: [event(7, "undo_stuck"), event(3, "item_escalated")],
            seq: 90
        )

        let lines = reader.begin(with: page)

        #expect(lines.map(\.what) == ["escalated", "UNDO STUCK"])
        #expect(reader.after == 90, "what came after them is of no kind that is told")
    }

    @Test func `an event that came while the answer was made is not read twice`() {
        var reader = ActivityReader()

        _ = reader.begin(with: AuditList.Reply(events: [event(91, "item_opened")], seq: 90))

        #expect(reader.after == 91)
    }

    @Test func `an answer of before does not move where the reading goes on`() {
        var reader = ActivityReader()
        #expect(reader.begin(with: AuditList.Reply(events: [], seq: 90, reached: 40)).isEmpty)

        let lines = reader.begin(with: AuditList.Reply(events: [event(7, "undo_stuck")], seq: 95))

        #expect(lines.count == 1)
        #expect(reader.after == 90)
    }

    @Test func `an empty journal is followed from its beginning`() {
        var reader = ActivityReader()

        #expect(reader.begin(with: AuditList.Reply(events: [], seq: 0)).isEmpty)
        #expect(reader.after == 0)
    }

    @Test func `a number of steps is said as people say it`() {
        var reader = ActivityReader()
        let lines = reader.lines(of: [
            event(1, "unwind_planned", ["steps": ["a"]]),
            event(2, "unwind_planned", ["steps": ["a", "b"]]),
        ])

        #expect(lines.map(\.what) == ["unwinding 1 step", "unwinding 2 steps"])
    }
}
