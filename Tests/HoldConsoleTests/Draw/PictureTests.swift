import Foundation
import HoldCore
import Testing

@testable import HoldConsole

@Suite struct PictureTests {
    static let sizes = [
        (80, 24), (120, 40), (200, 60), (60, 20), (40, 10), (24, 6), (1, 1),
    ].map { Size(columns: $0.0, rows: $0.1) }

    static let shots =
        Shot.allCases.flatMap { shot in sizes.map { Picture(shot, $0, .unicode) } }
        + Shot.allCases.flatMap { shot in sizes.prefix(2).map { Picture(shot, $0, .ascii) } }

    @Test(arguments: shots)
    func `each screen looks as in its picture`(picture: Picture) throws {
        let drawing = picture.drawing
        let name = picture.name
        try compare(drawing.frame.picture + "\n", with: name + ".screen")
        if picture.hasStyles {
            try compare(drawing.frame.styleMap + "\n", with: name + ".styles")
        }
    }

    @Test(arguments: [Shot.stuck, .filter, .filterFields, .sortMenu, .palette, .batchApprove])
    func `without colours a screen still tells everything apart`(shot: Shot) throws {
        let frame = shot.scene(Size(columns: 120, rows: 40)).drawing.frame
        let theme = Theme(name: "mono", mode: .dark, colors: [:])
        let signs: [(Attributes, Character)] = [
            (.reverse, "R"), (.bold, "B"), (.underline, "U"), (.dim, "d"),
        ]
        let map = (0..<frame.size.rows).map { row in
            String(
                frame.row(row).map { cell -> Character in
                    let look = theme.appearance(of: cell.style, at: .mono).attributes
                    return signs.first { look.contains($0.0) }?.1 ?? "."
                }
            )
        }
        try compare(map.joined(separator: "\n") + "\n", with: "\(shot.rawValue)-120x40-mono.styles")
    }

    /// Compares with the file, or writes it when asked to.
    func compare(_ text: String, with name: String) throws {
        if ProcessInfo.processInfo.environment["HOLDSHORT_UPDATE_PICTURES"] == "1" {
            try text.write(
                to: Self.folder.appendingPathComponent(name),
                atomically: true,
                encoding: .utf8
            )
            return
        }
        let file = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Pictures"),
            "no picture \(name)"
        )
        let expected = try String(contentsOf: file, encoding: .utf8)
        guard text != expected else { return }
        let (is_, was) = (text.split(separator: "\n"), expected.split(separator: "\n"))
        let row = zip(is_, was).enumerated().first { $1.0 != $1.1 }
        Issue.record(
            """
            \(name) differs from row \(row?.offset ?? min(is_.count, was.count)):
            is  \(row?.element.0 ?? "")
            was \(row?.element.1 ?? "")
            """
        )
    }

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Pictures")
}

/// One picture: what is on it, how large, in which glyphs.
struct Picture: Sendable, CustomTestStringConvertible {
    let shot: Shot
    let size: Size
    let glyphs: GlyphSet

    init(_ shot: Shot, _ size: Size, _ glyphs: GlyphSet) {
        self.shot = shot
        self.size = size
        self.glyphs = glyphs
    }

    var name: String {
        "\(shot.rawValue)-\(size.columns)x\(size.rows)\(glyphs == .ascii ? "-ascii" : "")"
    }
    var testDescription: String { name }
    /// Looks are the same in both glyph sets, so they are kept for the sizes that people use most.
    var hasStyles: Bool {
        glyphs == .unicode && (size.columns == 80 || size.columns == 120)
    }
    var drawing: Drawing { shot.scene(size, glyphs: glyphs).drawing }
}
