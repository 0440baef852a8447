import Testing

@testable import HoldConsole

@Suite struct GlyphSetTests {
    @Test(arguments: [
        ("en_US.UTF-8", "xterm-256color", "en_US", GlyphSet.unicode),
        ("de_CH.utf8@euro", "tmux-256color", "", .unicode),
        ("C.UTF-8", "screen", "de:en", .unicode),
        ("C", "xterm-256color", "", .ascii),
        ("POSIX", "xterm-256color", "", .ascii),
        ("", "xterm-256color", "", .ascii),
        ("en_US.ISO-8859-1", "xterm-256color", "", .ascii),
        ("en_US.UTF-8", "linux", "", .ascii),
        ("en_US.UTF-8", "dumb", "", .ascii),
        ("en_US.UTF-8", "vt100", "", .ascii),
        ("en_US.UTF-8", "", "", .ascii),
        ("ja_JP.UTF-8", "xterm-256color", "", .ascii),
        ("zh_CN.UTF-8", "xterm-256color", "", .ascii),
        ("en_US.UTF-8", "xterm-256color", "ko_KR", .ascii),
    ])
    func `auto is unicode only where it is sure to come out right`(
        locale: String,
        terminal: String,
        language: String,
        glyphs: GlyphSet
    ) {
        #expect(
            GlyphSet.choose(.auto, locale: locale, terminal: terminal, language: language)
                == glyphs
        )
    }

    @Test func `what is asked for is given`() {
        #expect(
            GlyphSet.choose(.unicode, locale: "C", terminal: "linux", language: "") == .unicode
        )
        #expect(
            GlyphSet.choose(
                .ascii,
                locale: "en_US.UTF-8",
                terminal: "xterm",
                language: "en"
            ) == .ascii
        )
    }

    @Test func `every sign takes as many ascii cells as its scalars`() {
        for glyph in Glyph.allCases {
            #expect(glyph.scalars(in: .ascii).allSatisfy { $0.isASCII })
            #expect(glyph.scalars(in: .unicode).count == 1)
            #expect((1...2).contains(glyph.scalars(in: .ascii).count))
        }
    }
}
