/// The keys of one mapping of the manifest.
struct Fields {
    /// Where the mapping stands, as people say it (`actions.deploy`).
    let path: String
    /// Where the mapping begins.
    let place: Place
    private let entries: [String: YAMLEntry]

    init(path: String, place: Place, entries: [YAMLEntry]) {
        self.path = path
        self.place = place
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// The entry of this key, if the file has it.
    subscript(key: String) -> YAMLEntry? { entries[key] }

    /// A key with its whole path.
    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
