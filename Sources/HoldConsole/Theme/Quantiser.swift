/// Finds the numbered colours of a theme so that text stays as readable as its contrast demands.
///
/// Grounds take the nearest colour. Text takes the nearest one that is far enough from every ground
/// it is drawn on; where none is, the nearest, and ``ThemeCheck`` tells.
struct Quantiser {
    /// The index of each role in the order of the roles.
    let indexes: [UInt8?]

    init(colors: [Role: Theme.Color], contrast: Double) {
        var found: [Role: UInt8] = [:]
        for role in Role.allCases where role.isBackground || role.grounds.isEmpty {
            guard case .rgb(let color) = colors[role] else { continue }
            found[role] = Palette.nearest(to: color).first
        }
        for role in Role.allCases where found[role] == nil {
            guard case .rgb(let color) = colors[role] else { continue }
            let grounds = role.grounds.compactMap { found[$0].flatMap(Palette.color) }
            let candidates = Palette.nearest(to: color)
            let readable = candidates.first { index in
                guard let candidate = Palette.color(at: index) else { return false }
                return grounds.allSatisfy { candidate.contrast(with: $0) >= contrast }
            }
            found[role] = readable ?? candidates.first
        }
        indexes = Role.allCases.map { found[$0] }
    }
}

extension Role {
    /// The grounds that this role's text is drawn onto; empty for what is not text.
    package var grounds: [Role] {
        let own = Self.pairs.filter { $0.text == self }.map(\.background)
        return Self.words.contains(self) ? Self.surfaces + own : own
    }
}
