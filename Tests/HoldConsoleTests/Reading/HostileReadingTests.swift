import HoldCore
import Testing

@testable import HoldConsole

/// Whatever an agent writes, in whatever kind of text, at whatever width.
@Suite struct HostileReadingTests {
    static let widths = [1, 2, 3, 4, 5, 8, 13, 21, 40, 60, 80, 120, 200]

    /// Nothing forbidden is on a row, it is no wider than its pane, and what is not ours stands
    /// behind the gutter on its ground.
    private func check(_ rows: [PaneRow], width: Int, _ glyphs: GlyphSet, _ note: String) {
        let gutter = SafeText.gutter(glyphs).plain
        for row in rows {
            for part in row.line.parts {
                for run in part.line.runs {
                    let isSafe =
                        run.isMark
                        ? run.text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
                        : !run.text.unicodeScalars.contains(where: isForbidden)
                    if !isSafe { Issue.record("forbidden in \(note): \(run.text)") }
                }
            }
            // Where there is no room for a gutter and one cell, the frame cuts the row.
            if width >= 13, row.line.width > width { Issue.record("too wide: \(note)") }
            let untrusted = row.line.parts.filter { $0.style.background == .untrustedBackground }
            if let first = untrusted.first {
                if first.line.plain != gutter { Issue.record("no gutter: \(note) \(row.words)") }
                if row.ground != .untrusted { Issue.record("no ground: \(note)") }
            }
        }
    }

    @Test(arguments: 1...UInt64(12), ContextPart.Kind.allCases)
    func `nothing forbidden comes out of any kind of context`(
        seed: UInt64,
        kind: ContextPart.Kind
    ) {
        var fuzz = DisplayFuzz(seed: seed)
        var random = SeededRandom(seed: seed)
        let raw = String(decoding: fuzz.text(pieces: 40), as: UTF8.self)
        let shaped = Self.shapes.map { $0 + raw.prefix(40) }.joined(separator: "\n")
        let bodies: [JSONValue] = [
            .string(raw), .string(shaped), random.json(), [["a": .string(raw), raw: 1]],
            ["columns": [.string(raw)], "rows": [[.string(raw), 1.5], [.null]]],
        ]
        for (index, body) in bodies.enumerated() {
            let part = ContextPart(kind: kind, title: raw, body: body)
            for width in Self.widths where random.chance(30) {
                let glyphs: GlyphSet = width.isMultiple(of: 2) ? .ascii : .unicode
                let rows = ReadingSample.rows(
                    part,
                    width: width,
                    glyphs: glyphs,
                    isWrapped: width != 21 && width != 60,
                    column: width == 60 ? 3 : 0
                )
                check(rows, width: width, glyphs, "seed \(seed), \(kind) \(index), \(width)")
            }
        }
    }

    private static let shapes = [
        "# ", "- [x] ", "> > ", "1. ", "```", "@@ -1,3 +1,4 @@ ", "+", "-", " ", "--- ", "ERROR ",
        "2026-01-01T00:00:00Z WARN ", "**", "[a](", "level=", "{\"", "| ",
    ]

    @Test(arguments: 1...UInt64(16))
    func `nothing forbidden comes out of an action, raw or not`(seed: UInt64) {
        var fuzz = DisplayFuzz(seed: seed)
        var random = SeededRandom(seed: seed)
        let raw = String(decoding: fuzz.text(pieces: 40), as: UTF8.self)
        var detail = Sample.indexDetail
        detail.arguments = ["sql": .string("SELECT '" + raw), raw: .array([.string(raw)])]
        detail.undoArguments = ["command": .string("rm -f " + raw)]
        detail.context = ContextPart.Kind.allCases.map {
            ContextPart(kind: $0, title: raw, body: .string(raw))
        }
        for (index, width) in Self.widths.enumerated() where random.chance(30) {
            var view = ReadingView()
            view.isWrapped = index % 3 != 0
            view.search = ReadingView.Search(
                pane: index % 2 == 0 ? .action : .context,
                words: String(raw.unicodeScalars.prefix(1)) + "x"
            )
            let glyphs: GlyphSet = width.isMultiple(of: 2) ? .ascii : .unicode
            for isRaw in [false, true] {
                let pages = ItemPages(
                    ItemPages.Key(
                        detail: detail,
                        isRaw: isRaw,
                        actionColumns: width,
                        contextColumns: width,
                        glyphs: glyphs,
                        view: view
                    )
                )
                let note = "seed \(seed), \(width), raw \(isRaw)"
                check(pages.action, width: width, glyphs, note)
                check(pages.context, width: width, glyphs, note)
            }
        }
    }

