/// A stretch of a line in one style.
package struct StyledText: Hashable, Sendable {
    package let line: SafeLine
    package let style: Style

    package init(_ line: SafeLine, _ style: Style) {
        self.line = line
        self.style = style
    }

    /// A whole text on one line; where it had line ends there are marks.
    package init(_ text: SafeText, _ style: Style) {
        self.init(text.line, style)
    }
}

extension [StyledText] {
    /// The cells of the whole line.
    package var width: Int { reduce(0) { $0 + $1.line.width } }
}
