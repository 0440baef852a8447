import Foundation
import Glibc
import HoldCore
import Testing

/// The real console in a real terminal, against a real service.
@OffStage struct ConsoleTests {
    /// A terminal as a person may have it.
    struct Kind: CustomTestStringConvertible, Sendable {
        var term: String
        var columns = 80
        var rows = 24
        var locale = "C.UTF-8"

        var testDescription: String { "\(term) \(columns)x\(rows) \(locale)" }
    }

    private nonisolated static let kinds = [
        Kind(term: "xterm-256color"), Kind(term: "xterm-256color", columns: 200, rows: 60),
        Kind(term: "tmux-256color", columns: 120, rows: 40), Kind(term: "xterm"),
        Kind(term: "vt100"), Kind(term: "vt100", locale: "C"), Kind(term: "linux"),
        Kind(term: "linux", locale: "C"),
    ]

    private static let console = "HOLDSHORT console --no-start"

    private static func stage() throws -> Stage {
        let stage = try Stage()
        try stage.serve()
        return stage
    }

    /// Something that waits for a person, in a process that waits with it.
    private static func gate(_ stage: Stage, _ action: String, _ workflow: String) throws -> Player
    {
        let words = ["run", "--workflow", workflow, "--action", action, "--", "true"]
        let player = try stage.start(Stage.binary, words)
        _ = try stage.item(workflow)
        return player
    }

