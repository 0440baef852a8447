import HoldCore

/// The palette: every command, setting and order, found by a few letters.
extension Model {
    mutating func openPalette() { sheet = .palette(CommandPalette(entries: paletteEntries)) }

    private var paletteEntries: [CommandPalette.Entry] {
        let place = screenBelow.place
        let commands = Keymap.Command.allCases.filter { $0 != .palette }.map { command in
            CommandPalette.Entry(
                name: command.rawValue,
                words: command.traits.words.description,
                keys: keymap.keys(for: command, in: place),
                order: .run(command),
                isOpener: command.isOpener
            )
        }
        let settings = Setting.allCases.flatMap { setting in
            setting.values(in: self).map { value in
                let isNow = value == setting.value(in: self)
                return CommandPalette.Entry(
                    name: Self.name(of: setting, value),
                    words: setting.words.description + (isNow ? ", in force" : ""),
                    keys: [],
                    order: .set(setting, value),
                    isOpener: false
                )
            }
        }
        return commands + settings
    }

    private static func name(of setting: Setting, _ value: String) -> String {
        switch setting {
        case .theme, .sort: "\(setting.rawValue) \(value)"
        case .glyphs, .pause, .mouse: "set \(setting.rawValue) \(value)"
        }
    }

    mutating func takeInPalette(_ key: Key, _ open: CommandPalette) {
        var open = open
        switch key {
        case .escape, .control("c"):
            sheet = nil
            return
        case .enter: return take(open)
        case .up, .control("p"): open.move(.moveUp)
        case .down, .control("n"): open.move(.moveDown)
        case .pageUp: open.move(.pageUp)
        case .pageDown: open.move(.pageDown)
        default:
            let before = open.field
            _ = open.field.take(key)
            if open.field.text != before.text { open.cursor = 0 }
        }
        sheet = .palette(open)
    }

    private mutating func take(_ open: CommandPalette) {
        let matches = open.matches
        guard matches.indices.contains(open.cursor) else { return }
        sheet = nil
        do {
            try carryOut(matches[open.cursor].entry.order)
        } catch {
            say(.warning, error.sentence)
        }
    }
}
