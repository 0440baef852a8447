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
        switch sheet {
        case .approve(let sheet): return sheet.terms.typed != nil
        case .reject(let sheet): return sheet.focus == .note
        case .escalate, .edit, .steer: return true
        case .courtesy(let sheet): return sheet.isTyped
        case .quit, .copy, nil: return false
        }
    }

    /// Locks the decision keys when printable keys come too fast to be meant.
    private mutating func isStray(_ key: Key) -> Bool {
        guard !isTyping, case .character(let scalar) = key else {
            burst.reset()
            return false
        }
        let isMove = keymap.command(for: key, in: screen.place)?.isMove == true
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
            prompt?.field.insert(text)
            previewTheme()
            previewSearch()
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
        case .reject, .quit, .copy, .courtesy(.snooze), nil:
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
        case .quit:
            sheet = nil
            if key == .character("y") { quitNow() }
        case nil: break
        }
    }

    // MARK: - Commands

    private mutating func command(_ key: Key) {
        if showsOutage, takeInOutage(key) { return }
        if takeInShiftView(key) { return }
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
        switch keymap.command(for: key, in: screen.place) {
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
        default: helpScroll = moved(helpScroll, command, in: helpExtent)
        }
    }

    private mutating func run(_ command: Keymap.Command) {
        if read(command) { return }
        switch command {
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last:
            move(command)
        case .nextPane: setFocus(neighbour(of: focus, by: 1))
        case .previousPane: setFocus(neighbour(of: focus, by: -1))
        case .open: openItem()
        case .back: goBack()
        case .quit: if !goBack() { askToQuit() }
        case .approve, .reject, .escalate, .modify: openSheet(command)
        case .workflows: showWorkflows()
        case .history: showHistory()
        case .undoChain: showUndoChain()
        case .pause, .retryUndo, .resolveUndo, .skipUndo: openSteering(command)
        case .takeBack: takeBack()
        case .rawText: isRaw.toggle()
        case .pager: openPager()
        case .filter: prompt = Prompt(kind: .filter, text: queue.filter ?? "")
        case .pauseList:
            queue.isPaused.toggle()
            say(.info, queue.isPaused ? "List paused: N takes in new items." : "List runs again.")
        case .takeIn: takeInByHand()
        case .zoom: zoomed = zoomed == nil ? focus : nil
        case .nextTheme: nextTheme()
        case .redraw: outbox.append(.redraw)
        case .suspend: suspend()
        case .help: go(to: .help)
        case .commandLine: prompt = Prompt(kind: .command)
        case .retry: if case .disconnected = link.state { outbox.append(.retryConnection) }
        case .viewFrozen:
            if case .disconnected = link.state { showsOutage.toggle() }
        // Taken above.
        case .wrapLines, .moveLeft, .moveRight, .nextBlock, .previousBlock, .nextMatch, .copyMenu:
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
