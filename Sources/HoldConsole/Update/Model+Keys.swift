import HoldCore

extension Model {
    /// Takes one key, or what the terminal tells of itself.
    mutating func take(_ key: Key) {
        switch key {
        case .unknown, .resize: return
        case .focusIn:
            outbox.append(.flushInput)
            advanceSheet(.focusGained)
            return
        case .focusOut:
            advanceSheet(.focusLost)
            return
        case .paste(let bytes):
            lastKey = now
            paste(bytes)
            return
        case .mouse(let mouse):
            lastKey = now
            take(mouse)
            return
        case .character, .control, .enter, .escape, .tab, .backTab, .backspace, .delete, .up,
            .down, .left, .right, .pageUp, .pageDown, .home, .end, .function:
            break
        }
        lastKey = now
        if isLocked, key == .escape {
            isLocked = false
            burst.reset()
            notices.removeAll { $0.text == Obstacle.locked.sentence }
            return
        }
        guard !isStray(key) else { return }
        if case .control = key {
            switch keymap.command(for: key, in: screen.place) {
            case .suspend: return suspend()
            case .redraw: return outbox.append(.redraw)
            default: break
            }
        }
        if prompt != nil { return takeInPrompt(key) }
        if sheet != nil { return takeInSheet(key) }
        command(key)
    }

    /// Whether a person is typing text, so that letters are no commands.
    var isTyping: Bool {
        if prompt != nil { return true }
        if screen == .help, helpSearch?.isTyping == true { return true }
        switch sheet {
        case .approve(let sheet): return sheet.terms.typed != nil
        case .reject(let sheet): return sheet.focus == .note
        case .escalate, .edit, .steer, .palette: return true
        case .courtesy(let sheet): return sheet.isTyped
        case .batch(let sheet): return sheet.stage == .rejecting && sheet.reasons?.focus == .note
        case .quit, .copy, .menu, .batchResults, nil: return false
        }
    }

    /// Locks the decision keys when printable keys come too fast to be meant.
    private mutating func isStray(_ key: Key) -> Bool {
        guard !isTyping, case .character(let scalar) = key else {
            burst.reset()
            return false
        }
        let command = keymap.command(for: key, in: screen.place)
        let isMove = command?.isMove == true || command == .mark
        guard burst.press(scalar, isMove: isMove, at: now) else { return false }
        isLocked = true
        outbox.append(.flushInput)
        advanceSheet(.burst)
        closeSheet()
        say(.warning, Obstacle.locked.sentence, for: Span(seconds: 600))
        return true
    }

    /// A paste is text for a text field and nothing anywhere else.
    private mutating func paste(_ bytes: [UInt8]) {
        burst.reset()
        // Bytes that are no UTF-8 become replacement characters, which are visible.
        let text = String(decoding: bytes, as: UTF8.self)
        if prompt != nil {
            pasteIntoPrompt(text)
            return
        }
        switch sheet {
        case .reject(var sheet) where sheet.focus == .note:
            sheet.note.insert(text)
            self.sheet = .reject(sheet)
        case .escalate(var sheet):
            sheet.reason.insert(text)
            self.sheet = .escalate(sheet)
        case .edit(var sheet):
            sheet.reason.insert(text)
            self.sheet = .edit(sheet)
        case .steer(let sheet): pasteInSteering(text, sheet)
        case .approve(let sheet):
            advanceSheet(.paste)
            if sheet.terms.typed != nil { say(.warning, "Paste is off here.") }
        case .courtesy(.note(let sheet)): insert(text, in: sheet)
        case .palette(var open):
            open.field.insert(text)
            open.cursor = 0
            sheet = .palette(open)
        case .batch(let open) where open.stage == .approving: advanceBatch(.paste)
        case .batch(var open) where open.reasons?.focus == .note:
            open.reasons?.note.insert(text)
            sheet = .batch(open)
        case .reject, .quit, .copy, .courtesy(.snooze), .menu, .batch, .batchResults, nil:
            say(.info, "A paste is never read as keys: dropped.")
        }
    }

    private mutating func takeInSheet(_ key: Key) {
        switch sheet {
        case .approve(let sheet): takeInApproval(key, sheet)
        case .reject(let sheet): takeInRejection(key, sheet)
        case .escalate(let sheet): takeInEscalation(key, sheet)
        case .edit(let sheet): takeInEdit(key, sheet)
        case .copy(let sheet): takeInCopy(key, sheet)
        case .courtesy(let sheet): takeInCourtesy(key, sheet)
        case .steer(let sheet): takeInSteering(key, sheet)
        case .menu(let menu): takeInMenu(key, menu)
        case .palette(let palette): takeInPalette(key, palette)
        case .batch(let sheet): takeInBatch(key, sheet)
        case .batchResults: takeInBatchResults(key)
        case .quit:
            sheet = nil
            if key == .character("y") { quitNow() }
        case nil: break
        }
    }

    // MARK: - Commands

