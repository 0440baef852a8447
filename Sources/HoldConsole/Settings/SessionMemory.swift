package import HoldCore

/// What a console remembers of its last time: where the person was, never what they decided.
package struct SessionMemory: Codable, Hashable, Sendable {
    /// The filter of the queue; nil: none.
    package var filter: String?
    /// The item under the cursor.
    package var selection: ItemReference?
    /// The theme that was chosen by hand; nil: the one of the settings.
    package var theme: String?

    package init(filter: String? = nil, selection: ItemReference? = nil, theme: String? = nil) {
        self.filter = filter
        self.selection = selection
        self.theme = theme
    }

    /// Reads a memory; one that cannot be read is as good as none.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.bytesMax, let value = try? JSONValue(parsing: bytes),
            let memory = try? value.decode(SessionMemory.self)
        else { return nil }
        self = memory
    }

    /// The memory as a file holds it; nil when it is too long to be worth keeping.
    package var bytes: [UInt8]? {
        guard let value = try? JSONValue(encoding: self) else { return nil }
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return bytes.count <= Self.bytesMax ? bytes : nil
    }

    /// More is no memory of ours.
    private static let bytesMax = 65_536
}

extension Model {
    /// What to remember for the next time.
    package var memory: SessionMemory {
        SessionMemory(
            filter: queue.filter,
            selection: queue.selection,
            theme: theme.name == firstTheme ? nil : theme.name
        )
    }

    /// Takes up where the person was, but for the theme, which the model is made with; to be called
    /// before anything else happened.
    package mutating func restore(_ memory: SessionMemory) {
        queue.jump = memory.selection.map { .item($0) }
        if let filter = memory.filter, !filter.isEmpty {
            queue.filter = filter
            let key = keymap.keys(for: .filter, in: .queue).first?.name ?? "/"
            say(.info, "The filter of last time is in force; \(key) changes it.")
        }
    }
}
