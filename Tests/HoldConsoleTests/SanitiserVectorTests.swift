import Foundation
import HoldConsole
import Testing

/// One line of `display-vectors.json`.
struct DisplayVector: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let pane: String
    let hex: String
    let lines: [String]
    let hidden: Int
    let flags: [String]

    var testDescription: String { id }

    var bytes: [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }

    static let all: [DisplayVector] = {
        guard
            let url = Bundle.module.url(
                forResource: "display-vectors",
                withExtension: "json",
                subdirectory: "Fixtures"
            ),
            let data = try? Data(contentsOf: url),
            let vectors = try? JSONDecoder().decode([DisplayVector].self, from: data)
        else { return [] }
        return vectors
    }()
}

extension SafeText.Pane {
    init?(named name: String) {
        switch name {
        case "action": self = .action
        case "prose": self = .prose
        case "line": self = .line
        default: return nil
        }
    }
}

extension SafeLine {
    /// The line with its marks between angle quotes, as the vectors and the tests write it.
    var shown: String { runs.map { $0.isMark ? "«\($0.text)»" : $0.text }.joined() }
}

extension SafeText {
    var shown: [String] { lines.map(\.shown) }
}

@Suite struct SanitiserVectorTests {
    @Test func `the vectors are there`() {
        #expect(DisplayVector.all.count >= 72)
        #expect(Set(DisplayVector.all.map(\.id)).count == DisplayVector.all.count)
    }

    @Test(arguments: DisplayVector.all)
    func `a text is shown as its vector says`(vector: DisplayVector) throws {
        let pane = try #require(SafeText.Pane(named: vector.pane))

        let text = SafeText(untrusted: vector.bytes, pane: pane)

        // Scalar by scalar: `==` on strings would let one canonical form pass for another.
        #expect(
            text.shown.map { Array($0.unicodeScalars) }
                == vector.lines.map { Array($0.unicodeScalars) }
        )
        #expect(text.hiddenCount == vector.hidden)
        #expect(text.flags == vector.flags)
        #expect(text.truncated == 0)
    }

    @Test(arguments: DisplayVector.all)
    func `a string is shown as its bytes are`(vector: DisplayVector) throws {
        let pane = try #require(SafeText.Pane(named: vector.pane))
        guard let string = String(validating: vector.bytes, as: UTF8.self) else { return }

        #expect(
            SafeText(untrusted: string, pane: pane)
                == SafeText(untrusted: vector.bytes, pane: pane)
        )
    }
}
