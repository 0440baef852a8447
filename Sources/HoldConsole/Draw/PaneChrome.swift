/// The border of a pane and what is written into it.
package struct PaneChrome {
    /// The key that jumps to the pane.
    package var number: Int?
    package var title: StyledLine
    /// At the right end of the upper border.
    package var note = StyledLine()
    /// At the right end of the lower border.
    package var foot = StyledLine()
    package var border = Border.single
    package var style = Style(.border, on: .panel)
    package var inside = Style.panel

    package init(
        number: Int? = nil,
        title: StyledLine,
        isFocused: Bool = false
    ) {
        self.number = number
        self.title = title
        if isFocused {
            border = .heavy
            style = Style(.accent, on: .panel)
        }
    }

    /// A sheet over the panes.
    package static func sheet(title: StyledLine, foot: StyledLine = StyledLine()) -> PaneChrome {
        var chrome = PaneChrome(title: title)
        chrome.foot = foot
        chrome.border = .double
        chrome.style = Style(.accent, on: .sheetBackground)
        chrome.inside = .sheet
        return chrome
    }
}

extension Frame {
    /// What a line ends with where the rest of it does not fit.
    package var ellipsis: SafeLine { .ellipsis(glyphs) }

    /// Draws a pane's border, its titles, and blanks the inside.
    ///
    /// - Returns: The rectangle inside of the border.
    package mutating func draw(_ chrome: PaneChrome, in rect: Rect) -> Rect {
        var title = StyledLine()
        if let number = chrome.number {
            title.add("\(number) ", Style(.key, on: chrome.style.background))
        }
        title.add(chrome.title)
        return drawBox(
            rect,
            chrome.border,
            style: chrome.style,
            inside: chrome.inside,
            title: title.parts,
            right: chrome.note.parts,
            note: chrome.foot.parts
        )
    }
}
