import HoldCore
import Testing

@testable import HoldConsole

/// Pictures of each kind of text, of searching, folding, cut lines and copying.
@Suite struct ReadingPictureTests {
    enum Shot: String, CaseIterable, Sendable {
        case text, markdown, diff, log, table
        case tree = "json"
        case folded, search, cut, copy, code

        private var kind: ContextPart.Kind {
            switch self {
            case .text, .cut: .text
            case .markdown: .markdown
            case .diff: .diff
            case .log, .search: .log
            case .table, .copy, .code: .table
            case .tree, .folded: .json
            }
        }

        func scene(_ size: Size, _ glyphs: GlyphSet) -> Scene {
            var detail = ReadingSample.detail([ReadingSample.part(kind)])
            if self == .cut {
                let long = String(repeating: "0123456789", count: 12)
                detail.arguments = ["first": .string(long), "second": "short"]
                detail.proposedArguments = detail.arguments
            }
            if self == .code {
                detail.arguments = [
                    "command": "sudo pg_dump --table orders 'prod eu' | gzip -9 # keep a copy",
                    "sql":
                        "/* once */ DELETE FROM orders\nWHERE id = 42 AND note = 'it''s'; -- one",
                ]
                detail.proposedArguments = detail.arguments
            }
            var scene = Scene(size, glyphs: glyphs, detail: detail)
            switch self {
            case .copy: scene.press(.character("y"), .character("4"))
            case .code: break
            case .text, .markdown, .diff, .log, .table, .tree:
                scene.press(.character("5"))
                if size.columns < 160 { scene.press(.character("z")) }
            case .folded:
                scene.press(.character("5"), .character("z"), .character("]"), .character("j"))
                scene.press(.left)
            case .search:
                scene.press(.character("5"), .character("z"), .character("/"))
                scene.type("error")
                scene.press(.enter)
            case .cut:
                scene.press(.character("2"), .character("W"), .right)
            }
            return scene
        }
    }

    static let sizes = [(80, 24), (120, 40), (200, 60)].map { Size(columns: $0.0, rows: $0.1) }

    @Test(arguments: Shot.allCases, GlyphSet.allCases)
    func `each kind of text looks as in its picture`(shot: Shot, glyphs: GlyphSet) throws {
        for size in Self.sizes {
            let frame = shot.scene(size, glyphs).drawing.frame
            let name = "reading-\(shot.rawValue)-\(size.columns)x\(size.rows)"
            let pictures = PictureTests()
            guard glyphs == .unicode else {
                try pictures.compare(frame.picture + "\n", with: name + "-ascii.screen")
                continue
            }
            try pictures.compare(frame.picture + "\n", with: name + ".screen")
            guard size.columns == 80 else { continue }
            try pictures.compare(frame.styleMap + "\n", with: name + ".styles")
            try pictures.compare(mono(frame) + "\n", with: name + "-mono.styles")
        }
    }

    /// What is left of the looks without any colour.
    private func mono(_ frame: Frame) -> String {
        let theme = Theme(name: "mono", mode: .dark, colors: [:])
        let signs: [(Attributes, Character)] = [
            (.reverse, "R"), (.underline, "U"), (.bold, "B"), (.dim, "d"),
        ]
        return (0..<frame.size.rows).map { row in
            String(
                frame.row(row).map { cell -> Character in
                    let look = theme.appearance(of: cell.style, at: .mono).attributes
                    return signs.first { look.contains($0.0) }?.1 ?? "."
                }
            )
        }.joined(separator: "\n")
    }
}