    @Test(arguments: kinds)
    func `every terminal shows what waits, and what will run`(kind: Kind) throws {
        let stage = try Self.stage()
        _ = try Self.gate(stage, "delete_production_data", "wf-1")
        let tmux = try Tmux(
            stage,
            columns: kind.columns,
            rows: kind.rows,
            term: kind.term,
            locale: kind.locale,
            script: Self.console
        )

        let shown = try tmux.wait(
            for: "1 waiting",
            "live",
            "IRREV",
            "delete_production_data",
            "WILL RUN",
            "\"command\": [",
            "UNDO",
            "CHECK",
            "0 hidden",
            "a appr",
            "r rej",
            "? help"
        )

        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= kind.columns }, "\(shown)")
        let isPlain = kind.term == "vt100" || kind.term == "linux" || kind.locale == "C"
        #expect(shown.utf8.allSatisfy { $0 < 0x80 } == isPlain, "\(shown)")
        #expect(shown.contains(isPlain ? "+-" : "┏━"), "\(shown)")
        #expect(!tmux.bytes().contains("\u{1B}[?2004h") == isPlain)
    }

    @Test func `what a person reads, arms, confirms and holds is approved`() throws {
        let stage = try Self.stage()
        _ = try Self.gate(stage, "provision_test_environment", "wf-1")
        let tmux = try Tmux(stage, script: Self.console)
        try tmux.wait(for: "1 waiting", "lines seen", "MAY RUN")
        // Not all of it was seen: then there is nothing to approve.
        try tmux.press("a")
        try tmux.wait(for: "lines not seen yet")
        try tmux.press("Enter")
        try tmux.wait(for: "all lines seen")
        try tmux.press("a")
        try tmux.wait(for: "Approve #1", "ARMED")
        try tmux.press("y")
        try tmux.wait(for: "HOLD", "u take back")
        try tmux.press("u")
        try tmux.wait(for: "taken back")
        #expect(try stage.json("show", "1")["state"]?.text == "pending_review")
        try tmux.press("a")
        try tmux.wait(for: "Approve #1", "ARMED")
        try tmux.press("y")
        try tmux.wait(for: "#1 approved.")
        #expect(try stage.json("show", "1")["state"]?.text == "approved")
    }

    @Test func `a rejection needs a reason, and reaches who waits for it`() throws {
        let stage = try Self.stage()
        let agent = try Self.gate(stage, "delete_production_data", "wf-1")
        let tmux = try Tmux(stage, script: Self.console)
        try tmux.wait(for: "1 waiting", "0 hidden")
        try tmux.press("r")
        try tmux.wait(for: "Reject #1", "( ) 2 not needed")
        try tmux.press("2", "C-s")
        try tmux.wait(for: "#1 rejected")
        #expect(try agent.wait() == 10)
        #expect(try stage.json("show", "1")["state"]?.text == "rejected")
    }

    @Test func `keys move, and what is on the screen follows`() throws {
        let stage = try Self.stage()
        for number in 1...3 { _ = try Self.gate(stage, "delete_production_data", "wf-\(number)") }
        let tmux = try Tmux(stage, columns: 120, rows: 40, script: Self.console)
        try tmux.wait(for: "3 waiting", "1 of 3", "workflow wf-1")
        try tmux.press("j")
        try tmux.wait(for: "2 of 3", "workflow wf-2")
        try tmux.press("G")
        try tmux.wait(for: "3 of 3", "workflow wf-3")
        try tmux.press("g")
        try tmux.wait(for: "1 of 3", "workflow wf-1")
        // Four letters within a moment would be stray typing; Esc says that they are not.
        try tmux.press("Escape", "?")
        try tmux.wait(for: "Help")
        try tmux.press("Escape")
        try tmux.wait(for: "1 of 3")
    }

    @Test func `an open console has no thread of Dispatch, which wakes once a second`() throws {
        let stage = try Self.stage()
        for number in 1...3 { _ = try Self.gate(stage, "delete_production_data", "wf-\(number)") }
        let tmux = try Tmux(
            stage,
            columns: 120,
            rows: 40,
            script: "sh -c 'echo $$ > pid; exec HOLDSHORT console --no-start'"
        )
        try tmux.wait(for: "1 of 3", "workflow wf-1")
        try tmux.press("j")
        try tmux.wait(for: "2 of 3", "workflow wf-2")
        let pid = try tmux.file("pid").dropLast()

        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")
        let names = threads.compactMap { thread in
            try? String(contentsOfFile: "/proc/\(pid)/task/\(thread)/comm", encoding: .utf8)
        }

        #expect(names.contains("holdshort\n"))
        #expect(names.filter { $0.contains("qos") } == [])
    }

    @Test func `a killed service is told at once, and so is its return`() throws {
        let stage = try Self.stage()
        _ = try Self.gate(stage, "delete_production_data", "wf-1")
        let tmux = try Tmux(stage, script: Self.console)
        try tmux.wait(for: "1 waiting", "* live")
        stage.service?.kill()
        try tmux.wait(for: "DISCONNECTED", "Decisions are OFF")
        try tmux.press("Escape", "a")
        let shown = try tmux.screen()
        #expect(!shown.contains("Approve #1"), "\(shown)")
        try stage.serve()
        try tmux.wait(for: "* live", "1 waiting", "r rej")
    }

    @Test func `a storm of sizes ends in a whole picture`() throws {
        let stage = try Self.stage()
        _ = try Self.gate(stage, "delete_production_data", "wf-1")
        let tmux = try Tmux(stage, script: Self.console)
        try tmux.wait(for: "1 waiting", "0 hidden")
        for (columns, rows) in [
            (200, 60), (20, 5), (81, 25), (2, 2), (120, 40), (40, 10), (99, 29),
        ] {
            for more in 0..<3 {
                try tmux.command(
                    "resize-window",
                    "-x",
                    "\(columns + more)",
                    "-y",
                    "\(rows + more)"
                )
            }
        }
        try tmux.command("resize-window", "-x", "120", "-y", "40")
        // tmux tells the console of a size a moment later; the picture of the size before has all the
        // words too, but does not reach down here.
        let shown = try tmux.wait(for: "a picture of 40 rows") { shown in
            let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.count >= 40 && !lines[39].isEmpty
                && ["1 waiting", "workflow wf-1", "? help"].allSatisfy { shown.contains($0) }
        }
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.prefix(40).last?.hasPrefix(" j/k move") == true, "\(shown)")
    }
}
