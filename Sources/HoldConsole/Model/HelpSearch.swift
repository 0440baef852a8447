/// What the keys in help are narrowed down by.
package struct HelpSearch: Hashable, Sendable {
    package internal(set) var field = TextField(bytesMax: 100)
    /// Letters go into the field.
    package internal(set) var isTyping = true

    /// Whether a row of help has what is looked for, in its keys, its words or its names.
    package func fits(_ texts: [String]) -> Bool {
        let wanted = field.text.trimmed.lowercased()
        return wanted.isEmpty || texts.contains { $0.lowercased().contains(wanted) }
    }
}