    private mutating func command(_ key: Key) {
        if takeInHelpSearch(key) { return }
        if showsOutage, takeInOutage(key) { return }
        if takeInShiftView(key) { return }
        if case .disconnected = link.state,
            keymap.command(for: key, in: screen.place) == .viewFrozen
        {
            return run(.viewFrozen)
        }
        if case .character(let scalar) = key, let digit = Int(String(Character(scalar))),
            let pane = Pane(rawValue: digit), screen.hasPanes
        {
            return setFocus(pane)
        }
        guard let command = keymap.command(for: key, in: screen.place) else {
            if key == .control("c") { askToQuit() }
            return
        }
        if screen == .help { return commandInHelp(command) }
        if takeInView(command) { return }
        run(command)
    }

    /// The keys of the box that tells of a lost link; what it does not know goes on to the lists.
    private mutating func takeInOutage(_ key: Key) -> Bool {
        switch keymap.command(for: key) {
        case .viewFrozen, .back:
            showsOutage = false
            return true
        case .open:
            showsOutage = false
            return false
        default: return false
        }
    }

    private mutating func commandInHelp(_ command: Keymap.Command) {
        switch command {
        case .back, .quit, .help: _ = leaveScreen()
        case .redraw: outbox.append(.redraw)
        case .suspend: suspend()
        case .palette: openPalette()
        case .commandLine: openCommandLine()
        default: helpScroll = moved(helpScroll, command, in: helpExtent)
        }
    }

    mutating func run(_ command: Keymap.Command) {
        if read(command) { return }
        switch command {
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last:
            move(command)
        case .nextPane: setFocus(neighbour(of: focus, by: 1))
        case .previousPane: setFocus(neighbour(of: focus, by: -1))
        case .open: openItem()
        case .back: if !dropRange(), !goBack() { _ = clearFilter() }
        case .quit: if !goBack() { askToQuit() }
        case .approve, .reject, .escalate, .modify: openSheet(command)
        case .workflows: showWorkflows()
        case .history: showHistory()
        case .undoChain: showUndoChain()
        case .pause, .retryUndo, .resolveUndo, .skipUndo: openSteering(command)
        case .takeBack: takeBack()
        case .rawText: isRaw.toggle()
        case .pager: openPager()
        case .filter: openFilter()
        case .nextMatch: goToMatch(by: 1)
        case .previousMatch: goToMatch(by: -1)
        case .filterMenu: openFilterMenu()
        case .sortMenu: openSortMenu()
        case .mark: markOrEndRange()
        case .markRange: beginOrEndRange()
        case .clearMarks: clearMarks()
        case .batch: openBatch()
        case .palette: openPalette()
        case .pauseList:
            queue.isPaused.toggle()
            say(.info, queue.isPaused ? "List paused: N takes in new items." : "List runs again.")
        case .takeIn: takeInByHand()
        case .zoom: zoomed = zoomed == nil ? focus : nil
        case .nextTheme: nextTheme()
        case .redraw: outbox.append(.redraw)
        case .suspend: suspend()
        case .help: go(to: .help)
        case .commandLine: openCommandLine()
        case .retry: if case .disconnected = link.state { outbox.append(.retryConnection) }
        case .viewFrozen:
            if case .disconnected = link.state { showsOutage.toggle() }
        // Taken above.
        case .wrapLines, .moveLeft, .moveRight, .nextBlock, .previousBlock, .copyMenu:
            break
        case .stats, .handoff, .notifications, .claim, .snooze, .note, .snoozed, .follow,
            .testNotification:
            runShift(command)
        }
    }

    private mutating func openItem() {
        guard queue.selection != nil else { return }
        go(to: .item)
        if focus != .action && focus != .context && focus != .undo { setFocus(.action) }
    }

    /// One step back; whether there was one.
    @discardableResult
    private mutating func goBack() -> Bool {
        if zoomed != nil {
            zoomed = nil
            return true
        }
        if leaveScreen() {
            if screen == .triage { setFocus(.queue) }
            return true
        }
        if isRaw {
            isRaw = false
            return true
        }
        return false
    }

    // MARK: - Leaving

    /// What leaving would lose.
    private var losses: QuitSheet {
        QuitSheet(
            holds: holds.count,
            unsent: outgoing.count + undoView.awaiting.count,
            drafts: draftCount
        )
    }

    mutating func askToQuit() {
        guard holds.isEmpty, outgoing.isEmpty, draftCount == 0, undoView.awaiting.isEmpty else {
            sheet = .quit(losses)
            return
        }
        quitNow()
    }

    mutating func quitNow() {
        dropUnsent(because: .quit)
        outbox.append(.quit)
    }

    /// Gives the terminal away: what is on hold could not be taken back meanwhile.
    private mutating func suspend() {
        dropUnsent(because: .suspended)
        outbox.append(.suspend)
    }

    private mutating func openPager() {
        guard let text = selected.flatMap(pagerText) else { return }
        dropUnsent(because: .suspended)
        outbox.append(.openPager(text))
    }
}
