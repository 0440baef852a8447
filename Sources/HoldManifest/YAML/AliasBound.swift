/// Foresees how much a file's aliases unfold to, before anything is built from them.
///
/// An alias of an alias of an alias makes a few lines into gigabytes. The estimate needs no parser:
/// what an anchor names stands between it and its first alias, with all aliases in there unfolded.
struct AliasBound {
    /// The most scalars that a file may unfold to.
    static let unfoldedMax = 4 << 20

    private struct Anchor {
        var start: Int
        var size: Int?
    }

    private var anchors: [String: Anchor] = [:]
    private var unfolded = 0

    /// The index of the first alias that takes the text beyond the limit.
    static func firstBeyond(in scalars: [Unicode.Scalar]) -> Int? {
        var bound = AliasBound()
        for index in scalars.indices {
            bound.unfolded += 1
            let scalar = scalars[index]
            guard scalar == "&" || scalar == "*", canBegin(at: index, in: scalars) else { continue }
            let name = name(after: index, in: scalars)
            guard !name.isEmpty else { continue }
            if scalar == "&" {
                bound.anchors[name] = Anchor(start: bound.unfolded)
            } else if bound.unfold(name) {
                return index
            }
        }
        return nil
    }

    /// Counts one alias; true when it goes beyond the limit.
    private mutating func unfold(_ name: String) -> Bool {
        guard var anchor = anchors[name] else { return false }
        let size = anchor.size ?? unfolded - anchor.start
        anchor.size = size
        anchors[name] = anchor
        unfolded += size
        return unfolded > Self.unfoldedMax
    }

    private static func canBegin(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard index > 0 else { return true }
        return [" ", "\t", "\n", "\r", ",", "[", "{", ":", "?", "-"].contains(scalars[index - 1])
    }

    private static func name(after index: Int, in scalars: [Unicode.Scalar]) -> String {
        let name = scalars[(index + 1)...].prefix { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
            default: false
            }
        }
        return String(String.UnicodeScalarView(name))
    }
}
