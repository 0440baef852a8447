/// Which key does what; data, so that it can be looked through before anything starts.
package struct Keymap: Hashable, Sendable {
    /// Where a key is pressed: it may mean one thing everywhere and another in one place.
    package enum Place: String, Hashable, Sendable, CaseIterable {
        /// Wherever the place itself gives the key no meaning.
        case everywhere
        /// Among the panes around the queue, and in the full view of an item.
        case queue
        /// Where nothing waits; what is bound there goes before what is bound among the panes.
        case empty
        case stats, handoff, notifications
        /// Among the workflows, and in one of them.
        case workflows
        /// In the view of an undo chain.
        case undo
        /// In the history, and in the record of an item.
        case history
    }

    /// One key that does one thing in one place.
    package struct Binding: Hashable, Sendable {
        package var key: Key
        package var command: Command
        package var place: Place

        package init(_ key: Key, _ command: Command, in place: Place = .everywhere) {
            self.key = key
            self.command = command
            self.place = place
        }
    }

    package var bindings: [Binding]
    /// The key that confirms in a sheet which takes a key.
    package var confirm: Key
    /// The letters of other keyboard layouts, for commands that decide nothing.
    package var layouts: [Layout]

    package init(bindings: [Binding], confirm: Key, layouts: [Layout] = []) {
        self.bindings = bindings
        self.confirm = confirm
        self.layouts = layouts
    }

    /// What a key does; nil: nothing.
    ///
    /// A letter of another layout does what the letter on the same key does, but it never opens a
    /// decision: those want the exact key.
    package func command(for key: Key, in place: Place = .everywhere) -> Command? {
        if let bound = exactCommand(for: key, in: place) { return bound }
        guard case .character(let scalar) = key, key != confirm else { return nil }
        for layout in layouts {
            guard let latin = layout.latin(scalar) else { continue }
            let command = exactCommand(for: .character(latin), in: place)
            return command?.isOpener == true ? nil : command
        }
        return nil
    }

    private func exactCommand(for key: Key, in place: Place) -> Command? {
        let own = bindings.first { $0.key == key && $0.place == place }
        return (own ?? bindings.first { $0.key == key && $0.place == .everywhere })?.command
    }

    /// The keys that do something, in their order.
    package func keys(for command: Command) -> [Key] {
        bindings.filter { $0.command == command }.map(\.key)
    }

    /// The keys that do something in a place, in their order; none of those that mean something
    /// else there.
    package func keys(for command: Command, in place: Place) -> [Key] {
        bindings.filter { $0.command == command && [place, .everywhere].contains($0.place) }
            .map(\.key).filter { self.command(for: $0, in: place) == command }
    }
}
