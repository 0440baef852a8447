import HoldCore
import Testing

@testable import HoldConsole

@Suite struct DrawTests {
    static let large = Size(columns: 120, rows: 40)

    @Test func `the same model gives the same frame, whatever was drawn before`() {
        var renderer = Renderer()
        let one = Shot.triage.scene(Self.large).model
        let other = Shot.typed.scene(Self.large).model

        let first = renderer.draw(one)
        _ = renderer.draw(other)

        #expect(renderer.draw(one) == first)
        #expect(draw(one) == first)
    }

    @Test(arguments: PictureTests.sizes)
    func `screens after one another look as each does alone`(size: Size) {
        var renderer = Renderer()
        for shot in Shot.allCases + Shot.allCases.reversed() {
            let model = shot.scene(size).model
            #expect(renderer.draw(model) == draw(model), "\(shot)")
        }
    }

    @Test(arguments: PictureTests.sizes.prefix(6))
    func `a frame says of its own lines that they are seen`(size: Size) {
        for shot in Shot.allCases {
            let model = shot.scene(size).model
            var expected = draw(model)
            if let shown = model.showing(expected.report) { expected = draw(shown) }

            var renderer = Renderer()
            let (drawing, shown) = renderer.drawShown(model)

            #expect(drawing == expected, "\(shot)")
            #expect(draw(shown) == expected, "\(shot)")
        }
    }

    @Test(arguments: PictureTests.sizes.prefix(6))
    func `rows that are kept from frame to frame look right as time passes`(size: Size) {
        var renderer = Renderer()
        var scene = Shot.triage.scene(size)
        for step in [1, 998, 1, 7, 993, 59_999, 1, 600_000, 3_600_000] as [Int64] {
            scene.pass(Span(milliseconds: step))

            #expect(renderer.draw(scene.model) == draw(scene.model), "after \(step) ms more")
        }
    }

    @Test(arguments: [ReadAhead.step, .first, .last], PictureTests.sizes.prefix(6))
    func `an item whose texts were made before it was chosen looks as it would without`(
        place: ReadAhead,
        size: Size
    ) throws {
        var renderer = Renderer()
        var scene = Shot.triage.scene(size)
        _ = renderer.draw(scene.model)
        let detail = try #require(scene.model.selected?.detail)
        scene.press(.character("k"))
        _ = renderer.draw(scene.model)

        for _ in 1...2 {
            renderer.expect(detail, as: place, after: scene.model)
            scene.press(.character("j"))
            scene.send(.detailLoaded(detail))

            #expect(scene.model.selected?.detail == detail)
            #expect(renderer.draw(scene.model) == draw(scene.model))
            renderer.rest()

            scene.press(.character("k"))
            #expect(renderer.draw(scene.model) == draw(scene.model))
        }
    }

    @Test(arguments: [Separation.none, .enforced], PictureTests.sizes.prefix(6))
    func `without separation every screen says so`(separation: Separation, size: Size) {
        let picture = Scene(size, separation: separation).drawing.frame.picture

        let says = picture.contains("separation: none") || picture.contains("sep: none")
        #expect(says == (separation == .none))
    }

    @Test func `lines that are on the screen are reported, and only those`() throws {
        var scene = Scene(Size(columns: 80, rows: 24))
        let first = try #require(scene.drawing.report.lines)
        #expect(first.lines.lowerBound == 0)
        #expect(first.lines.upperBound < first.total)
        #expect(scene.model.selected?.unread != nil)

        scene.read()

        #expect(scene.model.selected?.unread == nil)
    }

    @Test func `what lies under a sheet, the help or the raw view was not read`() {
        for shot in [Shot.reject, .help, .disconnected] {
            #expect(shot.scene(Self.large).drawing.report.lines == nil, "\(shot)")
        }
        var scene = Scene(Self.large)
        scene.press(.character("x"))
        #expect(scene.drawing.report.lines == nil)
    }

    @Test(arguments: PictureTests.sizes.prefix(5))
    func `a sheet is reported only when all that matters of it is on the screen`(size: Size) {
        let drawing = Shot.approve.scene(size).drawing

        #expect(drawing.report.sheet != nil)
        let picture = drawing.frame.picture
        for words in ["Approve #4826", "y  approve", "arming"] {
            #expect(picture.contains(words), "\(words)")
        }
    }

    @Test func `hidden characters are counted in plain sight`() {
        var detail = Sample.indexDetail
        detail.arguments = ["path": "/etc/\u{202E}passwd"]

        let scene = Scene(Self.large, detail: detail)

        #expect(scene.drawing.frame.picture.contains("1 HIDDEN: x shows"))
        #expect(scene.drawing.report.lines?.hidden == 1)
    }

    @Test func `no string can pass for structure`() {
        let forged = JSONLines.text(of: ["note": "x\",\n  \"confirmed\": \"yes"]).plain
        #expect(
            forged == #"""
                "note": 
                  "x\",\n"
                  "  \"confirmed\": \"yes"
                """#
        )
    }

    @Test(arguments: [
        (0.0, "00:00"), (59, "00:59"), (61, "01:01"), (3_599, "59:59"), (3_600, "01h00"),
        (359_999, "99h59"), (360_000, "4d"), (-5, "00:00"), (9e15, "9999d"),
    ])
    func `a countdown is short and never below nothing`(seconds: Double, words: String) {
        #expect(Clock.left(Span(seconds: seconds)).plain == words)
    }

    @Test func `what a length of time does not tell can be left out of it`() {
        let edges: [Int64] = [0, 60, 3_600, 36_000, 360_000, 864_000]
        for milliseconds in edges.flatMap({ ($0 * 1_000 - 1_500)...($0 * 1_000 + 1_500) }) {
            let span = Span(milliseconds: milliseconds)
            #expect(Clock.left(Clock.told(span)) == Clock.left(span))
        }
        #expect(Clock.told(Span(seconds: 59.9)) == Span(seconds: 59))
        #expect(Clock.told(Span(seconds: 3_659)) == Span(minutes: 60))
    }

    @Test func `an asynchronous step is not said to wait`() {
        var detail = Sample.indexDetail
        detail.item.mode = .async
        let items = Sample.items.map { $0.number == 4826 ? detail.item : $0 }

        let picture = Scene(Self.large, items: items, detail: detail).drawing.frame.picture

        #expect(picture.contains("MAY RUN"))
        #expect(picture.contains("without waiting for you"))
        #expect(!picture.contains("WILL RUN"))
    }

    @Test func `a bar drops what matters least and keeps what must stay`() {
        var bar = Bar(style: .plain)
        bar.leading = [
            Bar.Part(StyledLine("must", .plain), rank: 0),
            Bar.Part([StyledLine("longer", .plain), StyledLine("lg", .plain)], rank: 1),
            Bar.Part(StyledLine("extra", .plain), rank: 2),
        ]
        func text(_ width: Int) -> String {
            bar.line(width: width, ellipsis: .ellipsis).parts.map(\.line.plain).joined()
        }

        #expect(text(30) == " must   longer   extra        ")
        #expect(text(14) == " must  longer ")
        #expect(text(10) == " must  lg ")
        #expect(text(8) == " must   ")
        #expect(text(4) == " mu…")
    }
}
