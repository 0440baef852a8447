import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire
import TestAccounts
import Testing

@testable import holdshort

/// `holdshort run`, short of the service.
@Suite(.timeLimit(.minutes(20))) struct RunVerbTests {
    private func verb(_ words: String...) throws -> Run {
        try #require(try Holdshort.parseAsRoot(["run"] + words) as? Run)
    }

    private func answer(_ state: WireItemState?, reasons: [String]? = nil) -> StepAnswer {
        StepAnswer(
            account: .bots,
            workflow: "w",
            step: "s",
            proceed: false,
            digest: Digest(of: [1]),
            number: 7,
            state: state,
            reasons: reasons
        )
    }

    @Test func `the command is part of what is approved`() throws {
        let run = try verb("--action", "drop", "--argument", "n:=1", "--", "rm", "-r", "a b")
        let proposal = try run.proposal(directory: "/srv", name: "run-x")
        #expect(proposal.workflow == "run-x")
        #expect(proposal.step == "run-x/1")
        #expect(
            proposal.arguments == [
                "n": 1, "command": ["rm", "-r", "a b"], "directory": "/srv",
            ]
        )
        #expect(proposal.undo == nil)
        let arguments = try #require(proposal.arguments)
        let approved = try Run.approved(arguments)
        #expect(approved.command == ["rm", "-r", "a b"])
        #expect(approved.directory == "/srv")
    }

    @Test func `a step in a workflow that goes on has a name of its own`() throws {
        let run = try verb(
            "--action",
            "a",
            "--workflow",
            "w",
            "--undo-argument",
            "id=1",
            "--",
            "true"
        )
        let proposal = try run.proposal(directory: "/", name: "run-x")
        #expect(proposal.step == "w/run-x")
        #expect(proposal.undo?.arguments == ["id": "1"])
        let named = try verb("--action", "a", "--workflow", "w", "--step", "s", "--", "true")
        #expect(try named.proposal(directory: "/", name: "run-x").step == "s")
    }

    @Test func `nobody gives the command a second meaning`() throws {
        let run = try verb("--action", "a", "--argument", "command=ls", "--", "rm")
        #expect(throws: CommandFailure.self) { try run.proposal(directory: "/", name: "x") }
    }

    @Test func `what was modified into no command does not run`() {
        for arguments: JSONValue in [
            [:], ["command": []], ["command": "ls", "directory": "/"],
            ["command": ["ls", 1], "directory": "/"], ["command": ["ls"]],
            ["command": ["l\u{0}s"], "directory": "/"],
        ] {
            #expect(throws: CommandFailure.self) { _ = try Run.approved(arguments) }
        }
    }

    @Test func `what does not run ends with the code of why`() {
        for (state, code) in [
            (WireItemState.rejected, 10), (.timeout, 11), (.withdrawn, 12), (.pendingReview, 75),
            (.modified, 75),
        ] {
            #expect(Run.refusal(answer(state)).0.rawValue == Int32(code))
        }
        #expect(Run.refusal(answer(.pendingReview)).1.plain == "item 7 is still pending")
        #expect(Run.refusal(answer(.approved, reasons: ["permit_expired"])).0 == .failed)
    }

    @Test func `a command that waits says for what`() {
        #expect(Run.waiting(answer(.pendingReview)).plain == "item 7 waits for a reviewer")
        var barred = answer(nil)
        barred.waitFor = [WireStepReference(workflow: "w", step: "w/1")]
        #expect(Run.waiting(barred).plain == "waits for w/1")
    }

    @Test(arguments: [("exit 0", 0), ("exit 3", 3), ("kill -9 $$", 137)])
    func `a command's end is told as shells tell it`(script: String, code: Int) throws {
        let running = try ChildProcess(arguments: ["/bin/sh", "-c", script]).start().get()
        #expect(running.wait().code == Int32(code))
    }

    @Test func `a command that is not there is told as shells tell it`() {
        guard case .failure(let failure) = ChildProcess(arguments: ["/no/such"]).start() else {
            Issue.record("it was started")
            return
        }
        #expect(failure.code == 127)
    }

    @Test func `a command starts with no signal ignored`() throws {
        // What the parent ignores would else be ignored by the child for ever.
        // SIGHUP, SIGINT, SIGQUIT, SIGPIPE and SIGTERM, as bits of the mask in hexadecimal.
        let script =
            "mask=$(sed -n 's/SigIgn:.//p' /proc/$$/status); [ $((0x$mask & 0x5007)) -eq 0 ]"
        let command = ["/bin/sh", "-c", script]
        #expect(try ChildProcess(arguments: command).start().get().wait().code == 0)
    }
}
