extension Keymap {
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
        case open, back, quit, zoom
        case approve, reject, escalate, modify
        case takeBack = "take-back"
        case filter
        case takeIn = "take-in"
        case pauseList = "pause-list"
        case rawText = "raw-text"
        case pager
        case commandLine = "command-line"
        case nextTheme = "next-theme"
        case redraw, suspend
        case retry
        case viewFrozen = "view-frozen"
        case wrapLines = "wrap-lines"
        case moveLeft = "move-left"
        case moveRight = "move-right"
        case nextBlock = "next-block"
        case previousBlock = "previous-block"
        case nextMatch = "next-match"
        case previousMatch = "previous-match"
        case copyMenu = "copy-menu"
        case claim, snooze, snoozed, note, follow, handoff, stats, notifications
        case testNotification = "test-notification"
        case workflows, history
        case undoChain = "undo-chain"
        case pause
        case retryUndo = "retry-undo"
        case resolveUndo = "resolve-undo"
        case skipUndo = "skip-undo"
        case help
        case filterMenu = "filter-menu"
        case sortMenu = "sort-menu"
        case mark
        case markRange = "mark-range"
        case clearMarks = "clear-marks"
        case batch
        case palette
    }
}

extension Keymap.Command {
    /// What help, the palette and the rules know of a command.
    package struct Traits: Sendable {
        /// The heading that it stands under.
        package let group: Group
        /// What it does, in few words of ours.
        package let words: StaticString
        package let effect: Effect
        /// Help shows it in the row of the command before it.
        package let isPaired: Bool

        init(
            _ group: Group,
            _ words: StaticString,
            _ effect: Effect = .other,
            isPaired: Bool = false
        ) {
            self.group = group
            self.words = words
            self.effect = effect
            self.isPaired = isPaired
        }
    }

    /// A heading of help.
    package enum Group: Int, Hashable, Sendable, CaseIterable {
        case move, decide, find, look, application
        case shift
    }

    /// What a command can bring about at most.
    package enum Effect: Hashable, Sendable {
        /// It only moves, in whatever has the focus.
        case moves
        /// It only moves, within a text.
        case seeks
        /// It opens a sheet that can decide something; no key that is pressed without thinking
        /// may do it.
        case opens
        /// The key that confirms in sheets may do it outside of them: it decides nothing, and leads
        /// to nothing that does.
        case harmless
        case other
    }

    /// Everything that is known of the command: the one place to add when there is a new one.
    package var traits: Traits {
        switch self {
        case .moveDown: Traits(.move, "one row", .moves)
        case .moveUp: Traits(.move, "one row", .moves, isPaired: true)
        case .pageDown: Traits(.move, "one page", .moves)
        case .pageUp: Traits(.move, "one page", .moves, isPaired: true)
        case .halfPageDown: Traits(.move, "half a page", .moves)
        case .halfPageUp: Traits(.move, "half a page", .moves, isPaired: true)
        case .first: Traits(.move, "first, last", .moves)
        case .last: Traits(.move, "first, last", .moves, isPaired: true)
        case .nextPane: Traits(.move, "pane, also 1-8")
        case .previousPane: Traits(.move, "pane, also 1-8", isPaired: true)
        case .open: Traits(.move, "full view")
        case .back: Traits(.move, "back; never quits")
        case .quit: Traits(.move, "back; at the top quit")
        case .zoom: Traits(.move, "zoom the pane")
        case .approve: Traits(.decide, "approve, confirm", .opens)
        case .reject: Traits(.decide, "reject: reason", .opens)
        case .escalate: Traits(.decide, "ask the next tier", .opens)
        case .modify: Traits(.decide, "modify in $EDITOR", .opens)
        case .takeBack: Traits(.decide, "take back a hold")
        case .pause: Traits(.decide, "pause, let go on", .opens)
        case .retryUndo: Traits(.decide, "retry the undo", .opens)
        case .resolveUndo: Traits(.decide, "undone by hand", .opens)
        case .skipUndo: Traits(.decide, "skip the undo", .opens)
        case .filter: Traits(.find, "filter")
        case .takeIn: Traits(.find, "take in new items")
        case .pauseList: Traits(.find, "hold the list still")
        case .rawText: Traits(.look, "hidden chars, raw")
        case .pager: Traits(.look, "$PAGER, sanitised")
        case .workflows: Traits(.look, "workflows")
        case .undoChain: Traits(.look, "undo chain")
        case .history: Traits(.look, "history")
        case .commandLine: Traits(.application, "command")
        case .nextTheme: Traits(.application, "next theme")
        case .redraw: Traits(.application, "redraw")
        case .suspend: Traits(.application, "suspend")
        case .retry: Traits(.application, "retry connection")
        case .viewFrozen: Traits(.application, "view frozen data")
        case .wrapLines: Traits(.look, "wrap long lines")
        case .moveLeft: Traits(.move, "cut lines; fold", .seeks)
        case .moveRight: Traits(.move, "cut lines; fold", .seeks, isPaired: true)
        case .previousBlock: Traits(.move, "hunk or block", .seeks, isPaired: true)
        case .nextBlock: Traits(.move, "hunk or block", .seeks)
        case .nextMatch: Traits(.find, "next, previous match", .seeks)
        case .copyMenu: Traits(.look, "copy", .harmless)
        case .help: Traits(.application, "this help")
        case .claim: Traits(.shift, "claim, give it up")
        case .snooze: Traits(.shift, "snooze: how long")
        case .snoozed: Traits(.shift, "show what is snoozed")
        case .note: Traits(.shift, "note for colleagues")
        case .follow: Traits(.shift, "follow what happens")
        case .handoff: Traits(.shift, "hand-off")
        case .stats: Traits(.shift, "stats")
        case .notifications: Traits(.shift, "notifications log")
        case .testNotification: Traits(.shift, "test notification")
        case .previousMatch: Traits(.find, "next, previous match", .seeks, isPaired: true)
        case .filterMenu: Traits(.find, "filter by risk, who")
        case .sortMenu: Traits(.find, "order of the queue")
        case .mark: Traits(.decide, "mark, range")
        case .markRange: Traits(.decide, "mark, range", isPaired: true)
        case .clearMarks: Traits(.decide, "take all marks away")
        case .batch: Traits(.decide, "batch of the marked", .opens)
        case .palette: Traits(.application, "find a command")
        }
    }

    /// Whether it opens a sheet that can decide something.
    package var isOpener: Bool { traits.effect == .opens }
    /// Whether it only moves.
    package var isMove: Bool { traits.effect == .moves || traits.effect == .seeks }

    /// Where a place in a list comes to with a moving command; any other leaves it.
    ///
    /// - Parameters:
    ///   - place: An index or a line number, from 0.
    ///   - page: How much a page moves, at least 1.
    ///   - last: The highest place, at least 0.
    /// - Returns: A place within `0...last`.
    package func moved(_ place: Int, page: Int, last: Int) -> Int {
        let target =
            switch self {
            case .moveDown: place + 1
            case .moveUp: place - 1
            case .pageDown: place + page
            case .pageUp: place - page
            case .halfPageDown: place + max(1, page / 2)
            case .halfPageUp: place - max(1, page / 2)
            case .first: 0
            case .last: last
            default: place
            }
        return min(max(0, target), last)
    }
}
