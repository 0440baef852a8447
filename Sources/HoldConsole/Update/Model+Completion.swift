import HoldCore

/// What the word before the cursor can become, from the tables and from what is on the screen.
extension Model {
    func completion(of prompt: Prompt) -> Completion? {
        switch prompt.kind {
        case .filter: filterCompletion(prompt.field.before)
        case .command: commandCompletion(prompt.field.before)
        case .search, .view: nil
        }
    }

    private func commandCompletion(_ text: String) -> Completion? {
        let name = String(text.prefix { $0 != " " })
        guard name.count < text.count else {
            return Completion(start: "", word: name, of: Self.commandNames)
        }
        let start = String(text.prefix { $0 != " " } + " ")
        let rest = String(text.dropFirst(name.count).drop { $0 == " " })
        switch Verb(rawValue: name) {
        case .sort: return values(of: .sort, start: start, word: rest)
        case .theme: return values(of: .theme, start: start, word: rest)
        case .filter:
            guard let inner = filterCompletion(rest) else { return nil }
            return Completion(
                start: start + inner.start,
                word: inner.word,
                of: inner.candidates
            )
        case .set:
            let key = String(rest.prefix { $0 != " " })
            guard key.count < rest.count else {
                let settings = Setting.allCases.map {
                    Completion.Candidate($0.rawValue, $0.words.description, tail: " ")
                }
                return Completion(start: start, word: key, of: settings)
            }
            guard let setting = Setting(rawValue: key) else { return nil }
            let value = String(rest.dropFirst(key.count).drop { $0 == " " })
            return values(of: setting, start: start + key + " ", word: value)
        case .goto, .q, .quit, nil: return nil
        }
    }

    private static let commandNames: [Completion.Candidate] = {
        let verbs = Verb.allCases.map {
            Completion.Candidate($0.rawValue, $0.words.description, tail: $0.takesMore ? " " : "")
        }
        let commands = Keymap.Command.allCases.filter { Verb(rawValue: $0.rawValue) == nil }.map {
            Completion.Candidate($0.rawValue, $0.traits.words.description)
        }
        return verbs + commands
    }()

    private func values(of setting: Setting, start: String, word: String) -> Completion? {
        let now = setting.value(in: self)
        let candidates = setting.values(in: self).map { value in
            Completion.Candidate(value, value == now ? "in force" : "")
        }
        return Completion(start: start, word: word, of: candidates)
    }

    // MARK: - Filters

    private func filterCompletion(_ text: String) -> Completion? {
        var (start, word) = FilterText.lastWord(of: text)
        if word.hasPrefix("-") {
            start += "-"
            word.removeFirst()
        }
        guard let colon = word.firstIndex(of: ":") else {
            let fields = ItemFilter.fields.map { Completion.Candidate($0.name + ":", $0.values) }
            return Completion(start: start, word: word, of: fields)
        }
        guard let field = FilterField(rawValue: word[..<colon].lowercased()) else { return nil }
        let known = filterValues(of: field).map {
            Completion.Candidate(FilterText.word(field, $0.value), $0.words, tail: " ")
        }
        return Completion(start: start, word: word, of: known)
    }

    /// The values of a field: those that the language has, or those of the rows with their number,
    /// the most frequent first.
    func filterValues(of field: FilterField) -> [(value: String, words: String)] {
        switch field {
        case .risk:
            return RiskClass.allCases.map { ($0.rawValue, "") }
                + [("HIGH,IRREV", "what is dangerous"), (">0.8", "the agent's own estimate")]
        case .state:
            return [
                ("pending", "waiting"), ("modified", "edited, waits for another person"),
                ("stuck", "its undo needs a person"), ("approved", ""), ("rejected", ""),
                ("timeout", "expired"), ("withdrawn", ""),
            ]
        case .left: return [("<2m", ""), ("<10m", ""), ("<1h", ""), (">1h", "")]
        case .claimed:
            let names = counted { $0.claimedBy }.filter { $0.value != link.user }
            return [("me", "claimed by you"), ("none", "claimed by nobody")] + names
        case .workflow: return counted { $0.reference.workflow.text }
        case .agent: return counted { $0.agent }
        case .action: return counted { $0.action }
        case .queue: return counted { $0.queue }
        }
    }

    private func counted(_ value: (QueueItem) -> String?) -> [(value: String, words: String)] {
        var counts: [String: Int] = [:]
        for row in queue.rows {
            if let value = value(row.item) { counts[value, default: 0] += 1 }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(Completion.most).map { ($0.key, "\($0.value) here") }
    }
}
