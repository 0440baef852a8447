/// A line of our own words that goes away by itself.
package struct Notice: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case info, good, warning, danger }

    package let kind: Kind
    /// May quote others' words: it goes through the display filter like everything else.
    package let text: String
    package let until: Moment
}
