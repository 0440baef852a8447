/// What can be told from the name of a terminal, where its description does not say.
package struct TerminalTraits: Hashable, Sendable {
    /// Whether it takes synchronised output, bracketed paste, focus reports and a title.
    ///
    /// Old terminals would show parts of such sequences as text.
    package let isModern: Bool

    package init(name: String) {
        let old = ["linux", "dumb", "ansi", "cygwin", "sun", "hurd", "pcansi", ""]
        let families = ["vt", "cons25", "wsvt", "mach", "linux-"]
        isModern = !old.contains(name) && !families.contains { name.hasPrefix($0) }
    }

    /// The names to try, best first, when 24-bit colours are wanted.
    package static func directNames(for name: String) -> [String] {
        guard !name.hasSuffix("-direct") else { return [name] }
        let family = name.prefix { $0 != "-" }
        return ["\(name)-direct", "\(family)-direct", "xterm-direct"]
    }
}
