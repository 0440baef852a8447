import Foundation
import HoldCore
import Testing

/// Plain mode, completions and the status line against a live service.
@OffStage struct PlainTests {
    private func stage() throws -> Stage {
        let stage = try Stage(
            manifest: """
                actions:
                  tidy: { approval_required: true, undo_operation: untidy }
                  drop: { approval_required: true, undo_operation: null }
                operations:
                  untidy: { run: ["/bin/true"] }
                """
        )
        try stage.serve()
        return stage
    }

    /// Proposes as an agent does that gates a command, and waits for the decision.
    private func propose(_ stage: Stage, _ action: String, _ workflow: String) throws -> Player {
        let agent = try stage.start(
            Stage.binary,
            [
                "run", "--action", action, "--workflow", workflow, "--risk", "0.1",
                "--argument", "what=agent> hi", "--", "echo", "done indeed",
            ]
        )
        _ = try stage.item(workflow)
        return agent
    }

    private func plain(_ stage: Stage) throws -> Player {
        try stage.start(
            Stage.binary,
            ["--plain", "--no-start"],
            environment: ["LC_ALL": "C.UTF-8"]
        )
    }

    /// Types an answer once its question is there as often as it is asked for.
    private func answer(_ player: Player, _ question: String, times: Int = 1, with text: String) {
        let isAsked = player.output.wait(seconds: 120) {
            $0.hasSuffix(": ") && $0.components(separatedBy: question).count > times
        }
        #expect(isAsked, "\(question) \(times) times in \(player.output.text)")
        player.write(text + "\n")
    }

    /// Lets the time of an arming go by.
    private func passTime(_ duration: Duration) {
        let start = ContinuousClock.now
        _ = eventually(seconds: 30) { ContinuousClock.now - start > duration }
    }

    @Test func `a person approves by answering, and the agent's command runs`() throws {
        let stage = try stage()
        let agent = try propose(stage, "tidy", "w")
        let plain = try plain(stage)

        answer(plain, "type a number to read, or help:", with: "1")
        answer(plain, "approve, reject, escalate, next:", with: "approve")
        answer(plain, "Approve 1? Type yes:", with: "yes")
        #expect(plain.output.wait(seconds: 120) { $0.contains("Too early") })
        #expect(plain.output.wait(seconds: 120) { $0.hasSuffix("Type yes: ") })
        passTime(.milliseconds(600))
        plain.write("yes\n")
        #expect(plain.output.wait(seconds: 120) { $0.contains("Approved after 2 second hold.") })
        #expect(try agent.wait(seconds: 120) == 0)
        #expect(agent.output.text == "done indeed\n")
        answer(plain, "undo, next, list, help:", with: "")
        #expect(plain.output.wait(seconds: 120) { $0.contains("#1 approved.") })
        plain.write("quit\n")

        #expect(try plain.wait(seconds: 120) == 0)
        let text = plain.output.text
        #expect(text.contains(": \"what\": \"agent> hi\"\n"), "\(text)")
        #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A }, "no control sequences")
    }

    @Test func `rejecting asks why, and the end of the input decides nothing`() throws {
        let stage = try stage()
        let first = try propose(stage, "drop", "w")
        let second = try propose(stage, "tidy", "v")
        let plain = try plain(stage)

        answer(plain, "type a number to read, or help:", with: "item 1")
        answer(plain, "approve, reject", with: "reject")
        answer(plain, "Reason, a number, or no:", with: "1")
        answer(plain, "Note for the agent", with: "the other table")
        answer(plain, "Reject 1? Type yes:", with: "yes")
        #expect(try first.wait(seconds: 120) == 10)
        answer(plain, "next, list, help:", with: "item 2")
        answer(plain, "approve, reject", times: 2, with: "approve")
        #expect(plain.output.wait(seconds: 120) { $0.hasSuffix("Approve 2? Type yes: ") })
        passTime(.milliseconds(600))
        plain.write("yes\n")
        #expect(plain.output.wait(seconds: 120) { $0.contains("Approved after 2 second hold.") })
        plain.closeInput()

        #expect(try plain.wait(seconds: 120) == 0)
        #expect(plain.output.text.contains("The input has ended: item 2 is NOT decided."))
        #expect(try stage.item("v")["state"] == "pending_review")
        #expect(try stage.json("show", "1")["decision"]?["reason"]?.text?.contains("table") == true)
        second.kill()
    }

