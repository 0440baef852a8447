import TestAccounts
import Testing

@testable import HoldCore

/// Claims, snoozes and notes: what colleagues tell each other, and what it never does.
struct CourtesyTests {
    private var scene = Scene()
    private var item: Item? { scene.workflow.step("1")?.item }

    private mutating func pending(_ change: (inout ActionSettings) -> Void = { _ in }) throws {
        scene.manifest.set("change", change)
        try scene.propose("1", "change")
    }

    // MARK: Claims

    @Test mutating func `a claim says who is on an item, and ends by itself`() throws {
        try pending { $0.timeout = Sourced(Span(minutes: 60)) }
        try scene.send(.claim("1", nil), by: .ann)
        let end = scene.now + Span(minutes: 10)
        #expect(item?.claim(at: scene.now) == Claim(by: "ann", uid: 1, until: end))
        #expect(item?.claim(at: end - Span(milliseconds: 1)) != nil)
        let count = scene.journal.count
        scene.wait(Span(minutes: 10))
        #expect(item?.claim(at: scene.now) == nil)
        #expect(scene.journal.count == count, "its end is not recorded")
        #expect(scene.workflow.wakes.allSatisfy { $0.at > scene.now })
    }

    @Test mutating func `a claim never goes past the deadline, and lasts above nothing`() throws {
        try pending { $0.timeout = Sourced(Span(minutes: 4)) }
        try scene.send(.claim("1", Span(minutes: 10)), by: .ann)
        #expect(item?.claim?.until == item?.deadline)
        for span in [Span.zero, Span(seconds: -1), Span(milliseconds: .min)] {
            #expect(refusal { try scene.send(.claim("1", span), by: .ann) }?.word == "invalid")
        }
    }

    @Test mutating func `a claim keeps nobody from deciding, and ends with the decision`() throws {
        try pending { $0.approvals = Sourced(2) }
        try scene.send(.claim("1", nil), by: .ann)
        try scene.review("1", .approve, by: .ben)
        #expect(item?.claim(at: scene.now)?.by == "ann", "one of two reviews is no decision")
        try scene.review("1", .approve)
        #expect(scene.state("1") == .approved && item?.claim == nil)
    }

    @Test mutating func `who comes second is told who holds it, until that has lapsed`() throws {
        try pending()
        try scene.send(.claim("1", Span(minutes: 2)), by: .ann)
        let held = Claim(by: "ann", uid: 1, until: scene.now + Span(minutes: 2))
        #expect(refusal { try scene.send(.claim("1", nil), by: .ben) } == .claimed(held))
        #expect(refusal { try scene.send(.release("1"), by: .ben) } == .claimed(held))
        scene.wait(Span(minutes: 2))
        #expect(try scene.send(.release("1"), by: .ben).isEmpty)
        try scene.send(.claim("1", nil), by: .ben)
        #expect(item?.claim(at: scene.now)?.by == "ben")
    }

    @Test mutating func `claiming again makes it last longer, and never shorter`() throws {
        try pending()
        try scene.send(.claim("1", Span(minutes: 3)), by: .ann)
        let until = item?.claim?.until
        #expect(try scene.send(.claim("1", Span(minutes: 1)), by: .ann).isEmpty)
        #expect(item?.claim?.until == until)
        try scene.send(.claim("1", Span(minutes: 5)), by: .ann)
        #expect(item?.claim?.until == scene.now + Span(minutes: 5))
        try scene.send(.release("1"), by: .ann)
        #expect(item?.claim == nil)
        #expect(try scene.send(.release("1"), by: .ann).isEmpty)
    }

    @Test mutating func `a claim ends when its holder hands on, edits or puts the item off`() throws
    {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.send(.claim("1", nil), by: .ann)
        try scene.review("1", .modify, by: .ben, arguments: ["a": 2])
        #expect(item?.claim?.by == "ann", "a colleague's edit is no end")
        try scene.send(.snooze("1", Span(minutes: 1)), by: .ann)
        #expect(item?.claim == nil)
        try scene.send(.claim("1", nil), by: .ann)
        #expect(item?.snoozes.isEmpty == true, "whoever is on it has it in sight")
        try scene.send(.escalate("1", reason: nil), by: .ben)
        #expect(item?.claim == nil)
    }