    @Test(arguments: 1...UInt64(10))
    func `a search changes no text`(seed: UInt64) throws {
        var fuzz = DisplayFuzz(seed: seed)
        let raw = String(decoding: fuzz.text(pieces: 80), as: UTF8.self)
        let rows = ReadingSample.rows(ContextPart(kind: .text, body: .string(raw)), width: 30)
        for words in ["r", "rm", "\\u{", "x.y{", "\u{301}", "中"] {
            let found = try #require(PaneSearch(words)).marking(rows)
            #expect(found.map(\.words) == rows.map(\.words), "seed \(seed)")
            #expect(found.map(\.line.width) == rows.map(\.line.width), "seed \(seed)")
        }
    }

    private static let floods: [(ContextPart.Kind, [String])] = [
        (.text, ["a", "世", "e\u{301}", "\u{202E}", "\n"]),
        (
            .markdown,
            [
                "[", "*", "_", "`", "|", "\\", "#", "> ", "- ", "1. ", "[](", "*a ", " _a", "`a",
                "**a", "[a](", "```\n", "*a**b", "é*",
            ]
        ),
        (.diff, ["@@ -1,9 +1,9 @@\n", "@", "-", "+\n", "--- "]),
        (.log, ["ERROR ", "12:00 ", "[", "a=", "2026-01-01 "]),
        (.json, ["[", "{\"a\":", "\"", "[1,"]), (.table, ["[", "[[1],", "|"]),
    ]

    @Test(arguments: floods)
    func `64 KiB of any sign costs no more than 64 KiB of anything`(
        kind: ContextPart.Kind,
        signs: [String]
    ) {
        for sign in signs {
            let raw = String(repeating: sign, count: 65_536 / sign.utf8.count)
            let part = ContextPart(kind: kind, body: .string(raw))
            let spent = ContinuousClock().measure { _ = ReadingSample.rows(part, width: 80) }
            // What is quadratic takes minutes; an unoptimised build on a slow machine, a second.
            #expect(spent < .seconds(20), "\(kind): \(sign.debugDescription) took \(spent)")
        }
    }

    @Test func `an action of 64 KiB of quotes is coloured in time`() {
        for sign in ["'", "\"", "/*", "--", "\\", "a ", "-a ", "\n"] {
            let raw = "SELECT " + String(repeating: sign, count: 65_536 / sign.utf8.count)
            let page = JSONLines.page(of: ["sql": .string(raw)])
            let text = SafeText(untrusted: page.text, pane: .action)
            let spent = ContinuousClock().measure {
                _ = CodeColours.lines(of: text, page.texts, action: "x")
            }
            #expect(spent < .seconds(20), "\(sign.debugDescription) took \(spent)")
        }
    }

    @Test func `a deep tree neither overflows nor takes long`() {
        var deep: JSONValue = 1
        for _ in 0..<500 { deep = ["a": deep, "b": [deep.text == nil ? 1 : 2]] }
        let rows = ReadingSample.rows(ContextPart(kind: .json, body: deep), width: 40)
        #expect(rows.count < 3_000)
    }

    @Test func `a search for many of one letter among many of it is quick`() throws {
        let raw = String(repeating: "a", count: 60_000)
        let rows = ReadingSample.rows(ContextPart(kind: .text, body: .string(raw)), width: 80)
        let search = try #require(PaneSearch(String(repeating: "a", count: 500) + "b"))
        let spent = ContinuousClock().measure { _ = search.marking(rows) }
        #expect(spent < .seconds(10))
    }
}
