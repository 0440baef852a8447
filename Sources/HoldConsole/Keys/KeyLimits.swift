/// The bounds on what is read from the keyboard.
package enum KeyLimits {
    /// After this time a paste or a control sequence without an end counts as ended.
    package static let openTime = Duration.seconds(1)
    /// Input with gaps below this is a machine's, not a person's.
    package static let streamGap = Duration.milliseconds(50)
    /// More of a paste than this is read and dropped.
    package static let pasteBytes = 65_536
    /// How many units of input are taken before something else gets its turn.
    package static let inputsPerTurn = 8_192
}
