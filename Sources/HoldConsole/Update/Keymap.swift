/// Which key does what; data, so that it can be looked through before anything starts.
package struct Keymap: Hashable, Sendable {
    /// What a key can do outside of text fields.
    package enum Command: String, Hashable, Sendable, CaseIterable {
        case moveDown = "move-down"
        case moveUp = "move-up"
        case pageDown = "page-down"
        case pageUp = "page-up"
        case halfPageDown = "half-page-down"
        case halfPageUp = "half-page-up"
        case first, last
        case nextPane = "next-pane"
        case previousPane = "previous-pane"
        case open, back, quit
        case approve, reject, escalate, modify
        case takeBack = "take-back"
        case rawText = "raw-text"
        case pager, filter
        case pauseList = "pause-list"
        case takeIn = "take-in"
        case zoom
        case nextTheme = "next-theme"
        case redraw, suspend, help
        case commandLine = "command-line"
        case retry
        case viewFrozen = "view-frozen"
    }

    /// One key that does one thing.
    package struct Binding: Hashable, Sendable {
        package var key: Key
        package var command: Command

        package init(_ key: Key, _ command: Command) {
            self.key = key
            self.command = command
        }
    }

    package var bindings: [Binding]
    /// The key that confirms in a sheet which takes a key.
    package var confirm: Key
    /// The letters of other keyboard layouts, for commands that decide nothing.
    package var layouts: [Layout]

    package init(bindings: [Binding], confirm: Key, layouts: [Layout] = []) {
        self.bindings = bindings
        self.confirm = confirm
        self.layouts = layouts
    }

    /// What a key does; nil: nothing.
    ///
    /// A letter of another layout does what the letter on the same key does, but it never opens a
    /// decision: those want the exact key.
    package func command(for key: Key) -> Command? {
        if let bound = bindings.first(where: { $0.key == key }) { return bound.command }
        guard case .character(let scalar) = key, key != confirm else { return nil }
        for layout in layouts {
            guard let latin = layout.latin(scalar) else { continue }
            let command = bindings.first { $0.key == .character(latin) }?.command
            return command?.isOpener == true ? nil : command
        }
        return nil
    }

    /// The keys that do something, in their order.
    package func keys(for command: Command) -> [Key] {
        bindings.filter { $0.command == command }.map(\.key)
    }
}

extension Keymap.Command {
    /// Whether it opens a sheet that can decide something.
    package var isOpener: Bool {
        switch self {
        case .approve, .reject, .escalate, .modify: true
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last,
            .nextPane, .previousPane, .open, .back, .quit, .takeBack, .rawText, .pager, .filter,
            .pauseList, .takeIn, .zoom, .nextTheme, .redraw, .suspend, .help, .commandLine,
            .retry, .viewFrozen:
            false
        }
    }

    /// Whether it only moves.
    package var isMove: Bool {
        switch self {
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last:
            true
        case .nextPane, .previousPane, .open, .back, .quit, .approve, .reject, .escalate, .modify,
            .takeBack, .rawText, .pager, .filter, .pauseList, .takeIn, .zoom, .nextTheme, .redraw,
            .suspend, .help, .commandLine, .retry, .viewFrozen:
            false
        }
    }
}

extension Keymap {
    /// The keys as they are without any setting.
    package static let standard = Keymap(
        bindings: [
            Binding(.character("j"), .moveDown), Binding(.down, .moveDown),
            Binding(.character("k"), .moveUp), Binding(.up, .moveUp),
            Binding(.pageDown, .pageDown), Binding(.pageUp, .pageUp),
            Binding(.control("d"), .halfPageDown), Binding(.control("u"), .halfPageUp),
            Binding(.character("g"), .first), Binding(.home, .first),
            Binding(.character("G"), .last), Binding(.end, .last),
            Binding(.tab, .nextPane), Binding(.backTab, .previousPane),
            Binding(.enter, .open), Binding(.escape, .back), Binding(.character("q"), .quit),
            Binding(.character("a"), .approve), Binding(.character("r"), .reject),
            Binding(.character("e"), .escalate), Binding(.character("m"), .modify),
            Binding(.character("u"), .takeBack), Binding(.character("x"), .rawText),
            Binding(.character("o"), .pager), Binding(.character("/"), .filter),
            Binding(.character("p"), .pauseList), Binding(.character("N"), .takeIn),
            Binding(.character("z"), .zoom), Binding(.character("T"), .nextTheme),
            Binding(.control("l"), .redraw), Binding(.control("z"), .suspend),
            Binding(.character("?"), .help), Binding(.function(1), .help),
            Binding(.character(":"), .commandLine), Binding(.control("p"), .commandLine),
            Binding(.character("R"), .retry), Binding(.character("v"), .viewFrozen),
        ],
        confirm: .character("y")
    )
}
