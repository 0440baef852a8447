/// The mouse: the wheel scrolls, a press selects. It never decides, opens or confirms anything.
extension Model {
    /// Takes what was done with the mouse.
    mutating func take(_ mouse: Mouse) {
        // Whatever was typed before belongs to another place now.
        burst.reset()
        if screen == .help { return scrollHelp(mouse) }
        guard sheet == nil, prompt == nil, !showsOutage else { return }
        let layout = Layout(size: size, content: layoutContent, hasBanner: banner != nil)
        guard layout.shape != .counts,
            let pane = Pane.allCases.first(where: { layout[$0].contains(mouse.place) })
        else { return }
        switch mouse.action {
        case .press: press(pane, at: mouse.place, in: layout)
        case .wheelUp: roll(pane, by: -Self.wheelRows)
        case .wheelDown: roll(pane, by: Self.wheelRows)
        }
    }

    /// How many rows the wheel goes at a time.
    static let wheelRows = 3

    private mutating func press(_ pane: Pane, at place: Position, in layout: Layout) {
        if zoomed == nil { focus = pane }
        guard pane == .queue, screen == .triage else { return }
        let whole = layout[.queue]
        let inside = layout.shape == .list ? whole : whole.inset(columns: 1, rows: 1)
        guard inside.contains(place) else { return }
        let index = queue.scroll + place.row - inside.row
        guard queue.rows.indices.contains(index) else { return }
        queue.jump = nil
        select(at: index)
    }

    private mutating func roll(_ pane: Pane, by rows: Int) {
        guard pane == .queue, screen == .triage else {
            let last = extents[pane]?.scrollMax ?? 0
            scrolls[pane] = min(max(0, scroll(of: pane) + rows), last)
            return
        }
        guard !queue.rows.isEmpty else { return }
        queue.jump = nil
        select(at: min(max(0, (queue.selectedIndex ?? 0) + rows), queue.rows.count - 1))
        askForMore()
    }

    private mutating func scrollHelp(_ mouse: Mouse) {
        switch mouse.action {
        case .press: break
        case .wheelUp: helpScroll = max(0, helpScroll - Self.wheelRows)
        case .wheelDown: helpScroll = min(helpExtent.scrollMax, helpScroll + Self.wheelRows)
        }
    }

    /// Takes the mouse from the terminal or gives it back; at first it is the terminal's.
    mutating func setMouse(_ isOn: Bool) {
        isMouseOurs = isOn
        outbox.append(.mouse(isOn))
        say(.info, isOn ? "The mouse is ours: Shift selects text." : "The mouse is the terminal's.")
    }
}
