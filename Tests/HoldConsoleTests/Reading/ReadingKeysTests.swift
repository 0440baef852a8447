import HoldCore
import Testing

@testable import HoldConsole

/// Keys in the panes that hold an item's text, with the real drawing.
@Suite struct ReadingKeysTests {
    private static let wide = Size(columns: 120, rows: 40)

    private func scene(_ parts: [ContextPart], size: Size = wide) -> Scene {
        Scene(size, detail: ReadingSample.detail(parts))
    }

    private func picture(_ scene: Scene) -> String { scene.drawing.frame.picture }

    /// The row with the pointer, up to the border.
    private func pointed(_ scene: Scene) -> String? {
        picture(scene).split(separator: "\n").first { $0.contains("┃▸") }.map(String.init)
    }

    @Test func `the cursor of the context folds and unfolds a branch`() {
        var scene = scene([ReadingSample.part(.json)])
        scene.press(.character("5"), .character("z"))
        #expect(picture(scene).contains("\"customer_id\""))

        scene.press(.character("g"))
        while pointed(scene)?.contains("\"columns\"") != true { scene.press(.character("j")) }
        scene.press(.left)
        #expect(picture(scene).contains("▸ ┊ \"columns\": [2]"))
        #expect(!picture(scene).contains("\"customer_id\""))

        scene.press(.enter)
        #expect(picture(scene).contains("\"customer_id\""))
        #expect(scene.model.screen == .triage)

        scene.press(.left, .right)
        #expect(picture(scene).contains("▾ ┊ \"columns\": [2]"))
    }

    @Test func `left goes from a leaf to what it is in`() {
        var scene = scene([ReadingSample.part(.json)])
        scene.press(.character("5"), .character("z"), .character("g"))
        while pointed(scene)?.contains("\"region\"") != true { scene.press(.character("j")) }

        scene.press(.left)

        #expect(pointed(scene)?.contains("\"columns\"") == true)
    }

    @Test func `brackets jump from block to block and from hunk to hunk`() {
        var scene = scene([ReadingSample.part(.diff), ReadingSample.part(.log)])
        scene.press(.character("5"))
        var rows: [String] = []
        for _ in 0..<8 {
            scene.press(.character("]"))
            rows.append(pointed(scene) ?? "")
        }
        let words = ["DIFF", "diff --git", "@@ -41", "@@ -98", "LOG", "ERROR:", "level"]
        for (row, word) in zip(rows, words) { #expect(row.contains(word), "\(row)") }
        #expect(rows[7] == rows[6])

        scene.press(.character("["), .character("["))
        #expect(pointed(scene)?.contains("LOG") == true)
    }

    @Test func `a search shows what it finds while it is typed, n and N go on`() {
        var scene = scene([ReadingSample.part(.log), ReadingSample.part(.text)])
        scene.press(.character("5"), .character("/"))
        scene.type("error")
        #expect(picture(scene).contains("/error"))
        let hits = scene.drawing.frame
        let marked = (0..<hits.size.rows).flatMap { hits.row($0) }.filter { $0.style == .match }
        #expect(marked.count >= 5)

        scene.press(.enter)
        let first = pointed(scene)
        #expect(first?.lowercased().contains("error") == true)
        scene.press(.character("n"))
        #expect(pointed(scene) != first)
        scene.press(.character("N"))
        #expect(pointed(scene) == first)
        #expect(scene.model.queue.filter == nil)

        scene.press(.escape)
        #expect(scene.model.reading.view.search == nil)
        #expect(!picture(scene).contains("/error"))
    }

    @Test func `words are found across the end of a row, and a capital is meant`() throws {
        let part = ContextPart(kind: .text, body: "one two Three four")
        func rows(_ words: String) throws -> [Int] {
            let rows = ReadingSample.rows(part, width: 14)
            let found = try #require(PaneSearch(words)).marking(rows)
            return found.indices.filter { found[$0].hasMatch }
        }

        #expect(try rows("two three") == [1, 2])
        #expect(try rows("Two") == [])
        #expect(try rows("Three") == [2])
        #expect(PaneSearch("") == nil)
    }

    @Test func `in the queue a slash filters and n does nothing`() {
        var scene = scene([])
        scene.press(.character("n"), .character("/"))
        #expect(scene.model.prompt?.kind == .filter)
    }

    @Test func `the undo chain can be searched too`() {
        var scene = scene([])
        scene.press(.character("6"), .character("/"))
        scene.type("autovac")
        scene.press(.enter)

        #expect(pointed(scene)?.contains("sql.set_autovacuum") == true)
    }

    @Test func `lines that are cut do not count as seen, and are moved along`() throws {
        var detail = Sample.indexDetail
        let end = "the very end"
        detail.arguments = ["a": .string(String(repeating: "x", count: 300) + end)]
        detail.proposedArguments = detail.arguments
        var scene = Scene(Self.wide, items: Sample.items, detail: detail)
        // Seen on the first frame; another width makes it unseen.
        scene.press(.character("2"), .character("W"))
        scene.send(.resized(Size(columns: 118, rows: 40)))
        scene.paint()

        #expect(!picture(scene).contains(end))
        #expect(picture(scene).contains("lines cut"))
        for _ in 0..<34 { scene.press(.right) }
        #expect(picture(scene).contains(end))
        #expect(scene.model.obstacle(to: .approve) == .unread(.lines(1)))

        scene.press(.character("W"))
        #expect(picture(scene).contains(end))
        #expect(scene.model.selected?.unread == nil)
    }

    @Test func `lines seen before stay seen while they are cut`() {
        var scene = scene([])
        scene.read()
        scene.press(.character("2"), .character("W"))
        #expect(scene.model.selected?.unread == nil)
    }

    @Test func `another item is read from its beginning, wrapped as the last one`() {
        var scene = scene([ReadingSample.part(.json)])
        scene.press(.character("5"), .character("W"), .character("]"), .character("/"))
        scene.type("a")
        scene.press(.enter, .character("1"), .character("j"))

        #expect(scene.model.reading.view.search == nil)
        #expect(scene.model.reading.rows.isEmpty)
        #expect(!scene.model.reading.view.isWrapped)
    }

    @Test func `a raw view that is covered, or behind a tab, was not looked at`() {
        var detail = Sample.indexDetail
        detail.arguments = ["a": "x\u{202E}y"]
        detail.proposedArguments = detail.arguments
        var scene = Scene(Size(columns: 80, rows: 24), detail: detail)
        scene.press(.character("2"))
        #expect(scene.model.selected?.unread == .hidden(1))

        scene.press(.character("5"), .character("x"))
        #expect(scene.model.selected?.unread == .hidden(1))

        scene.press(.character("2"))
        #expect(scene.model.selected?.unread == nil)
    }

    @Test func `the raw view names every character, of the context too`() {
        var detail = ReadingSample.detail([ReadingSample.part(.text)])
        detail.arguments = ["a": "x\u{202E}y"]
        detail.proposedArguments = detail.arguments
        var scene = Scene(Size(columns: 200, rows: 60), detail: detail)
        scene.press(.character("x"))

        #expect(picture(scene).contains("U+202E  RIGHT-TO-LEFT OVERRIDE"))
        #expect(picture(scene).contains("U+001B  ESCAPE"))
        #expect(picture(scene).contains("U+2551  BOX DRAWINGS DOUBLE VERTICAL"))
    }
}
