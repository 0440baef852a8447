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
            Binding(.character("a"), .approve, in: .queue),
            Binding(.character("r"), .reject, in: .queue),
            Binding(.character("e"), .escalate, in: .queue),
            Binding(.character("m"), .modify, in: .queue),
            Binding(.character("u"), .takeBack), Binding(.character("x"), .rawText),
            Binding(.character("o"), .pager), Binding(.character("/"), .filter),
            Binding(.character("p"), .pauseList), Binding(.character("N"), .takeIn),
            Binding(.character("z"), .zoom), Binding(.character("T"), .nextTheme),
            Binding(.control("l"), .redraw), Binding(.control("z"), .suspend),
            Binding(.character("?"), .help), Binding(.function(1), .help),
            Binding(.character(":"), .commandLine), Binding(.control("p"), .commandLine),
            Binding(.character("W"), .wrapLines), Binding(.left, .moveLeft),
            Binding(.right, .moveRight), Binding(.character("]"), .nextBlock),
            Binding(.character("["), .previousBlock), Binding(.character("n"), .nextMatch),
            Binding(.character("y"), .copyMenu),
            Binding(.character("R"), .retry), Binding(.character("v"), .viewFrozen),
        ],
        confirm: .character("y")
    )
}
