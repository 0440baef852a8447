import HoldConsole
import HoldCore
import HoldSettings
import HoldThemes
import Testing

@Suite struct SettingsReaderTests {
    private func read(_ text: String) -> SettingsReading {
        SettingsReader.read(text, file: "console.yaml")
    }

    private func problems(_ text: String) -> [String] {
        read(text).problems.map(\.description)
    }

    @Test(arguments: ["", "# nothing yet\n", "{}\n", "format: 1\n", "~\n"])
    func `a file that says nothing changes nothing`(_ text: String) {
        #expect(read(text) == SettingsReading(settings: .standard, problems: []))
    }

    @Test func `everything that can be set is read`() throws {
        let reading = read(
            """
            format: 1
            theme: { dark: solar-dusk, light: high-contrast }
            glyphs: ascii
            color: never
            mouse: true
            restore: false
            escape_delay_ms: 100
            layouts: [us, ru, el]
            columns: [workflow, tier, workflow]
            notifications: { way: osc9, bell: false, quiet: "22:30-06:00" }
            confirm:
              low: { arming_seconds: 0.8, take_back_seconds: 1.5 }
              irrev: { take_back_seconds: 30 }
            keys:
              confirm: Y
              move-down: [j, Down, Ctrl-n]
              approve: A
              pause-list: []
            """
        )
        #expect(reading.problems == [])
        let settings = try #require(reading.settings)
        #expect(settings.theme == .matching(dark: "solar-dusk", light: "high-contrast"))
        #expect(settings.glyphs == .ascii && settings.color == .never)
        #expect(settings.mouse && !settings.restore && settings.escapeDelay == 100)
        #expect(settings.keymap.layouts == [.russian, .greek])
        #expect(settings.notifications.way == .osc9 && !settings.notifications.rings)
        #expect(settings.notifications.quiet == QuietHours(from: 22 * 60 + 30, until: 360))
        #expect(settings.columns == [.workflow, .tier])
        #expect(settings.times[.low].arming == Span(seconds: 0.8))
        #expect(settings.times[.low].hold == Span(seconds: 1.5))
        #expect(settings.times[.irreversible].hold == Span(seconds: 30))
        #expect(settings.times[.irreversible].arming == Span(seconds: 2))
        #expect(settings.times[.high] == ConfirmTimes.standard[.high])
        #expect(settings.keymap.confirm == .character("Y"))
        #expect(settings.keymap.keys(for: .moveDown).last == .control("n"))
        #expect(settings.keymap.keys(for: .approve) == [.character("A")])
        #expect(settings.keymap.command(for: .character("A"), in: .queue) == .approve)
        #expect(settings.keymap.command(for: .character("a"), in: .queue) == nil)
        #expect(settings.keymap.keys(for: .pauseList) == [])
    }

    @Test func `a theme can be named, or left to the terminal`() {
        #expect(read("theme: mono\n").settings?.theme == .named("mono"))
        #expect(read("theme: auto\n").settings?.theme == Settings.standard.theme)
    }

    @Test(arguments: [
        ("[]\n", "console.yaml:1:1: error: the file is a mapping of keys to values"),
        ("format: 2\n", "console.yaml:1:9: error: format `2` is not known here; this is format 1"),
        ("mouse: maybe\n", "console.yaml:1:8: error: `mouse` is true or false"),
        (
            "theme: [a]\n",
            "console.yaml:1:8: error: `theme` is auto, a theme's name, or a mapping with dark "
                + "and light"
        ),
        (
            "glyphs: asci\n",
            "console.yaml:1:9: error: `glyphs` is one of auto, unicode, ascii; did you mean "
                + "`ascii`?"
        ),
        (
            "escape_delay_ms: 2000\n",
            "console.yaml:1:18: error: `escape_delay_ms` is a number of milliseconds, 0 to 1000"
        ),
        ("columns: agent\n", "console.yaml:1:10: error: `columns` is a list of agent, workflow"),
        (
            "notifications: { quiet: 24:00-06:00 }\n",
            "console.yaml:1:25: error: `quiet` is a part of the day in UTC"
        ),
        ("mouse: [\n", "console.yaml:2:1: error: the file is no YAML"),
        ("mouse: true\nmouse: true\n", "console.yaml:1:1: error: a key stands twice: `mouse`"),
    ])
    func `a bad value is an error with its place`(_ text: String, _ problem: String) {
        let reading = read(text)
        #expect(reading.settings == nil)
        #expect(reading.problems.map(\.description).first?.hasPrefix(problem) == true)
    }

    @Test func `an unknown key is a warning, and the rest holds`() {
        let reading = read("mousse: true\nglyphs: ascii\n")
        #expect(reading.settings?.glyphs == .ascii)
        #expect(
            reading.problems.map(\.description) == [
                "console.yaml:1:1: warning: unknown key `mousse`; did you mean `mouse`?"
            ]
        )
    }

    @Test(arguments: [
        "confirm: { low: { arming_seconds: 0.1 } }\n",
        "confirm: { med: { take_back_seconds: 0 } }\n",
        "confirm: { high: { arming_seconds: 61 } }\n",
        "confirm: { irrev: { arming_seconds: .nan } }\n",
        "confirm: { irrev: { arming_seconds: fast } }\n",
    ])
    func `no time goes below its floor or past a minute`(_ text: String) {
        #expect(read(text).settings == nil)
        #expect(problems(text).first?.contains("is a number of seconds from") == true)
    }

    // MARK: - Keys

    @Test(arguments: [
        ("approve: Enter", "Enter is pressed without thinking: approve cannot hang on it."),
        ("reject: Space", "Space is pressed without thinking: reject cannot hang on it."),
        ("modify: Esc", "Esc is pressed without thinking: modify cannot hang on it."),
        ("escalate: [e, Tab]", "Tab is pressed without thinking: escalate cannot hang on it."),
        ("confirm: Enter", "Enter is pressed without thinking: no decision can be confirmed"),
        ("confirm: a", "The key that confirms also opens approve"),
        ("approve: y", "The key that confirms also opens approve"),
        ("confirm: j", "The key that confirms already does move-down."),
        ("zoom: j", "j does move-down and zoom: one key, one meaning."),
        ("approve: r", "r does approve and reject: one key, one meaning."),
        ("back: []", "No key does back: there would be no way out."),
        ("quit: ~", "No key does quit: there would be no way out."),
    ])
    func `a keymap that makes accidents easy is refused at its line`(
        _ line: String,
        _ sentence: String
    ) {
        let reading = read("keys:\n  \(line)\n")
        #expect(reading.settings == nil)
        #expect(
            reading.problems.contains { $0.message.hasPrefix(sentence) && $0.line == 2 },
            "\(reading.problems)"
        )
    }

    @Test(arguments: ["Ctrl-", "Ctrl-m", "F25", "F0", "jj", "[[j]]", "\"\\e\"", "\"\\u202E\""])
    func `what is no key is refused at its place`(_ name: String) {
        let reading = read("keys:\n  zoom: \(name)\n")
        #expect(reading.settings == nil)
        #expect(reading.problems.first?.message.contains("is no key") == true)
        #expect(reading.problems.first?.line == 2)
    }

    @Test func `every key that a keymap names can be written by its name`() {
        for binding in Keymap.standard.bindings {
            #expect(Key(name: binding.key.name) == binding.key)
        }
    }
}
