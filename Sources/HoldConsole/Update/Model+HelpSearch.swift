/// Narrowing down the keys in help.
extension Model {
    /// Takes a key in help that has to do with looking for keys; whether it was one.
    mutating func takeInHelpSearch(_ key: Key) -> Bool {
        guard screen == .help else { return false }
        guard var search = helpSearch else {
            guard keymap.command(for: key) == .filter else { return false }
            helpSearch = HelpSearch()
            helpScroll = 0
            return true
        }
        guard search.isTyping else {
            switch keymap.command(for: key) {
            case .filter:
                helpSearch?.isTyping = true
                return true
            case .back:
                helpSearch = nil
                return true
            default: return false
            }
        }
        switch key {
        case .escape, .control("c"):
            helpSearch = nil
            return true
        case .enter: search.isTyping = false
        case .backspace where search.field.isEmpty:
            helpSearch = nil
            return true
        default:
            guard search.field.take(key) else { return false }
            helpScroll = 0
        }
        helpSearch = search
        return true
    }
}
