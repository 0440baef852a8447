package import HoldCore

/// Everything that the console knows and shows; a value.
///
/// ``update(_:at:)`` is the one place where it changes.
package struct Model: Hashable, Sendable {
    /// The moment of the newest message.
    package internal(set) var now: Moment
    package internal(set) var size: Size
    package internal(set) var link: Link
    package internal(set) var screen: Screen = .triage
    /// The screens that going back leads to, the nearest last.
    var trail: [Screen] = []
    /// The pane that moving keys are about.
    package internal(set) var focus: Pane = .queue
    /// One pane over the whole screen.
    package internal(set) var zoomed: Pane?
    /// The text of the item that a stacked layout shows; ``isRaw`` shows the raw one.
    package internal(set) var detailTab: DetailTab = .action
    /// Whether the item's text is shown as offsets, code points and names.
    package internal(set) var isRaw = false
    /// First line shown of each pane but the queue.
    package internal(set) var scrolls: [Pane: Int] = [:]
    package internal(set) var helpScroll = 0
    /// How the selected item is read: wrapped, folded, searched.
    package internal(set) var reading = ReadingState()

    package internal(set) var queue = QueueList()
    package internal(set) var selected: Selected?
    package internal(set) var workflows: [WorkflowLine] = []
    package internal(set) var workflowsView = WorkflowsView()
    package internal(set) var undoView = UndoView()
    package internal(set) var historyView = HistoryView()
    /// Newest first.
    package internal(set) var activity: [ActivityLine] = []

    package internal(set) var sheet: Sheet?
    package internal(set) var holds: [Hold] = []
    package internal(set) var outgoing: [Outgoing] = []
    /// What rejections were going to say, by item.
    package internal(set) var drafts: [ItemReference: Draft] = [:]
    package internal(set) var prompt: Prompt?
    package internal(set) var notices: [Notice] = []
    package internal(set) var log = NoticeLog()
    /// What rings and notifies.
    package var rules = NotificationRules()
    package internal(set) var stats = StatsView()
    package internal(set) var handoff = HandoffView()
    package internal(set) var courtesies = Courtesies()
    package internal(set) var follow = Follow()
    package internal(set) var health = ServiceHealth.well
    /// What was typed at the bottom of the screen before.
    package internal(set) var history = PromptHistory()
    package internal(set) var marks = Marks()
    /// What was on the screen with all its lines.
    package internal(set) var readItems = ReadItems()
    /// What became of the last batch.
    package internal(set) var batchResults: BatchResults?
    /// What the keys in help are narrowed down by.
    package internal(set) var helpSearch: HelpSearch?
    /// The box that tells of a lost link; `v` puts it away to look at the frozen lists.
    package internal(set) var showsOutage = false
    /// Stray typing was seen: decision keys do nothing until Esc.
    package internal(set) var isLocked = false
    /// How many decisions of this console were recorded.
    package internal(set) var decidedCount = 0

    package internal(set) var glyphs: GlyphSet
    /// Whether the mouse was taken from the terminal.
    package var isMouseOurs = false
    package internal(set) var theme: Theme
    /// The themes that `T` goes through.
    package internal(set) var themes: [Theme]
    /// The theme that Esc goes back to while another is tried out.
    var themeBefore: Theme?
    /// The name of the theme that the settings chose.
    let firstTheme: String

    let keymap: Keymap
    /// How long sheets arm and decisions can be taken back.
    let times: ConfirmTimes
    /// What rows of the queue show between the number and the action.
    package internal(set) var columns: [QueueColumn]
    var burst = BurstGuard()
    var lastKey: Moment
    var nextDecision = 1
    /// What was painted last.
    var extents: [Pane: PaneExtent] = [:]
    var queueRows = 10
    /// Items whose fate is being looked up.
    var lookups: Set<ItemReference> = []
    /// What was asked of the terminal and the service in this update.
    var outbox: [Request] = []
    /// What the title was last set from; nil before it ever was.
    var titleSource: TitleSource?
    /// The highest number of an item that was announced with the bell.
    var announced: Int64 = 0
    var helpExtent = PaneExtent(lines: 0, visible: 0)
    /// What was painted last of a view over the whole screen.
    var viewExtent = PaneExtent(lines: 0, visible: 0)

    package init(
        size: Size,
        address: String,
        theme: Theme,
        themes: [Theme] = [],
        settingsTheme: String? = nil,
        glyphs: GlyphSet = .unicode,
        keymap: Keymap = .standard,
        times: ConfirmTimes = .standard,
        columns: [QueueColumn] = Settings.standard.columns,
        now: Moment
    ) {
        self.now = now
        self.size = size
        link = Link(address: address)
        self.theme = theme
        firstTheme = settingsTheme ?? theme.name
        self.themes = themes.isEmpty ? [theme] : themes
        self.glyphs = glyphs
        self.keymap = keymap
        self.times = times
        self.columns = columns
        lastKey = now
    }

    /// The service's time now, for countdowns.
    package var serviceNow: Instant { now.wall + link.offset }
    /// How fresh the screen's data is.
    package var freshness: Freshness { link.freshness(at: now) }
    /// First line shown of a pane.
    package func scroll(of pane: Pane) -> Int { scrolls[pane] ?? 0 }
}
