/// The styles of words on one ground.
package struct Ink: Hashable, Sendable {
    package let ground: Role
    /// The role of plain words there.
    package let plain: Role

    package static let panel = Ink(ground: .panel, plain: .text)
    package static let sheet = Ink(ground: .sheetBackground, plain: .sheetText)
    /// What an agent wrote.
    package static let agent = Ink(ground: .untrustedBackground, plain: .untrustedText)

    package var text: Style { Style(plain, on: ground) }
    package var bold: Style { Style(plain, on: ground, .bold) }
    /// What a fact is about, such as `UNDO`.
    package var label: Style { self(.title, .bold) }
    package var muted: Style { self(.muted) }
    package var key: Style { self(.key, .bold) }

    /// The style of a role on this ground.
    package func callAsFunction(_ role: Role, _ attributes: Attributes = []) -> Style {
        Style(role, on: ground, attributes)
    }
}

/// Texts of others as they stand in a row.
package enum Words {
    /// A name: an action, an id, an account; whatever could pass for something else is marked.
    package static func name(_ raw: String) -> SafeText {
        SafeText(untrusted: raw, pane: .action, limits: oneRow)
    }

    /// A sentence on one line.
    package static func sentence(_ raw: String) -> SafeText {
        SafeText(untrusted: raw, pane: .line, limits: oneRow)
    }

    /// No row is longer, so nothing more has to be looked at.
    private static let oneRow = DisplayLimits(
        bytesMax: 4_096,
        lineCellsMax: Frame.longestSide,
        linesMax: 4
    )
}
