import HoldCore

/// The line at the bottom: `:` commands and the `/` filter.
extension Model {
    mutating func openCommandLine() {
        prompt = Prompt(kind: .command)
        offerCompletion()
    }

    mutating func takeInPrompt(_ key: Key) {
        guard var open = prompt else { return }
        switch key {
        case .escape, .control("c"): return closePrompt()
        case .enter: return enter(open)
        case .backspace where open.field.isEmpty: return closePrompt()
        case .up, .control("p"): return recall(by: 1)
        case .down, .control("n"): return recall(by: -1)
        case .tab: return complete(by: 1)
        case .backTab: return complete(by: -1)
        default:
            let before = open.field
            guard open.field.take(key) else { return }
            prompt = open
            if open.field != before { notePromptChanged() }
        }
    }

    /// Puts in what was pasted.
    mutating func pasteIntoPrompt(_ text: String) {
        prompt?.field.insert(text)
        notePromptChanged()
    }

    /// Closes the line; what was there before it is there again.
    private mutating func closePrompt() {
        guard let open = prompt else { return }
        prompt = nil
        if let before = themeBefore { theme = before }
        themeBefore = nil
        if let view = open.before { restore(view) }
        if open.kind == .search { endSearch() }
    }

    /// The text of the line is another one.
    private mutating func notePromptChanged(isCompleting: Bool = false) {
        guard var open = prompt else { return }
        open.problem = nil
        if !isCompleting { open.place = nil }
        prompt = open
        if !isCompleting { offerCompletion() }
        switch open.kind {
        case .filter:
            let problem = filter(by: open.field.text)
            prompt?.problem = problem
        case .command: previewTheme()
        case .search: previewSearch()
        case .view: break
        }
    }

    private mutating func enter(_ open: Prompt) {
        switch open.kind {
        case .search: enterSearch()
        case .view:
            if let problem = search(open.field.text.trimmed) {
                prompt?.problem = problem
            } else {
                prompt = nil
            }
        case .filter: keepFilter(open)
        case .command:
            let line = open.field.text.trimmed
            prompt = nil
            guard !line.isEmpty else { return }
            do {
                let order = try Order(line)
                if let before = themeBefore { theme = before }
                themeBefore = nil
                history.add(line, to: .command)
                try carryOut(order)
            } catch {
                prompt = open
                prompt?.problem = error.sentence
            }
        }
    }

    // MARK: - History

    /// Shows an older line, or a newer one; in the end what was typed itself.
    private mutating func recall(by step: Int) {
        guard var open = prompt else { return }
        let lines = history.lines(of: open.kind)
        let place = (open.place ?? -1) + step
        guard place >= -1, place < lines.count else { return }
        if open.place == nil { open.typed = open.field.text }
        open.place = place < 0 ? nil : place
        open.field.moveToEnd()
        open.field.deleteToStart()
        open.field.insert(place < 0 ? open.typed : lines[lines.count - 1 - place])
        open.completion = nil
        prompt = open
        notePromptChanged(isCompleting: true)
    }

    // MARK: - Completion

    /// Lists what the word before the cursor can become.
    private mutating func offerCompletion() {
        guard let open = prompt else { return }
        let offered = completion(of: open)
        switch open.kind {
        case .command: prompt?.completion = offered
        // Words of a filter are mostly no fields: a list over the rows needs a word to begin with.
        case .filter: prompt?.completion = offered?.word.isEmpty == true ? nil : offered
        case .search, .view: break
        }
    }

    /// Puts in what all candidates share, or the next candidate.
    private mutating func complete(by step: Int) {
        guard var open = prompt, var completion = open.completion ?? self.completion(of: open)
        else { return }
        let shared = completion.sharedBeginning
        if completion.index == nil, step > 0, shared.count > completion.word.count {
            let isOnly = completion.candidates.count == 1
            let tail = isOnly ? completion.candidates.first?.tail ?? "" : ""
            open.field.deleteToStart()
            open.field.insert(completion.start + shared + tail)
            prompt = open
            return notePromptChanged()
        }
        let count = completion.candidates.count
        let index = ((completion.index ?? (step > 0 ? -1 : 0)) + step + count) % count
        completion.index = index
        open.field.deleteToStart()
        open.field.insert(completion.start + completion.candidates[index].text)
        open.completion = completion
        prompt = open
        notePromptChanged(isCompleting: true)
    }

    // MARK: - Themes

    /// Shows a theme while its name stands in the command line.
    private mutating func previewTheme() {
        guard let prompt, prompt.kind == .command else { return }
        let words = prompt.field.text.split(separator: " ").map(String.init)
        let isNamed = words.first == "theme" || words.prefix(2) == ["set", "theme"]
        let named = isNamed ? words.last : nil
        if let found = themes.first(where: { $0.name == named }) {
            themeBefore = themeBefore ?? theme
            theme = found
        } else if let before = themeBefore {
            theme = before
        }
    }

    mutating func nextTheme() {
        let index = themes.firstIndex { $0.name == theme.name } ?? -1
        guard !themes.isEmpty else { return }
        theme = themes[(index + 1) % themes.count]
        say(.info, "Theme \(theme.name).")
    }

    mutating func takeThemes(_ loaded: [Theme]) {
        guard !loaded.isEmpty else { return }
        themes = loaded
        theme = loaded.first { $0.name == theme.name } ?? theme
    }
}
