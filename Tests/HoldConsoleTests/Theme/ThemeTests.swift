import HoldThemes
import Testing

@testable import HoldConsole

@Suite struct ThemeTests {
    static let builtIn = [
        "cvd-safe", "harbor-dark", "harbor-light", "high-contrast", "mono", "solar-dusk",
    ]

    private func theme(_ name: String) throws -> Theme {
        try #require(ThemeLibrary(folders: []).theme(named: name).theme)
    }

    @Test(arguments: builtIn)
    func `every theme that is built in can be read and names every role`(name: String) throws {
        let reading = ThemeLibrary(folders: []).theme(named: name)
        #expect(reading.problems == [])
        let theme = try #require(reading.theme)
        #expect(theme.name == name)
        #expect(ThemeCheck.problems(of: theme).map(\.description) == [])
        for role in Role.allCases { #expect(theme.color(of: role) != .standard) }
    }

    @Test(arguments: builtIn)
    func `the first sixteen colours are never used at 256`(name: String) throws {
        let theme = try theme(name)
        for role in Role.allCases {
            #expect(Palette.indexes.contains(try #require(theme.index(of: role))))
        }
        for (text, background) in Role.pairs {
            let look = theme.appearance(of: Style(text, on: background), at: .palette)
            for paint in [look.foreground, look.background] {
                guard case .index(let index) = paint else {
                    Issue.record("an index was expected")
                    continue
                }
                #expect(index >= 16)
            }
        }
    }

    @Test func `no colour at all comes out as one of the first sixteen`() {
        for value in stride(from: UInt32(0), through: 0xFFFFFF, by: 0x10101 * 5 + 7) {
            let color = RGB(
                red: UInt8(truncatingIfNeeded: value >> 16),
                green: UInt8(truncatingIfNeeded: value >> 8),
                blue: UInt8(truncatingIfNeeded: value)
            )
            #expect(Palette.nearest(to: color).first.map { $0 >= 16 } == true)
        }
        #expect(Palette.color(at: 15) == nil)
    }

    @Test func `a style has another appearance at each level`() throws {
        let theme = try theme("harbor-dark")
        let style = Style(.danger, on: .panel, .underline)

        #expect(
            theme.appearance(of: style, at: .direct)
                == Appearance(
                    foreground: .rgb(RGB(red: 0xFF, green: 0x7B, blue: 0x72)),
                    background: .rgb(RGB(red: 0x17, green: 0x1D, blue: 0x26)),
                    attributes: .underline
                )
        )
        #expect(
            theme.appearance(of: style, at: .palette)
                == Appearance(
                    foreground: .index(209),
                    background: .index(234),
                    attributes: .underline
                )
        )
        #expect(
            theme.appearance(of: style, at: .named)
                == Appearance(
                    foreground: .index(1),
                    background: .standard,
                    attributes: [.underline, .bold]
                )
        )
        #expect(
            theme.appearance(of: style, at: .mono)
                == Appearance(
                    foreground: .standard,
                    background: .standard,
                    attributes: [.underline, .bold, .reverse]
                )
        )
    }

    @Test func `with eight colours a pair is chosen by hand`() throws {
        let theme = try theme("harbor-dark")
        #expect(
            theme.appearance(of: .match, at: .named)
                == Appearance(foreground: .index(0), background: .index(3), attributes: [])
        )
        #expect(
            theme.appearance(of: .selected, at: .named)
                == Appearance(foreground: .standard, background: .standard, attributes: .reverse)
        )
    }

    @Test func `what matters stands out without colours, and never by dim alone`() throws {
        for name in Self.builtIn {
            let theme = try theme(name)
            let plain = theme.appearance(of: .plain, at: .mono)
            for style in [
                Style.selected, .irreversible, .errorBar, .warningBar, .statusBar, .neutralised,
                Style(.danger), Style(.warn), Style(.mark), Style(.pending), .match,
            ] {
                var look = theme.appearance(of: style, at: .mono)
                look.attributes.remove(.dim)
                #expect(look != plain)
            }
        }
    }

    @Test func `a role without a colour inherits one`() {
        let red = Theme.Color.rgb(RGB(red: 255, green: 0, blue: 0))
        let ink = Theme.Color.rgb(RGB(red: 1, green: 2, blue: 3))
        let theme = Theme(name: "x", mode: .dark, colors: [.text: red, .background: ink])

        #expect(theme.color(of: .stale) == red)
        #expect(theme.color(of: .untrustedBackground) == ink)
        #expect(theme.color(of: .selectedText) == ink)
        #expect(theme.color(of: .selectedBackground) == red)
        #expect(Theme(name: "x", mode: .dark, colors: [:]).color(of: .mark) == .standard)
    }

    @Test func `no role inherits from itself`() {
        for role in Role.allCases {
            var seen: Set<Role> = [role]
            var next = role.fallback
            while let current = next {
                #expect(seen.insert(current).inserted)
                next = seen.count > Role.allCases.count ? nil : current.fallback
            }
        }
    }

    @Test func `where the nearest colour is too faint, the nearest readable one is taken`() throws {
        // The ground comes out a little lighter and the text a little darker than written.
        let ground = RGB(red: 0x05, green: 0x05, blue: 0x05)
        let text = RGB(red: 0x78, green: 0x78, blue: 0x78)
        let theme = Theme(
            name: "x",
            mode: .dark,
            colors: [.background: .rgb(ground), .text: .rgb(text)]
        )
        let nearest = try #require(Palette.nearest(to: text).first.flatMap(Palette.color))
        let index = try #require(theme.index(of: .text))
        let chosen = try #require(Palette.color(at: index))
        let painted = try #require(theme.index(of: .background).flatMap(Palette.color))

        #expect(nearest.contrast(with: painted) < 4.5)
        #expect(chosen.contrast(with: painted) >= 4.5)
    }

    @Test func `contrast is measured as WCAG does`() {
        let black = RGB(red: 0, green: 0, blue: 0)
        let white = RGB(red: 255, green: 255, blue: 255)
        let grey = RGB(red: 0x77, green: 0x77, blue: 0x77)
        #expect(abs(black.contrast(with: white) - 21) < 0.000_1)
        #expect(abs(grey.contrast(with: white) - 4.478) < 0.001)
        #expect(grey.contrast(with: white) == white.contrast(with: grey))
    }

    @Test func `faint text, half a pair and a hidden selection are told`() {
        func rgb(_ level: UInt8) -> Theme.Color {
            .rgb(RGB(red: level, green: level, blue: level))
        }
        let faint = Theme(
            name: "x",
            mode: .dark,
            colors: [.text: rgb(200), .background: rgb(0), .muted: rgb(90)]
        )
        #expect(
            ThemeCheck.problems(of: faint).map(\.description).contains(
                "muted on bg: contrast 3.04:1, needs 4.50:1"
            )
        )

        let half = Theme(name: "x", mode: .dark, colors: [.text: rgb(200)])
        #expect(
            ThemeCheck.problems(of: half).contains(.unknowable(text: .text, ground: .background))
        )

        let hidden = Theme(
            name: "x",
            mode: .dark,
            colors: [
                .text: rgb(255), .background: rgb(0), .selectedBackground: rgb(0),
                .selectedText: rgb(255),
            ]
        )
        #expect(
            ThemeCheck.problems(of: hidden).contains(
                .selectionHidden(ground: .background, indexed: false)
            )
        )
    }

    @Test func `a theme in high contrast needs seven to one`() {
        func rgb(_ level: UInt8) -> Theme.Color {
            .rgb(RGB(red: level, green: level, blue: level))
        }
        let colors: [Role: Theme.Color] = [.text: rgb(130), .background: rgb(0)]
        let usual = ThemeCheck.problems(of: Theme(name: "x", mode: .dark, colors: colors))
        let strict = ThemeCheck.problems(
            of: Theme(name: "high-contrast", mode: .dark, colors: colors)
        )
        #expect(usual == [])
        #expect(!strict.isEmpty)
    }

    @Test(arguments: [
        (256, false, ColorLevel.Choice.auto, nil, "xterm-256color", ColorLevel.palette),
        (256, true, .auto, nil, "xterm-direct", .direct),
        (8, false, .auto, nil, "linux", .named), (16, false, .auto, "", "xterm-16color", .named),
        (0, false, .always, nil, "vt100", .mono), (256, false, .auto, "1", "xterm", .mono),
        (256, false, .always, "1", "xterm", .palette), (256, true, .never, nil, "xterm", .mono),
        (256, false, .always, nil, "dumb", .mono),
    ])
    func `the level is the most that the terminal has and the person wants`(
        colors: Int,
        direct: Bool,
        choice: ColorLevel.Choice,
        noColor: String?,
        terminal: String,
        level: ColorLevel
    ) {
        #expect(
            ColorLevel.choose(
                colors: colors,
                takesDirect: direct,
                choice: choice,
                noColor: noColor,
                terminal: terminal
            ) == level
        )
    }
}
