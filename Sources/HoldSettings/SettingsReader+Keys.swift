import HoldConsole
import HoldThemes
import Yams

extension SettingsReader {
    /// Reads which keyboard layouts' letters count as the Latin ones on the same keys.
    mutating func readLayouts(_ node: Node) {
        let known = Keymap.Layout.allCases.map(\.rawValue)
        guard let nodes = node.sequence else {
            return source.report(node, "`layouts` is a list of \(known.joined(separator: ", "))")
        }
        var layouts: [Keymap.Layout] = []
        for node in nodes where node.string != "us" {
            guard
                let layout = source.choice(node, of: Keymap.Layout.self, called: "layouts")
            else { continue }
            layouts.append(layout)
        }
        settings.keymap.layouts = layouts
    }

    /// Reads which keys do what; a command that is named has these keys and no others.
    mutating func readKeys(_ node: Node) {
        let names = Keymap.Command.allCases.map(\.rawValue) + ["confirm"]
        let parts = source.entries(of: node, called: "`keys`", known: names)
        var keymap = settings.keymap
        if let node = parts["confirm"] {
            if let keys = keys(node), keys.count == 1, let key = keys.first {
                keymap.confirm = key
            } else if !source.failed {
                source.report(node, "`confirm` is one key")
            }
        }
        for command in Keymap.Command.allCases {
            guard let node = parts[command.rawValue], let keys = keys(node) else { continue }
            let places = Set(keymap.bindings.filter { $0.command == command }.map(\.place))
            let index =
                keymap.bindings.firstIndex { $0.command == command } ?? keymap.bindings.endIndex
            keymap.bindings.removeAll { $0.command == command }
            let bindings = keys.flatMap { key in
                Keymap.Place.allCases.filter { places.contains($0) }
                    .map { Keymap.Binding(key, command, in: $0) }
            }
            keymap.bindings.insert(
                contentsOf: bindings,
                at: min(index, keymap.bindings.endIndex)
            )
        }
        settings.keymap = keymap
        for problem in keymap.problems {
            let place = problem.commands.compactMap { parts[$0.rawValue] }.first
            source.report(place ?? parts["confirm"] ?? node, problem.description)
        }
    }

    /// One key, a list of keys, or none.
    private mutating func keys(_ node: Node) -> [Key]? {
        if node.null != nil { return [] }
        let nodes = node.sequence.map(Array.init) ?? [node]
        var keys: [Key] = []
        for node in nodes {
            guard let key = node.string.flatMap(Key.init(name:)) else {
                let name = quoted(node.string ?? "")
                source.report(
                    node,
                    "\(name) is no key: write a character, or a name such as Ctrl-d, Enter, "
                        + "Space, PgUp, F1"
                )
                return nil
            }
            keys.append(key)
        }
        return keys
    }
}
