import Foundation
import Testing

/// A real terminal for the real binary: one pane of tmux, without anything around it.
final class Tmux {
    private let stage: Stage
    private let options: [String]

    /// Runs a shell script in a pane; it begins once everything that is written is being recorded.
    ///
    /// - Parameters:
    ///   - stage: Where it runs; `HOLDSHORT` in the script is the binary.
    ///   - columns: The pane's width.
    ///   - rows: The pane's height.
    ///   - term: What the programs in it are told of the terminal.
    ///   - locale: What they are told of its characters.
    ///   - script: The script, for bash.
    /// - Throws: When there is no tmux, or nothing comes of it.
    init(
        _ stage: Stage,
        columns: Int = 80,
        rows: Int = 24,
        term: String = "xterm-256color",
        locale: String = "C.UTF-8",
        script: String
    ) throws {
        self.stage = stage
        options = ["-S", stage.file("tmux.sock").path, "-f", stage.file("tmux.conf").path]
        try stage.write(
            """
            set -g status off
            set -g escape-time 0
            set -g focus-events on
            set -g remain-on-exit on
            set -g default-terminal "screen-256color"
            """,
            to: "tmux.conf"
        )
        let text = """
            set -m
            export TERM=\(term) LC_ALL=\(locale)
            unset TMUX COLUMNS LINES NO_COLOR
            cd ROOT
            echo READY; read -r line
            \(script.replacingOccurrences(of: "HOLDSHORT", with: Stage.binary))
            echo; echo OVER; exec cat
            """
        try stage.write(text, to: "pane.sh")
        try command(
            "new-session",
            "-d",
            "-x",
            "\(columns)",
            "-y",
            "\(rows)",
            "bash ROOT/pane.sh".replacingOccurrences(of: "ROOT", with: stage.root.path)
        )
        try wait(for: "READY")
        try command("pipe-pane", "cat > \(stage.file("bytes").path)")
        try press("Enter")
    }

    deinit {
        // It may have gone with its terminal already.
        let player = try? stage.start(
            "bash",
            ["-c", Self.start, "tmux"] + options + ["kill-server"]
        )
        player?.closeInput()
        _ = try? player?.wait()
    }

    /// Starts tmux without what it would inherit: its server lives on, and who waits for the end of
    /// a process waits until the last of these descriptors is closed.
    private static let start = """
        for number in $(ls /proc/self/fd); do
            if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
        done
        exec tmux "$@"
        """

    @discardableResult func command(_ words: String...) throws -> String {
        let player = try stage.start("bash", ["-c", Self.start, "tmux"] + options + words)
        player.closeInput()
        let code = try player.wait()
        try #require(
            code != 127,
            "tmux is not installed; the README's test command installs what the tests need"
        )
        try #require(code == 0, "tmux \(words): \(player.errors.text)")
        return player.output.text
    }

    /// Presses keys, by the names that tmux has for them.
    func press(_ keys: String...) throws {
        for key in keys { try command("send-keys", key) }
    }

    /// What stands in the pane.
    func screen() throws -> String { try command("capture-pane", "-p") }

    /// A few of tmux's own words about the pane.
    func tell(_ format: String) throws -> String {
        try command("display-message", "-p", format).trimmingCharacters(in: .newlines)
    }

    /// Waits until the screen is as it should be.
    @discardableResult func wait(
        for what: String,
        until isSo: (String) -> Bool
    ) throws -> String {
        var shown = ""
        let hasCome = try eventually(seconds: 120) {
            shown = try screen()
            return isSo(shown)
        }
        try #require(hasCome, "never came: \(what); on the screen:\n\(shown)")
        return shown
    }

    /// Waits until these words stand on the screen.
    @discardableResult func wait(for words: String...) throws -> String {
        try wait(for: "\(words)") { shown in words.allSatisfy { shown.contains($0) } }
    }

    /// Waits until a file of the stage has something in it.
    func file(_ name: String) throws -> String {
        var text = ""
        let hasCome = eventually(seconds: 120) {
            text = (try? String(contentsOf: stage.file(name), encoding: .utf8)) ?? ""
            return !text.isEmpty
        }
        let shown = try screen()
        try #require(hasCome, "\(name) was never written; on the screen:\n\(shown)")
        return text
    }

    /// All bytes that the pane was sent so far.
    func bytes() -> String {
        let data = FileManager.default.contents(atPath: stage.file("bytes").path) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}
