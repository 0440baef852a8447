import HoldCore
import Testing

@testable import HoldConsole

/// Pictures of the screens that show no panes.
@Suite struct ViewPictureTests {
    static let shots =
        ViewShot.allCases.flatMap { shot in
            PictureTests.sizes.map { ViewPicture(shot: shot, size: $0, glyphs: .unicode) }
        }
        + ViewShot.allCases.flatMap { shot in
            PictureTests.sizes.prefix(2).map { ViewPicture(shot: shot, size: $0, glyphs: .ascii) }
        }

    @Test(arguments: shots)
    func `each view looks as in its picture`(picture: ViewPicture) throws {
        let frame = picture.shot.scene(picture.size, glyphs: picture.glyphs).drawing.frame
        let tests = PictureTests()
        try tests.compare(frame.picture + "\n", with: picture.name + ".screen")
        if picture.glyphs == .unicode, [80, 120].contains(picture.size.columns) {
            try tests.compare(frame.styleMap + "\n", with: picture.name + ".styles")
        }
    }

    @Test(arguments: [ViewShot.workflows, .workflow, .undo, .history, .search, .frozen])
    func `without colours the row under the cursor still stands out`(shot: ViewShot) {
        let frame = shot.scene(Size(columns: 80, rows: 24)).drawing.frame
        let theme = Theme(name: "mono", mode: .dark, colors: [:])
        let reversed = (1..<23).filter { row in
            frame.row(row).dropFirst(2).prefix(40).allSatisfy {
                theme.appearance(of: $0.style, at: .mono).attributes.contains(.reverse)
            }
        }
        #expect(!reversed.isEmpty)
    }
}

struct ViewPicture: Sendable, CustomTestStringConvertible {
    let shot: ViewShot
    let size: Size
    let glyphs: GlyphSet

    var name: String {
        "\(shot.rawValue)-\(size.columns)x\(size.rows)\(glyphs == .ascii ? "-ascii" : "")"
    }
    var testDescription: String { name }
}

/// The names of the screens that pictures are taken of.
enum ViewShot: String, CaseIterable, Sendable {
    case workflows, workflow, undo, skip, resolve, pause, history, search, record
    case frozen = "workflows-frozen"

    func scene(_ size: Size, glyphs: GlyphSet = .unicode) -> Scene {
        var scene = Scene(size, glyphs: glyphs, workflows: Sample.busyWorkflows)
        switch self {
        case .workflows, .workflow, .pause, .frozen:
            scene.press(.character("w"))
            for _ in 0..<8 where scene.model.workflowsView.selection != Sample.janitor.line.workflow
            {
                scene.press(.character("j"))
            }
            scene.send(.workflowLoaded(Sample.janitor))
            if self == .workflow { scene.press(.enter) }
            if self == .pause {
                scene.press(.character("P"))
                scene.type("the ticket is closed")
            }
            if self == .frozen {
                scene.send(.disconnected(cause: "refused"))
                scene.press(.character("v"))
            }
        case .undo, .skip, .resolve:
            scene.press(.character("w"), .character("g"), .character("U"))
            scene.send(.workflowLoaded(Sample.onboarding(agreedBy: self == .skip ? "bob" : nil)))
            scene.paint()
            if self == .skip {
                scene.press(.character("K"))
                scene.type("payroll closed the record")
                scene.press(.tab)
                scene.type("payroll.cre")
            }
            if self == .resolve {
                scene.press(.character("M"))
                scene.type("deleted by hand, see OPS-77")
            }
        case .history, .search, .record:
            scene.press(.character("h"))
            if self == .search {
                scene.press(.character("/"))
                scene.type("user:alice")
                scene.press(.enter)
            }
            show(&scene, Sample.history.filter { self != .search || $0.actor.user == "alice" })
            scene.send(.historyChecked(.sound(events: 10_412, at: Scene.night)))
            if self == .record {
                scene.press(.enter)
                scene.send(.detailLoaded(Sample.decidedDetail))
            }
        }
        scene.paint()
        scene.pass(Span(milliseconds: 200))
        return scene
    }

    private func show(_ scene: inout Scene, _ events: [HistoryEvent]) {
        guard let query = scene.model.historyView.asked else { return }
        scene.send(
            .historyLoaded(
                HistoryPage(query: query, events: events, lastSequence: 10_412, reached: nil)
            )
        )
    }
}
