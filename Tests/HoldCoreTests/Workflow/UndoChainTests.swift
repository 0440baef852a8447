import TestAccounts
import Testing

@testable import HoldCore

/// One link at a time: retries, pauses, stuck chains, and what people may do about them.
struct UndoChainTests {
    private var scene = Scene()

    /// A chain whose head's undo is running.
    private mutating func unwinding() throws {
        try scene.propose("1", "deploy")
        try scene.finish("1")
        try scene.propose("2", "note")
        try scene.finish("2")
        try scene.review("1", .reject)
        try scene.report("2")
        #expect(scene.link("1") == .undoStarted)
    }

    private mutating func stuck() throws {
        try unwinding()
        try scene.report("1", .terminal("gone for good"))
        #expect(scene.workflow.phase == .stuck)
    }

    private var link: UndoLink { scene.workflow.step("1")?.link ?? UndoLink() }

    @Test mutating func `a refusal is tried again after a pause that doubles`() throws {
        scene.manifest.operations["destroy"]?.retries = 9
        scene.manifest.operations["destroy"]?.backoff = Span(seconds: 2)
        try unwinding()
        for failure in 0..<4 {
            try scene.report("1", .failed("no"))
            let pause = ((link.retryAt ?? .noon) - scene.now).seconds
            let base = 2.0 * Double(1 << failure)
            #expect(pause >= base * 0.8 && pause <= base * 1.2)
            scene.live(Span(seconds: pause - 0.001))
            #expect(link.state == .undoFailed)
            scene.live(Span(milliseconds: 1))
            #expect(link.state == .undoStarted && link.attempts == failure + 2)
        }
    }

    @Test mutating func `a pause is never longer than five minutes`() throws {
        scene.manifest.operations["destroy"]?.retries = 99
        try unwinding()
        for _ in 0..<30 {
            try scene.report("1", .unreachable("away"))
            #expect((link.retryAt ?? .noon) - scene.now <= Span(minutes: 5))
            scene.live(Span(minutes: 5))
        }
        #expect(link.burned == 0 && scene.workflow.phase == .unwinding)
    }

    @Test mutating func `as many refusals as the manifest allows make the chain stuck`() throws {
        try unwinding()
        try scene.report("1", .failed("no"))
        scene.live(Span(minutes: 5))
        #expect(scene.workflow.phase == .unwinding)
        try scene.report("1", .failed("still no"))
        #expect(scene.workflow.phase == .stuck && link.error == "still no" && link.retryAt == nil)
        scene.live(Span(minutes: 600))
        #expect(scene.workflow.phase == .stuck)
        #expect(refusal { try scene.propose("9", "note") } == .unwinding(.stuck))
    }

    @Test mutating func `an executor that asks for time, or is away, burns no attempt`() throws {
        try unwinding()
        try scene.report("1", .retry(after: Span(seconds: 30), "busy"))
        #expect(link.burned == 0 && link.retryAt == scene.now + Span(seconds: 30))
        scene.live(Span(seconds: 30))
        try scene.report("1", .retry(after: Span(minutes: 900), "busy"))
        #expect(link.retryAt == scene.now + Span(minutes: 5))
        scene.live(Span(minutes: 5))
        try scene.report("1", .retry(after: Span(seconds: -5), "busy"))
        #expect(link.retryAt.map { $0 > scene.now } == true)
    }

    @Test mutating func `a terminal answer makes the chain stuck at once`() throws {
        try stuck()
        #expect(link.error == "gone for good" && scene.workflow.head == "1")
        #expect(scene.workflow.status == .stuck)
    }

