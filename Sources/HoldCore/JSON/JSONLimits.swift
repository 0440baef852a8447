/// How much a JSON text may ask of its reader.
public struct JSONLimits: Hashable, Sendable {
    /// The deepest nesting of arrays and objects; a lone scalar has depth 0.
    public let depth: Int

    /// The limits of the wire: 64 levels.
    public static let standard = JSONLimits(depth: 64)

    /// Makes limits; the depth is held within 0…256, so that no limit can exhaust a stack.
    public init(depth: Int) {
        self.depth = min(max(depth, 0), 256)
    }
}
