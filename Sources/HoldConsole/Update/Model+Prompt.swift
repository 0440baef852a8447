import HoldCore

/// The line at the bottom: `:` commands and the `/` filter; themes, which it can try out.
extension Model {
    mutating func takeInPrompt(_ key: Key) {
        guard var open = prompt else { return }
        open.problem = nil
        switch key {
        case .escape, .control("c"):
            prompt = nil
            if let before = themeBefore { theme = before }
            themeBefore = nil
            if open.kind == .search { endSearch() }
            return
        case .enter:
            enter(open)
            return
        case .backspace where open.field.isEmpty:
            prompt = nil
            if open.kind == .search { endSearch() }
            return
        default: _ = open.field.take(key)
        }
        prompt = open
        previewTheme()
        previewSearch()
    }

    private mutating func enter(_ open: Prompt) {
        switch open.kind {
        case .search: enterSearch()
        case .filter:
            prompt = nil
            let text = open.field.text.trimmed
            queue.filter = text.isEmpty ? nil : text
            subscribe(offset: 0)
        case .history:
            if let problem = search(open.field.text.trimmed) {
                prompt?.problem = problem
            } else {
                prompt = nil
            }
        case .command:
            if let problem = run(command: open.field.text.trimmed) {
                prompt?.problem = problem
            } else {
                prompt = nil
                themeBefore = nil
            }
        }
    }

    /// Runs a typed command; says what is wrong with it, if anything.
    private mutating func run(command: String) -> String? {
        let words = command.split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first, words.dropFirst(2).first) {
        case (nil, _, _): return nil
        case ("q", nil, _), ("quit", nil, _):
            prompt = nil
            askToQuit()
        case ("help", nil, _): go(to: .help)
        case ("theme", let name?, nil):
            guard let found = themes.first(where: { $0.name == name }) else {
                return "No such theme. There are: \(themes.map(\.name).joined(separator: ", "))."
            }
            theme = found
        case ("theme", nil, _):
            return "Which one? There are: \(themes.map(\.name).joined(separator: ", "))."
        case ("set", "glyphs"?, let name?):
            guard let set = GlyphSet(rawValue: name) else {
                return "There are: unicode, ascii."
            }
            glyphs = set
        case ("set", "mouse"?, "on"?): setMouse(true)
        case ("set", "mouse"?, "off"?): setMouse(false)
        default:
            return "Commands: q, theme NAME, set glyphs unicode|ascii, set mouse on|off, help."
        }
        return nil
    }

    /// Shows a theme while its name stands in the command line.
    mutating func previewTheme() {
        guard let prompt, prompt.kind == .command else { return }
        let words = prompt.field.text.split(separator: " ").map(String.init)
        let named = words.first == "theme" ? words.dropFirst().first : nil
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
