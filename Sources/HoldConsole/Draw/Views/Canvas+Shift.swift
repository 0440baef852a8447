import HoldCore

extension Canvas {
    /// Draws a view over the whole body; whether the screen is one of a shift.
    mutating func drawShiftView() -> Bool {
        switch model.screenBelow {
        case .stats: drawStats()
        case .handoff: drawHandoff()
        case .notifications: drawNotifications()
        default: return false
        }
        return true
    }

    /// Whether one of these views has the screen instead of the panes.
    var hasShiftView: Bool {
        switch model.screenBelow {
        case .stats, .handoff, .notifications: true
        default: false
        }
    }

    /// The keys that do something in such a view, or where nothing waits; nil anywhere else.
    var shiftHints: [Hint]? {
        switch model.screen {
        case .stats:
            return [
                .back, Hint(.nextPane, words: "other table", short: "table"),
                Hint(.moveDown, .moveUp, words: "row"), Hint(.open, "its items"),
                Hint(.handoff, "hand-off"),
                Hint(.notifications, "log"),
            ]
        case .handoff:
            return [
                .back, Hint(.note, words: "write a note", short: "note", opens: true), .scroll,
                Hint(.stats, "stats"), Hint(.notifications, "log"),
            ]
        case .notifications:
            return [.back, .scroll, Hint(.handoff, "hand-off"), Hint(.stats, "stats")]
        case .triage where model.isQueueEmpty && !model.link.isDown:
            return emptyCommands.map { Hint($0.command, $0.words) } + [
                Hint(.nextTheme, "theme"), Hint(.commandLine, "command"), Hint(.quit, "quit"),
            ]
        default: return nil
        }
    }

    /// What can be done where nothing waits: commands that have a key.
    var emptyCommands: [(command: Keymap.Command, words: SafeText)] {
        let all: [(String, SafeText)] = [
            ("workflows", "workflows"), ("history", "history"), ("stats", "stats"),
            ("handoff", "hand-off"), ("test-notification", "test notification"),
        ]
        return all.compactMap { name, words in
            guard let command = Keymap.Command(rawValue: name),
                !model.keymap.keys(for: command).isEmpty
            else { return nil }
            return (command, words)
        }
    }

    /// Opens a part of such a view: a box, or where there are none a line with its title.
    ///
    /// - Returns: Where its text goes.
    mutating func openView(_ chrome: PaneChrome, in rect: Rect) -> Rect {
        guard layout.shape != .list else {
            frame.fill(rect, .panel)
            var title = chrome.title
            title.gap(2, Ink.panel.text)
            title.add(chrome.note)
            draw(title, in: rect.line(0))
            return rect.dropping(rows: 1)
        }
        return frame.draw(chrome, in: rect).padded
    }

    /// The border of a part of such a view.
    func viewChrome(
        _ title: SafeText,
        _ more: SafeText = .empty,
        isFocused: Bool = false
    ) -> PaneChrome {
        var words = StyledLine(title, Ink.panel.label)
        if more.width > 0 {
            words.gap(2, Ink.panel(.border))
            words.add(more, Ink.panel.muted)
        }
        return PaneChrome(title: words, isFocused: isFocused)
    }

    /// Draws rows from one on, as far as they fit.
    mutating func drawPage(_ rows: [PaneRow], from first: Int, in rect: Rect) {
        let extent = PaneExtent(lines: rows.count, visible: rect.rows)
        report.view = extent
        draw(rows[min(max(first, 0), extent.scrollMax)...].prefix(rect.rows), in: rect)
    }
}
