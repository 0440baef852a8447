import HoldCore
import Testing

@testable import HoldConsole

/// Nothing goes to the clipboard that was not on the screen to its last row.
@Suite struct CopyTests {
    private static let sizes = [
        Size(columns: 40, rows: 10), Size(columns: 60, rows: 20), Size(columns: 80, rows: 24),
        Size(columns: 200, rows: 60),
    ]

    /// Opens the menu at a choice and presses Enter at once, then after having read on.
    private func copy(_ scene: inout Scene, _ number: Character) -> [SafeText] {
        var copies: [SafeText] = []
        func press(_ key: Key, in scene: inout Scene) {
            scene.pass(Span(milliseconds: 250))
            for request in scene.send(.keyPressed(key)) {
                if case .copy(let text) = request { copies.append(text) }
            }
            scene.paint()
        }
        press(.character("y"), in: &scene)
        for scalar in number.unicodeScalars { press(.character(scalar), in: &scene) }
        for _ in 0..<400 where scene.model.sheet != nil {
            press(.enter, in: &scene)
            press(.pageDown, in: &scene)
        }
        return copies
    }

    @Test(arguments: sizes)
    func `what is copied is what was shown`(size: Size) {
        for (number, text) in [
            ("1", "4826"), ("2", Sample.index.digest.description), ("3", "holdshort show 4826"),
        ] as [(Character, String)] {
            var scene = Scene(size)
            #expect(copy(&scene, number).map(\.plain) == [text])
        }
    }

    @Test(arguments: sizes)
    func `a long text is copied only once all of it was on the screen`(size: Size) {
        var detail = Sample.indexDetail
        let lines = (0..<60).map { "line \($0)" }.joined(separator: "\u{1B}\n")
        detail.arguments = ["a": .string(lines), "b": ["c": [1, 2, "x\u{202E}y"]]]
        var scene = Scene(size, detail: detail)
        scene.press(.character("y"), .character("4"), .enter)
        if size.rows < 60 {
            #expect(scene.model.sheet != nil)
            #expect(scene.drawing.frame.picture.contains("Not all of it"))
        }
        scene.press(.escape)

        let copied = copy(&scene, "4")

        #expect(copied.count == 1)
        #expect(copied.first?.plain.contains("x\\u{202E}y") == true)
        #expect(copied.first?.plain.contains("\u{1B}") == false)
    }

    @Test func `what no clipboard takes is refused in words`() {
        var detail = Sample.indexDetail
        detail.arguments = ["a": .string(String(repeating: "x", count: 75_000))]
        var scene = Scene(Size(columns: 80, rows: 24), detail: detail)
        scene.press(.character("y"), .character("4"), .enter)

        #expect(scene.drawing.frame.picture.contains("Too long for a clipboard"))
    }

    @Test func `a stuck undo chain has its commands to copy`() {
        var scene = Scene(
            Size(columns: 120, rows: 40),
            items: [Sample.stuckItem] + Sample.items,
            detail: Sample.stuckDetail,
            workflows: Sample.stuckWorkflows
        )
        let copied = copy(&scene, "6")

        #expect(
            copied.map(\.plain)
                == ["holdshort undo resolve onboard-hr-7f2 step-3 --reason 'done by hand'"]
        )
    }

    @Test(
        arguments: [
            ("run-1", "run-1"), ("a b", "'a b'"), ("a'; rm -rf ~ #", #"'a'\''; rm -rf ~ #'"#),
            ("$(x)", "'$(x)'"), ("-rf", nil), ("", nil), ("a\u{202E}b", nil), ("a\nb", nil),
            ("e\u{301}", "'e\u{301}'"), ("p\u{430}y", nil), ("a         b", nil),
        ] as [(String, String?)]
    )
    func `a word for a shell is one word, or none`(raw: String, word: String?) {
        #expect(ShellWord(raw)?.text.plain == word)
    }

    @Test func `letters in the sheet decide nothing and Esc copies nothing`() {
        var scene = Scene(Size(columns: 80, rows: 24))
        scene.read()
        scene.press(.character("y"), .character("a"), .character("y"), .character("r"))
        guard case .copy = scene.model.sheet else {
            Issue.record("the sheet is gone")
            return
        }
        scene.press(.escape)
        #expect(scene.model.sheet == nil && scene.model.holds.isEmpty)
    }

    @Test func `a second press of the confirm key does not hide the way back`() {
        var scene = Shot.hold.scene(Size(columns: 120, rows: 40))
        #expect(scene.model.holds.count == 1)

        scene.press(.character("y"))
        #expect(scene.model.sheet == nil)
        scene.press(.character("u"))
        #expect(scene.model.holds.isEmpty)
    }

    @Test func `without room for the sheet there is none`() {
        var scene = Scene(Size(columns: 24, rows: 6))
        scene.press(.character("y"))
        #expect(scene.model.sheet == nil)
    }
}
