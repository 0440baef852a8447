/// One row across the screen, made of parts that shorten and go, least important first, until what
/// is left fits.
package struct Bar {
    /// A part in all its forms, the longest first.
    package struct Part {
        package let forms: [StyledLine]
        /// 0 is never dropped; the highest goes first.
        package let rank: Int
        /// When it shortens; as its rank, unless it should shorten before others go.
        package let shortening: Int

        package init(_ forms: [StyledLine], rank: Int, shortening: Int? = nil) {
            self.forms = forms
            self.rank = rank
            self.shortening = shortening ?? rank
        }

        package init(_ form: StyledLine, rank: Int) {
            self.init([form], rank: rank)
        }
    }

    package var leading: [Part] = []
    package var trailing: [Part] = []
    /// The style of what is between the parts.
    package let style: Style

    package init(style: Style) {
        self.style = style
    }

    /// The row at a width; exactly that wide, cut at the right end if even the least does not fit.
    package func line(width: Int, ellipsis: SafeLine) -> StyledLine {
        let parts = leading + trailing
        var chosen = parts.map { $0.forms.isEmpty ? nil : 0 }
        var gap = 3
        while total(parts, chosen, gap: gap) > width {
            if gap > 2 {
                gap = 2
                continue
            }
            guard let victim = victim(parts, chosen) else { break }
            let next = (chosen[victim] ?? 0) + 1
            chosen[victim] = next < parts[victim].forms.count ? next : nil
        }
        return compose(parts, chosen, gap: gap, width: width, ellipsis: ellipsis)
    }

    /// The part to shorten or drop next: the one of the highest rank, of several the last.
    private func victim(_ parts: [Part], _ chosen: [Int?]) -> Int? {
        var victim: (index: Int, rank: Int)?
        for (index, part) in parts.enumerated() {
            guard let form = chosen[index] else { continue }
            let canShorten = form + 1 < part.forms.count
            guard canShorten || part.rank > 0 else { continue }
            let rank = canShorten ? part.shortening : part.rank
            if let best = victim, best.rank > rank { continue }
            victim = (index, rank)
        }
        return victim?.index
    }

    private func total(_ parts: [Part], _ chosen: [Int?], gap: Int) -> Int {
        let widths = zip(parts, chosen).compactMap { part, form in
            form.map { part.forms[$0].width }
        }
        return widths.reduce(2, +) + max(widths.count - 1, 0) * gap
    }

    private func compose(
        _ parts: [Part],
        _ chosen: [Int?],
        gap: Int,
        width: Int,
        ellipsis: SafeLine
    ) -> StyledLine {
        let shown = zip(parts, chosen).map { part, form in form.map { part.forms[$0] } }
        let left = join(shown[..<leading.count], gap: gap)
        let right = join(shown[leading.count...], gap: gap)
        var line = StyledLine()
        line.gap(1, style)
        line.add(left)
        if right.width > 0 {
            line.pad(to: max(width - right.width - 1, line.width + gap), style)
            line.add(right)
        }
        line.pad(to: width, style)
        return line.prefix(cells: width, ellipsis: ellipsis)
    }

    private func join(_ parts: ArraySlice<StyledLine?>, gap: Int) -> StyledLine {
        var line = StyledLine()
        for part in parts {
            guard let part, part.width > 0 else { continue }
            if line.width > 0 { line.gap(gap, style) }
            line.add(part)
        }
        return line
    }
}
