/// Which colour each role has, for every kind of terminal; a value that was read from a file.
package struct Theme: Hashable, Sendable {
    package enum Mode: String, CaseIterable, Hashable, Sendable {
        case dark, light
    }

    /// A colour as a theme file names it.
    package enum Color: Hashable, Sendable {
        /// The terminal's own, whatever that is.
        case standard
        case rgb(RGB)
    }

    package let name: String
    package let mode: Mode
    /// Which glyphs the theme would like; the person's own setting comes first.
    package let glyphs: GlyphSet.Choice?
    /// The colour of each role, inherited where the file names none, by ``Role/ordinal``.
    private let colors: [Color]
    /// The nearest of the 256 colours that keeps text readable, nil for the terminal's own.
    private let indexes: [UInt8?]
    private let namedPaints: [NamedPaint]
    private let attributes: [Attributes]

    /// Makes a theme; what is not given is inherited, or is what most themes have.
    package init(
        name: String,
        mode: Mode,
        glyphs: GlyphSet.Choice? = nil,
        colors: [Role: Color],
        named: [Role: NamedPaint] = [:],
        attributes: [Role: Attributes] = [:]
    ) {
        self.name = name
        self.mode = mode
        self.glyphs = glyphs
        let resolved = Role.allCases.map { Self.color(of: $0, in: colors) }
        self.colors = resolved
        indexes =
            Quantiser(
                colors: Dictionary(uniqueKeysWithValues: zip(Role.allCases, resolved)),
                contrast: Self.contrast(named: name)
            ).indexes
        namedPaints = Role.allCases.map { named[$0] ?? Self.usualPaint(of: $0) }
        self.attributes = Role.allCases.map { attributes[$0] ?? Self.usualAttributes(of: $0) }
    }

    /// The least contrast that text of this theme must have.
    package var contrast: Double { Self.contrast(named: name) }

    /// The colour of a role, inherited where the file names none.
    package func color(of role: Role) -> Color {
        colors[role.ordinal]
    }

    /// The colour of a role on a terminal with 256 colours; never one of the first sixteen.
    package func index(of role: Role) -> UInt8? {
        indexes[role.ordinal]
    }

    /// What a style looks like on a terminal with so much colour.
    package func appearance(of style: Style, at level: ColorLevel) -> Appearance {
        let (text, ground) = (style.foreground.ordinal, style.background.ordinal)
        switch level {
        case .direct:
            return Appearance(
                foreground: Self.paint(colors[text]),
                background: Self.paint(colors[ground]),
                attributes: style.attributes
            )
        case .palette:
            return Appearance(
                foreground: indexes[text].map(Appearance.Paint.index) ?? .standard,
                background: indexes[ground].map(Appearance.Paint.index) ?? .standard,
                attributes: style.attributes
            )
        case .named:
            let (one, two) = (namedPaints[text], namedPaints[ground])
            return Appearance(
                foreground: (one.color?.index).map(Appearance.Paint.index) ?? .standard,
                background: (two.color?.index).map(Appearance.Paint.index) ?? .standard,
                attributes: style.attributes.union(one.attributes).union(two.attributes)
            )
        case .mono:
            return Appearance(
                foreground: .standard,
                background: .standard,
                attributes: style.attributes.union(attributes[text]).union(attributes[ground])
            )
        }
    }

    private static func paint(_ color: Color) -> Appearance.Paint {
        switch color {
        case .standard: .standard
        case .rgb(let color): .rgb(color)
        }
    }

    private static func contrast(named name: String) -> Double {
        name.hasPrefix("high-contrast") ? 7 : 4.5
    }

    /// Follows the fallbacks of a role until a colour is named.
    private static func color(of role: Role, in colors: [Role: Color]) -> Color {
        var next: Role? = role
        while let current = next {
            if let color = colors[current] { return color }
            next = current.fallback
        }
        return .standard
    }
}

extension Role {
    /// The place of the role in tables: roles are numbered in the order of their cases.
    package var ordinal: Int { Self.ordinals[self] ?? 0 }

    private static let ordinals = Dictionary(
        uniqueKeysWithValues: zip(allCases, allCases.indices)
    )
}
