import HoldCore
import Testing

@testable import HoldConsole

@Suite struct FindingDrawTests {
    private static let size = Size(columns: 80, rows: 24)

    @Test func `what a filter found is marked in the rows, and nothing else`() {
        let frame = Shot.filter.scene(Self.size).drawing.frame
        var found: [String] = []
        for row in 0..<frame.size.rows {
            let cells = frame.row(row).filter { $0.style == .match }
            if !cells.isEmpty { found.append(cells.map(\.cluster).joined()) }
        }

        #expect(found == ["git", "git"])
    }

    @Test(arguments: PictureTests.sizes.prefix(4))
    func `a list of completions leaves whole what the banner says`(size: Size) {
        var scene = Shot.hold.scene(size)
        scene.press(.character(":"))
        scene.type("th")

        let rows = scene.drawing.frame.picture.split(separator: "\n")
        #expect(rows.contains { $0.contains("Tab takes") })
        #expect(rows.contains { $0.hasPrefix(" HOLD ") && $0.contains("u take back") })
    }

    @Test func `hidden characters stay marked where a filter finds them`() {
        var items = Sample.items
        items[5].summary = "git \u{202E}git"
        var scene = Scene(Self.size, items: items)
        scene.press(.character("/"))
        scene.type("git")
        for _ in 0..<3 { scene.show([items[5]]) }
        let row = scene.drawing.frame.row(2)

        #expect(row.contains { $0.style == .neutralised })
        #expect(row.count { $0.style == .match } == 9)
    }

    @Test func `an empty list behind a filter does not claim that nothing waits`() {
        var scene = Scene(Self.size)
        scene.press(.character("/"))
        scene.type("zz")
        for _ in 0..<2 { scene.show([]) }
        scene.press(.escape)

        #expect(!scene.drawing.frame.picture.contains("Nothing is waiting"))
    }

    @Test func `the palette shows over help`() {
        var scene = Scene(Self.size)
        scene.press(.character("?"), .control("p"))

        #expect(scene.drawing.frame.picture.contains("Find a command"))
    }

    @Test func `lines under a list of words do not count as seen`() {
        var scene = Scene(Self.size)
        scene.press(.character(":"))

        #expect(scene.drawing.report.lines == nil)
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)])
    func `a batch is confirmed only with its whole list on the screen`(size: Size) {
        let drawing = Shot.batchApprove.scene(size).drawing
        guard let shown = drawing.report.batch else { return }

        #expect(shown.rows.upperBound <= shown.total)
        #expect(drawing.report.sheet?.id == shown.id)
    }

    @Test func `a mark and a batch are told without colours too`() {
        let picture = Shot.range.scene(Self.size).drawing.frame.picture
        #expect(picture.contains("[+]"))
        var scene = Scene(Self.size)
        scene.press(.character(" "))
        #expect(scene.drawing.frame.picture.contains("[x]"))
        #expect(scene.drawing.frame.picture.contains("1 marked"))
    }
}