    @Test mutating func `a report of another attempt is refused`() throws {
        try unwinding()
        #expect(
            refusal {
                try scene.send(
                    .reportUndo("1", attempt: 2, .done(.undone, detail: nil)),
                    by: .service
                )
            }?.word == "conflict"
        )
        try scene.report("1")
        #expect(refusal { try scene.report("1") }?.word == "conflict")
        #expect(
            refusal {
                try scene.send(.reportUndo("1", attempt: 1, .failed("x")), by: .bot)
            }?.word == "forbidden"
        )
    }

    @Test mutating func `the key stays the same over attempts, and no two steps share one`() throws
    {
        try unwinding()
        try scene.report("1", .unreachable("away"))
        scene.live(Span(minutes: 1))
        let keys = scene.journal.compactMap { entry -> String? in
            guard case .undoStarted(let data) = entry.event, data.step == "1" else { return nil }
            return data.key
        }
        #expect(keys == ["100@test/wf:1#undo", "100@test/wf:1#undo"])
        #expect(Workflow.undoKey(of: "wf-1/3", in: "wf-1") == "100@test/wf-1/3#undo")
        let pairs: [(WorkflowKey, StepID)] = [
            ("a/b", "c"), ("a", "b/c"), ("a", "a/b"), ("a:b", "c"), ("a", "b:c"), ("a%3Ab", "c"),
        ]
        #expect(Set(pairs.map { Workflow.undoKey(of: $1, in: $0) }).count == pairs.count)
    }

    @Test mutating func `retry starts a stuck link again, with fresh refusals and a newer attempt`()
        throws
    {
        try stuck()
        #expect(
            refusal { try scene.send(.retryUndo("1", reason: " "), by: .ann) } == .reasonRequired
        )
        #expect(
            refusal { try scene.send(.retryUndo("2", reason: "x"), by: .ann) }?.word == "conflict"
        )
        #expect(
            refusal { try scene.send(.retryUndo("1", reason: "x"), by: .bot) }?.word == "forbidden"
        )
        try scene.send(.retryUndo("1", reason: "it is back"), by: .ann)
        #expect(link.state == .undoStarted && link.attempts == 2 && link.burned == 0)
        // A late word on the first attempt is not taken for the second.
        #expect(
            refusal {
                try scene.send(.reportUndo("1", attempt: 1, .failed("late")), by: .service)
            }?.word == "conflict"
        )
        try scene.report("1")
        #expect(scene.workflow.phase == .rolledBack && scene.workflow.chain.exceptions == [])
    }

    @Test mutating func `resolved by hand is an exception, with who and the evidence`() throws {
        try stuck()
        #expect(
            refusal { try scene.send(.resolveUndo("1", reason: ""), by: .ann) } == .reasonRequired
        )
        try scene.send(.resolveUndo("1", reason: "removed it myself, ticket 7"), by: .ann)
        #expect(link.state == .resolved && link.closedBy?.user == "ann")
        #expect(link.evidence == "removed it myself, ticket 7")
        #expect(scene.workflow.phase == .rolledBackWithExceptions)
        #expect(scene.workflow.chain.exceptions == ["1"])
    }

    @Test mutating func `a skip takes two different people`() throws {
        try stuck()
        try scene.send(.skipUndo("1", reason: "leave it"), by: .ann)
        #expect(scene.workflow.phase == .stuck && link.skipAgreed?.user == "ann")
        #expect(
            refusal { try scene.send(.skipUndo("1", reason: "really"), by: .ann) }?.word
                == "conflict"
        )
        try scene.send(.skipUndo("1", reason: "leave it"), by: .ben)
        #expect(link.state == .skipped && scene.workflow.phase == .rolledBackWithExceptions)
    }

    @Test mutating func `nobody steers the undo of what they asked for, or could not have decided`()
        throws
    {
        try stuck()
        for peer in [Peer.botsOwner, .eve] {
            let commands: [Command] = [
                .retryUndo("1", reason: "so"), .skipUndo("1", reason: "so"),
                .resolveUndo("1", reason: "so"),
            ]
            for command in commands {
                #expect(
                    refusal { try scene.send(command, by: .reviewer(peer)) }?.word == "forbidden"
                )
            }
        }
        try scene.send(.resolveUndo("1", reason: "by hand"), by: .reviewer(.cara))
        #expect(link.state == .resolved)
    }

    @Test mutating func `in single-user mode one person skips`() throws {
        try stuck()
        scene.separation = .none
        try scene.send(.skipUndo("1", reason: "leave it"), by: .ann)
        #expect(link.state == .skipped)
    }

    @Test mutating func `a retry in between forgets who agreed to skip`() throws {
        try stuck()
        try scene.send(.skipUndo("1", reason: "leave it"), by: .ann)
        try scene.send(.retryUndo("1", reason: "once more"), by: .ben)
        try scene.report("1", .terminal("no"))
        try scene.send(.skipUndo("1", reason: "leave it"), by: .ben)
        #expect(link.state == .undoFailed)
    }

    @Test mutating func `nobody steers an undo that is running, or none`() throws {
        try scene.propose("0", "note")
        #expect(
            refusal { try scene.send(.skipUndo("0", reason: "x"), by: .ann) }?.word == "conflict"
        )
        try unwinding()
        for command in [
            Command.retryUndo("1", reason: "x"), .skipUndo("1", reason: "x"),
            .resolveUndo("1", reason: "x"),
        ] {
            #expect(refusal { try scene.send(command, by: .ann) }?.word == "conflict")
        }
    }

    @Test mutating func `already undone and not applied count as undone`() throws {
        try unwinding()
        try scene.report("1", .done(.notApplied, detail: "never was"))
        #expect(link.state == .undone && link.detail == "never was")
        #expect(scene.workflow.phase == .rolledBack)
    }

    @Test mutating func `a stuck chain and a new rejection leave it stuck, at the same link`()
        throws
    {
        try scene.propose("3", "apart")
        try scene.finish("3")
        try stuck()
        try scene.review("3", .reject)
        #expect(scene.workflow.phase == .stuck && scene.workflow.head == "1")
        try scene.send(.resolveUndo("1", reason: "by hand"), by: .ann)
        #expect(scene.link("3") == .undoStarted)
    }
}