    @Test mutating func `an editor's claim ends with the edit that others must approve`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.send(.claim("1", nil), by: .ann)
        try scene.review("1", .modify, arguments: ["a": 2])
        #expect(scene.state("1") == .modified && item?.claim == nil)
    }

    // MARK: Snoozes

    @Test mutating func `a snooze is one person's, and never lasts until an item is urgent`() throws
    {
        try pending()
        let deadline = try #require(item?.deadline)
        try scene.send(.snooze("1", Span(minutes: 60)), by: .ann)
        let until = deadline - Span(minutes: 2)
        #expect(item?.snooze(of: 1, at: scene.now)?.until == until)
        #expect(item?.snooze(of: 2, at: scene.now) == nil)
        #expect(item?.snooze(of: 1, at: until) == nil)
        let row = try #require(scene.workflow.step("1").flatMap { scene.workflow.itemRow(of: $0) })
        #expect(row.snoozedUntil(for: 1, at: scene.now) == until)
        #expect(row.snoozedUntil(for: 2, at: scene.now) == nil)
        scene.now = until
        #expect(
            refusal { try scene.send(.snooze("1", Span(minutes: 1)), by: .ann) }?.word == "conflict"
        )
    }

    @Test mutating func `a snooze of no time brings an item back`() throws {
        try pending()
        #expect(try scene.send(.snooze("1", .zero), by: .ann).isEmpty)
        try scene.send(.snooze("1", Span(minutes: 3)), by: .ann)
        try scene.send(.snooze("1", Span(minutes: 1)), by: .ben)
        try scene.send(.snooze("1", .zero), by: .ann)
        #expect(item?.snoozes.map(\.by) == ["ben"])
        #expect(
            refusal { try scene.send(.snooze("1", Span(seconds: -1)), by: .ann) }?.word == "invalid"
        )
    }

    @Test mutating func `what changes, or is handed on, is in everybody's sight again`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.send(.snooze("1", Span(minutes: 3)), by: .ann)
        try scene.review("1", .modify, by: .ben, arguments: ["a": 2])
        #expect(item?.snoozes.isEmpty == true)
        try scene.send(.snooze("1", Span(minutes: 3)), by: .ann)
        try scene.send(.escalate("1", reason: nil), by: .ben)
        #expect(item?.snoozes.isEmpty == true)
        try scene.send(.snooze("1", Span(minutes: 3)), by: .ann)
        try scene.review("1", .reject, by: .ben)
        #expect(item?.snoozes.isEmpty == true)
    }

    // MARK: Notes

    @Test mutating func `a note stays with its item, and is said once`() throws {
        try pending()
        try scene.send(.note("1", "unused since March"), by: .ann)
        #expect(try scene.send(.note("1", "unused since March"), by: .ann).isEmpty)
        try scene.send(.note("1", "unused since March"), by: .ben)
        #expect(item?.notes.map(\.by) == ["ann", "ben"])
        try scene.review("1", .approve)
        #expect(item?.notes.count == 2)
        for text in ["", " \n", String(repeating: "ä", count: 2049)] {
            #expect(
                refusal { try scene.send(.note("1", text), by: .ann) }?.word == "already_decided"
            )
        }
    }

    @Test mutating func `a note says something, not too much, and not for ever`() throws {
        try pending()
        for text in ["", " \n", String(repeating: "ä", count: 2049)] {
            #expect(refusal { try scene.send(.note("1", text), by: .ann) }?.word == "invalid")
        }
        for number in 0..<Note.itemMax { try scene.send(.note("1", "\(number)"), by: .ann) }
        #expect(refusal { try scene.send(.note("1", "more"), by: .ann) }?.word == "conflict")
    }

    // MARK: Who

    @Test mutating func `only who may decide may claim, snooze or note`() throws {
        try pending()
        let commands: [Command] = [
            .claim("1", nil), .snooze("1", Span(minutes: 1)), .note("1", "mine"),
        ]
        for command in commands {
            for party in [Party.reviewer(.botsOwner), .reviewer(.eve), .reviewer(.cara), .bot] {
                #expect(refusal { try scene.send(command, by: party) }?.word == "forbidden")
            }
            #expect(refusal { try scene.send(command, by: .service) }?.word == "forbidden")
        }
        // In single-user mode one is one's own colleague.
        scene.separation = .none
        try scene.propose("2", "deploy")
        try scene.send(.claim("2", nil), by: .reviewer(.botsOwner))
        #expect(scene.workflow.step("2")?.item?.claim?.by == "bots")
    }

    @Test mutating func `nothing is claimed at its deadline, or where there is no item`() throws {
        try pending { $0.timeout = Sourced(Span(minutes: 4)) }
        try scene.propose("2", "note")
        #expect(refusal { try scene.send(.claim("2", nil), by: .ann) }?.word == "unknown_item")
        #expect(refusal { try scene.send(.claim("9", nil), by: .ann) }?.word == "unknown_step")
        scene.now = try #require(item?.deadline)
        #expect(refusal { try scene.decide(.claim("1", nil), by: .ann) }?.word == "conflict")
        #expect(refusal { try scene.decide(.note("1", "late"), by: .ann) }?.word == "conflict")
    }

    @Test mutating func `what people told each other is a fold of the record`() throws {
        try pending { $0.modify = Sourced(.reapprove) }
        try scene.send(.claim("1", nil), by: .ann)
        try scene.send(.snooze("1", Span(minutes: 1)), by: .ben)
        try scene.send(.note("1", "a \u{202E}b"), by: .ben)
        #expect(try scene.refolded() == scene.workflow)
        let row = scene.workflow.step("1").flatMap { scene.workflow.itemRow(of: $0) }
        #expect(row?.claim?.by == "ann" && row?.snoozes.map(\.by) == ["ben"])
    }

    // MARK: Shifts

    @Test mutating func `a shift's notes are facts of the control workflow, the newest kept`()
        throws
    {
        #expect(refusal { try scene.send(.noteShift("hello"), by: .ann) }?.word == "conflict")
        scene.workflow = Workflow(id: Workflow.control)
        #expect(
            refusal { try scene.send(.noteShift("hello"), by: .reviewer(.eve)) }?.word
                == "forbidden"
        )
        #expect(refusal { try scene.send(.noteShift("hello"), by: .bot) }?.word == "forbidden")
        #expect(refusal { try scene.send(.noteShift(" "), by: .ann) }?.word == "invalid")
        for number in 0..<60 { try scene.send(.noteShift("\(number)"), by: .ann) }
        #expect(try scene.send(.noteShift("59"), by: .ann).isEmpty)
        try scene.send(.noteShift("59"), by: .ben)
        #expect(scene.workflow.shiftNotes.count == Note.shiftMax)
        #expect(scene.workflow.shiftNotes.last?.by == "ben")
        #expect(scene.workflow.shiftNotes.first?.text == "11")
        #expect(try scene.refolded() == scene.workflow)
    }
}
