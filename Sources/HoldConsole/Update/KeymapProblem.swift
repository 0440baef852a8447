/// Why a keymap is refused: it would make a decision too easy to take by accident.
package enum KeymapProblem: Hashable, Sendable {
    /// The key that confirms also opens: pressing it twice would decide.
    case confirmOpens(Keymap.Command)
    /// The key is pressed without thinking, or is no key that a person presses.
    case keyOfHabit(Key, Keymap.Command?)
    /// The key that confirms does something else besides, and no harmless thing.
    case confirmIsBound(Keymap.Command)
    /// One key, two meanings.
    case boundTwice(Key, Keymap.Command, Keymap.Command)
    /// Nothing leads back any more.
    case noWayBack(Keymap.Command)
}

extension Keymap {
    /// The keys that no decision may ever hang on.
    private static func isOfHabit(_ key: Key) -> Bool {
        switch key {
        case .character(let scalar): scalar == " "
        case .control, .function: false
        case .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right,
            .pageUp, .pageDown, .home, .end, .mouse, .paste, .focusIn, .focusOut, .resize, .unknown:
            true
        }
    }

    /// What is wrong with the keymap; nothing starts while there is anything.
    package var problems: [KeymapProblem] {
        var problems: [KeymapProblem] = []
        if Self.isOfHabit(confirm) { problems.append(.keyOfHabit(confirm, nil)) }
        let besides = Set(Place.allCases.compactMap { command(for: confirm, in: $0) })
        for bound in besides where bound.traits.effect != .harmless {
            problems.append(bound.isOpener ? .confirmOpens(bound) : .confirmIsBound(bound))
        }
        for binding in bindings where binding.command.isOpener && Self.isOfHabit(binding.key) {
            problems.append(.keyOfHabit(binding.key, binding.command))
        }
        var known: [Place: [Key: Command]] = [:]
        for binding in bindings {
            let other = known[binding.place]?[binding.key]
            if let other, other != binding.command {
                problems.append(.boundTwice(binding.key, other, binding.command))
            }
            known[binding.place, default: [:]][binding.key] = other ?? binding.command
        }
        for needed in [Command.back, .quit]
        where Place.allCases.contains(where: { keys(for: needed, in: $0).isEmpty }) {
            problems.append(.noWayBack(needed))
        }
        return problems
    }
}

extension KeymapProblem: CustomStringConvertible {
    /// The problem in a plain sentence.
    package var description: String {
        switch self {
        case .confirmOpens(let command):
            "The key that confirms also opens \(command.rawValue): pressing it twice would decide."
        case .keyOfHabit(let key, let command?):
            "\(key.name) is pressed without thinking: \(command.rawValue) cannot hang on it."
        case .keyOfHabit(let key, nil):
            "\(key.name) is pressed without thinking: no decision can be confirmed with it."
        case .confirmIsBound(let command):
            "The key that confirms already does \(command.rawValue)."
        case .boundTwice(let key, let one, let other):
            "\(key.name) does \(one.rawValue) and \(other.rawValue): one key, one meaning."
        case .noWayBack(let command):
            "No key does \(command.rawValue): there would be no way out."
        }
    }
}

extension Key {
    /// The key as help and hints name it.
    package var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let scalar): String(Character(scalar))
        case .control(let scalar): "Ctrl-\(Character(scalar))"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .home: "Home"
        case .end: "End"
        case .function(let number): "F\(number)"
        case .mouse: "the mouse"
        case .paste: "a paste"
        case .focusIn, .focusOut, .resize, .unknown: "no key"
        }
    }
}

extension KeymapProblem {
    /// The commands that it is about, the one to change first.
    package var commands: [Keymap.Command] {
        switch self {
        case .confirmOpens(let command), .confirmIsBound(let command), .noWayBack(let command):
            [command]
        case .keyOfHabit(_, let command): [command].compactMap(\.self)
        case .boundTwice(_, let one, let other): [other, one]
        }
    }
}
