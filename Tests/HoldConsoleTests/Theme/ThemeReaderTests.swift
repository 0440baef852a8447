import Foundation
import HoldThemes
import Testing

@testable import HoldConsole

@Suite struct ThemeReaderTests {
    private let head = "name: mine\nmode: dark\nformat: 1\n"

    private func problems(_ text: String) -> [String] {
        ThemeReader.read(text, file: "mine.yaml").problems.map(\.description)
    }

    @Test func `a theme of two colours is enough`() throws {
        let reading = ThemeReader.read(
            head + "roles:\n  fg: \"#ffffff\"\n  bg: default\n",
            file: "mine.yaml"
        )
        #expect(reading.problems == [])
        let theme = try #require(reading.theme)
        #expect(theme.color(of: .title) == .rgb(RGB(red: 255, green: 255, blue: 255)))
        #expect(theme.color(of: .panel) == .standard)
    }

    @Test func `an unknown role is a warning with its place, and the theme still works`() {
        let reading = ThemeReader.read(
            head + "roles:\n  fg: \"#ffffff\"\n  dangr: \"#ff0000\"\n",
            file: "mine.yaml"
        )
        #expect(reading.theme != nil)
        #expect(
            reading.problems.map(\.description) == [
                "mine.yaml:6:3: warning: unknown role `dangr`; did you mean `danger`?"
            ]
        )
    }

    @Test(arguments: [
        (
            "roles:\n  fg: \"#fffff\"\n",
            "mine.yaml:5:7: error: `#fffff` is no colour: write \"#rrggbb\" in quotes, or default"
        ),
        (
            "roles:\n  fg: [1]\n",
            "mine.yaml:5:7: error: `` is no colour: write \"#rrggbb\" in quotes, or default"
        ),
        ("roles: []\n", "mine.yaml:4:8: error: `roles` is a mapping of roles to values"),
        (
            "roles: {}\nattrs:\n  key: blod\n",
            "mine.yaml:6:8: error: `blod` is no attribute: one of bold, dim, underline, reverse, "
                + "none; did you mean `bold`?"
        ),
        (
            "roles: {}\nansi16:\n  key: yelow\n",
            "mine.yaml:6:8: error: `yelow` is no colour: write a name such as red, red+bold, or "
                + "for a pair black on yellow; did you mean `yellow`?"
        ),
        (
            "roles: {}\nansi16:\n  key: black on yellow\n",
            "mine.yaml:6:8: error: two colours need a pair such as `sel_*`"
        ),
        (
            "roles: {}\nglyphs: asci\n",
            "mine.yaml:5:9: error: `glyphs` is one of auto, unicode, ascii; did you mean `ascii`?"
        ),
    ])
    func `a bad value is an error with its place`(text: String, problem: String) {
        #expect(problems(head + text) == [problem])
        #expect(ThemeReader.read(head + text, file: "mine.yaml").theme == nil)
    }

    @Test func `an unknown key is a warning, a missing one an error`() {
        #expect(
            problems("name: mine\nmode: dark\nformat: 1\nrolse: {}\n") == [
                "mine.yaml:1:1: error: the key `roles` is missing",
                "mine.yaml:4:1: warning: unknown key `rolse`; did you mean `roles`?",
            ]
        )
    }

    @Test func `another format and a strange name are errors`() {
        #expect(
            problems("name: ../mine\nmode: dim\nformat: 2\nroles: {}\n") == [
                "mine.yaml:1:7: error: a name has 1 to 64 of the characters a-z, 0-9 and -",
                "mine.yaml:2:7: error: `mode` is one of dark, light",
                "mine.yaml:3:9: error: format `2` is not known here; this is format 1",
            ]
        )
    }

    @Test func `what is no YAML is an error with its place`() throws {
        let found = try #require(problems(head + "roles:\n  fg: \"#ffffff\n").first)
        #expect(found.hasPrefix("mine.yaml:"))
        #expect(found.contains("error: the file is no YAML"))
        #expect(problems("") == ["mine.yaml: error: the file is empty"])
        #expect(
            problems("- a\n") == ["mine.yaml:1:1: error: a theme is a mapping of keys to values"]
        )
    }

    @Test func `a key that stands twice is an error`() throws {
        let found = problems(head + "roles:\n  fg: \"#ffffff\"\n  fg: \"#000000\"\n")
        #expect(found.count == 1)
        #expect(try #require(found.first).contains("a key stands twice: `fg`"))
    }

    @Test func `a file without end is an error`() {
        let text = String(repeating: "#", count: ThemeReader.bytesMax + 1)
        #expect(problems(text) == ["mine.yaml: error: the file is longer than 65536 bytes"])
    }

    @Test func `nothing from a file reaches the screen as a control character`() {
        let found = problems(head + "roles:\n  \"\\e[2J\\u202E\": \"#ffffff\"\n")
        #expect(found == ["mine.yaml:5:3: warning: unknown role `\\u{1B}[2J\\u{202E}`"])
    }

    @Test func `the person's own file comes before the one built in`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("holdshort-themes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let library = ThemeLibrary(folders: [folder.path, "/nonexistent"])
        let text = "name: mono\nmode: light\nformat: 1\nroles: {}\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent("mono.yaml"))
        try Data("x".utf8).write(to: folder.appendingPathComponent("own-one.yaml"))
        try Data("x".utf8).write(to: folder.appendingPathComponent("not a name.yaml"))

        #expect(library.theme(named: "mono").theme?.mode == .light)
        #expect(library.theme(named: "harbor-dark").theme?.mode == .dark)
        #expect(library.names == (ThemeTests.builtIn + ["own-one"]).sorted())
        #expect(library.theme(named: "own-one").theme == nil)
    }

    @Test func `a theme that is not there is told with the nearest name`() {
        let library = ThemeLibrary(folders: [])
        #expect(
            library.theme(named: "harbor-drak").problems.map(\.description) == [
                "`harbor-drak`: error: there is no theme of this name; did you mean `harbor-dark`?"
            ]
        )
        #expect(library.theme(named: "../../etc/passwd").theme == nil)
        #expect(ThemeLibrary.theme(at: "/dev/zero").theme == nil)
        #expect(ThemeLibrary.theme(at: "/").theme == nil)
    }

    @Test func `folders follow the environment`() {
        #expect(
            ThemeLibrary(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"]).folders
                == ["/c/holdshort/themes", "/usr/share/holdshort/themes"]
        )
        #expect(
            ThemeLibrary(environment: ["HOME": "/h"]).folders
                == ["/h/.config/holdshort/themes", "/usr/share/holdshort/themes"]
        )
        #expect(
            ThemeLibrary(environment: ["XDG_CONFIG_HOME": "relative"]).folders
                == ["/usr/share/holdshort/themes"]
        )
    }
}
