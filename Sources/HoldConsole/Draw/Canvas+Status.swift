extension Canvas {
    /// Draws the first row: whether this is live, what waits, what runs out first.
    mutating func drawStatus() {
        let source = StatusLine(self)
        if stills.status?.source != source { stills.status = (source, source.line) }
        if let line = stills.status?.line { draw(line, in: layout.status) }
    }
}
