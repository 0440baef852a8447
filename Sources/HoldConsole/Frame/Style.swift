/// How a cell looks, in roles: the theme turns it into colours when it is painted.
package struct Style: Hashable, Sendable {
    package var foreground: Role
    package var background: Role
    package var attributes: Attributes

    package init(
        _ foreground: Role,
        on background: Role = .background,
        _ attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package static let plain = Style(.text)
    package static let panel = Style(.text, on: .panel)
    package static let selected = Style(.selectedText, on: .selectedBackground)
    package static let match = Style(.matchText, on: .matchBackground)
    package static let irreversible = Style(.irreversibleText, on: .irreversibleBackground, .bold)
    package static let warningBar = Style(.warningBarText, on: .warningBarBackground)
    package static let errorBar = Style(.errorBarText, on: .errorBarBackground, .bold)
    package static let statusBar = Style(.statusBarText, on: .statusBarBackground)
    package static let sheet = Style(.sheetText, on: .sheetBackground)
    package static let untrusted = Style(.untrustedText, on: .untrustedBackground)
    /// What stands where an agent's text had something that must not reach a terminal.
    package static let neutralised = Style(.escapeText, on: .escapeBackground)

    /// The same style with its text in another role.
    package func with(_ foreground: Role) -> Style {
        Style(foreground, on: background, attributes)
    }

    /// The same style with more attributes.
    package func adding(_ more: Attributes) -> Style {
        Style(foreground, on: background, attributes.union(more))
    }
}