    @Test func `on a terminal modify opens the editor, and what was approved is what runs`() throws
    {
        let stage = try stage()
        let agent = try propose(stage, "tidy", "w")
        let plain = try stage.start(
            "python3",
            ["-c", spawn, Stage.binary, "--plain", "--no-start"],
            environment: ["EDITOR": "sed -i s/done/gone/", "LC_ALL": "C.UTF-8"]
        )

        answer(plain, "type a number to read, or help:", with: "1")
        answer(plain, "approve, reject, escalate, modify, next:", with: "modify")
        answer(plain, "Why did you change it?", with: "gone is better")
        #expect(
            plain.output.wait(seconds: 120) { $0.hasSuffix("Approve your change of 1? Type yes: ") }
        )
        passTime(.milliseconds(600))
        plain.write("yes\n")
        #expect(
            plain.output.wait(seconds: 120) { $0.contains("approved after 2 second hold.") },
            "\(plain.output.text)"
        )
        #expect(try agent.wait(seconds: 120) == 0)
        #expect(agent.output.text == "gone indeed\n")
        plain.write("quit\n")
        #expect(try plain.wait(seconds: 120) == 0)
    }

    private let spawn = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"

    @Test func `a terminal that cannot draw gets plain mode, with a sentence`() throws {
        let stage = try stage()
        for name in ["dumb", "no-such-terminal"] {
            let player = try stage.start(
                "python3",
                ["-c", spawn, Stage.binary, "--no-start"],
                environment: ["TERM": name, "LC_ALL": "C.UTF-8"]
            )
            #expect(player.output.wait(seconds: 120) { $0.contains("or help: ") })
            player.write("quit\n")
            #expect(try player.wait(seconds: 120) == 0)
            let text = player.output.text
            #expect(text.hasPrefix("Plain mode: "), "\(text)")
            #expect(text.contains("TERM=xterm-256color"))
            #expect(!text.utf8.contains(0x1B), "\(text)")
        }
    }

    @Test func `without a service plain mode says so, and the status line is off`() throws {
        let stage = try Stage()
        let start = ContinuousClock.now
        #expect(try stage.run("--plain", "--no-start").code == 69)
        let line = try stage.run("status", "--format", "{pending}")
        #expect(line.code == 69)
        #expect(line.out == "holdshort: off\n")
        #expect(line.err.isEmpty)
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(try stage.run("status", "--format", "{what}").code == 64)
    }

    @Test func `the status line tells what waits`() throws {
        let stage = try stage()
        let agent = try propose(stage, "drop", "w")
        // A machine under load may take longer than a status line may: asked until it does not.
        let isTold = try eventually(seconds: 120) {
            let line = try stage.run("status", "--format", "{pending}/{urgent} {next_item} {stuck}")
            return line.code == 0 && line.out == "1/1 1 0\n"
        }
        #expect(isTold)
        agent.kill()
    }

    @Test func `bash is offered what is there, and nothing that it could run`() throws {
        let stage = try stage()
        let hostile = "x$(touch \(stage.file("pwned").path))"
        let agents = [
            try propose(stage, "tidy", "w-1"), try propose(stage, "drop", hostile),
        ]
        try stage.write(try stage.run("completions", "bash").out, to: "holdshort.bash")
        try stage.write(
            """
            source "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
            _holdshort "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """,
            to: "ask.bash"
        )
        func offered(_ words: String...) throws -> Set<String> {
            let player = try stage.start(
                "bash",
                ["--norc", stage.file("ask.bash").path, stage.file("holdshort.bash").path]
                    + [Stage.binary] + words
            )
            player.closeInput()
            #expect(try player.wait(seconds: 120) == 0)
            #expect(player.errors.text.isEmpty, "\(player.errors.text)")
            return Set(player.output.text.split(separator: "\n").map(String.init))
        }

        #expect(try eventually(seconds: 120) { try offered("show", "") == ["1", "2"] })
        #expect(try eventually(seconds: 120) { try offered("workflow", "") == ["w-1"] })
        #expect(try offered("run", "--action", "") == ["drop", "tidy"])
        #expect(try offered("manifest", "drill", "") == ["untidy"])
        #expect(try offered("theme", "show", "high") == ["high-contrast"])
        #expect(!stage.has("pwned"))
        for agent in agents { agent.kill() }
        stage.service?.kill()
        #expect(try offered("show", "").isEmpty, "silent without a service")
    }
}
