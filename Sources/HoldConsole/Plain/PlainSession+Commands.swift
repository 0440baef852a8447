import HoldCore

/// The words that can be typed at the question for a command.
enum PlainCommand: String, Hashable, Sendable, CaseIterable {
    case again, approve, claim, context, escalate, filter, full, help, hidden, history, item, list
    case modify, more, next, note, quit, reject, snooze, snoozed, status, undo, workflows

    /// What a letter means that begins several words: the one typed most; none of them decides.
    private static let letters: [String: PlainCommand] = [
        "c": .context, "n": .next, "s": .status,
    ]

    /// The command that a word, or the start of one, can only mean.
    init?(_ word: String) {
        let found = Self.allCases.filter { $0.rawValue.hasPrefix(word) }
        guard
            let command = Self(rawValue: word) ?? Self.letters[word]
                ?? (found.count == 1 ? found.first : nil)
        else { return nil }
        self = command
    }
}

extension PlainSession {
    /// Takes the answer to the question that stands.
    mutating func answer(_ text: String) {
        stage = .saying
        let isAlive = isAlive(question)
        let asked = question
        sayNews()
        guard isAlive else {
            question = .command
            return say("That question is over: your answer was dropped.")
        }
        let text = String(text.prefix(Self.lineMax)).trimmed
        switch asked {
        case .command: command(text)
        case .approve, .rejectReason, .rejectNote, .rejectConfirm, .escalateReason,
            .escalateConfirm, .editReason, .quit:
            answerSheet(asked, text)
        }
    }

    private static let lineMax = 4_096

    private mutating func command(_ text: String) {
        guard !text.isEmpty else { return sayStanding() }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let word = parts.first?.lowercased() ?? ""
        let rest = parts.dropFirst().first?.trimmed ?? ""
        if let number = number(word), rest.isEmpty { return read(number, isRow: true) }
        guard let command = PlainCommand(word), rest.isEmpty || command.takesText else {
            return say("There is no such word, or it means several. Type help for the words.")
        }
        run(command, rest)
    }

    func number(_ word: String) -> Int64? {
        guard word.count <= 18, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(word)
    }

    private mutating func run(_ command: PlainCommand, _ text: String) {
        switch command {
        case .list:
            act { $0.takeInByHand() }
            sayList()
        case .item:
            guard let number = number(text) else {
                return say("Which one? Type item and a number.")
            }
            read(number, isRow: false)
        case .next: readNext()
        case .more: sayMore()
        case .again: withItem { session, detail in session.start(.action(detail, session.model)) }
        case .full:
            withItem { session, detail in
                session.start(.action(detail, session.model, isFull: true))
            }
        case .hidden: withItem { session, detail in session.start(.raw(detail)) }
        case .context: withItem { session, detail in session.start(.context(detail)) }
        case .history:
            if let detail = currentDetail {
                start(.history(detail))
            } else {
                start(.activity(model))
            }
        case .workflows: start(.workflows(model))
        case .undo: takeBackOrPreview()
        case .filter: filter(text)
        case .status: say(PlainWords.status(model))
        case .help: start(.help)
        case .quit: askToLeave()
        case .claim: tell { $0.toggleClaim() }
        case .snooze: snooze(text)
        case .snoozed: showSnoozed()
        case .note: note(text)
        case .approve, .reject, .escalate, .modify: open(command)
        }
    }

    // MARK: - Reading

    /// Says the first page of something.
    mutating func start(_ reading: PlainReading) {
        self.reading = reading
        sayMore()
    }

    private mutating func sayMore() {
        guard var reading, pageStart == nil, !reading.isDone || reading.said == 0 else {
            return say("There is no more.")
        }
        pageStart = reading.said
        outputs += reading.page().map { .say($0) }
        self.reading = reading
    }

    mutating func sayList() {
        current = nil
        listed = model.queue.rows.map(\.item.reference)
        noteAnnounced()
        start(.list(model))
    }

    /// Enter alone: what is new was said already; so how things stand.
    private mutating func sayStanding() { say(PlainWords.status(model)) }

    private mutating func read(_ number: Int64, isRow: Bool) {
        let row = isRow ? Int(exactly: number - 1) : nil
        if let row, listed.indices.contains(row) { return read(listed[row]) }
        if model.queue.newItems.contains(where: { $0.number == number }) {
            act { $0.takeInByHand() }
        }
        guard let row = model.queue.rows.first(where: { $0.item.number == number }) else {
            return say("Number \(number) is not in the list.")
        }
        read(row.item.reference)
    }

    private mutating func read(_ reference: ItemReference) {
        var isThere = false
        act { isThere = $0.choose(reference) }
        guard isThere else { return say("That item is not in the list any more: type list.") }
        current = reference
        reading = nil
        wait(for: .detail(reference))
    }

    private mutating func readNext() {
        let start = current.flatMap { listed.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let rest = listed.dropFirst(start)
        let next = rest.first { model.queue.row($0)?.isDecided == false }
        guard let next else { return say("That was the last of the list.") }
        read(next)
    }

    /// Reads out the item that was asked for.
    mutating func sayItem(_ reference: ItemReference) {
        guard current == reference, let selected = model.selected,
            selected.reference == reference
        else { return say("That item is not in the list any more: type list.") }
        switch selected.content {
        case .loading: say("The item has not come yet: try again.")
        case .failed(let why): say("The item could not be read: \(PlainWords.sentence(why))")
        case .loaded(let detail): start(.action(detail, model))
        }
    }

    /// The item that was read, while it is still the one that decisions would be about.
    var currentDetail: ItemDetail? {
        guard let current, let selected = model.selected, selected.reference == current else {
            return nil
        }
        return selected.detail
    }

    mutating func withItem(_ deed: (inout PlainSession, ItemDetail) -> Void) {
        guard let detail = currentDetail else { return say(Obstacle.nothingSelected.spoken) }
        deed(&self, detail)
    }

    private mutating func filter(_ text: String) {
        act { $0.setFilter(text.isEmpty ? nil : text) }
        current = nil
        wait(for: .filter)
    }

    private mutating func takeBackOrPreview() {
        if !model.holds.isEmpty { return act { $0.takeBack() } }
        // Whoever was offered to take back does not ask for a preview.
        if let offeredHold { return say("Too late to take back item \(offeredHold).") }
        withItem { session, detail in session.start(.undo(detail)) }
    }

    private mutating func askToLeave() {
        act { $0.askToQuit() }
        if case .quit = model.sheet { question = .quit }
    }
}

extension PlainCommand {
    fileprivate var takesText: Bool {
        switch self {
        case .filter, .item, .note, .snooze: true
        default: false
        }
    }
}
