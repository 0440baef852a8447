import HoldCore
import Testing

@testable import HoldConsole

@Suite struct ShiftPictureTests {
    static let shots: [ShiftPicture] = ShiftShot.allCases.flatMap { shot in
        PictureTests.sizes.map { ShiftPicture(shot: shot, size: $0, glyphs: .unicode) }
            + PictureTests.sizes.prefix(2).map {
                ShiftPicture(shot: shot, size: $0, glyphs: .ascii)
            }
    }

    @Test(arguments: shots)
    func `each view of a shift looks as in its picture`(picture: ShiftPicture) throws {
        let frame = picture.frame
        let files = PictureTests()

        try files.compare(frame.picture + "\n", with: picture.name + ".screen")
        guard picture.glyphs == .unicode else { return }
        if picture.size.columns == 80 || picture.size.columns == 120 {
            try files.compare(frame.styleMap + "\n", with: picture.name + ".styles")
        }
        if picture.size.columns == 80 {
            try files.compare(frame.monoMap + "\n", with: picture.name + "-mono.styles")
        }
    }

    @Test(arguments: ShiftShot.allCases)
    func `in plain ASCII nothing else is drawn`(shot: ShiftShot) {
        for size in PictureTests.sizes {
            let frame = shot.scene(size, glyphs: .ascii).drawing.frame
            let isPlain = frame.picture.unicodeScalars.allSatisfy { $0.isASCII }
            #expect(isPlain, "\(size.columns)x\(size.rows)")
        }
    }
}

/// One picture: what is on it, how large, in which glyphs.
struct ShiftPicture: Sendable, CustomTestStringConvertible {
    let shot: ShiftShot
    let size: Size
    let glyphs: GlyphSet

    var name: String {
        "\(shot.rawValue)-\(size.columns)x\(size.rows)\(glyphs == .ascii ? "-ascii" : "")"
    }
    var testDescription: String { name }
    var frame: Frame { shot.scene(size, glyphs: glyphs).drawing.frame }
}

extension Frame {
    /// The attributes of each cell where there are no colours.
    var monoMap: String {
        let theme = Theme(name: "mono", mode: .dark, colors: [:])
        let signs: [(Attributes, Character)] = [
            (.reverse, "R"), (.bold, "B"), (.underline, "U"), (.dim, "d"),
        ]
        return (0..<size.rows).map { row in
            String(
                self.row(row).map { cell -> Character in
                    let look = theme.appearance(of: cell.style, at: .mono).attributes
                    return signs.first { look.contains($0.0) }?.1 ?? "."
                }
            )
        }.joined(separator: "\n")
    }
}
