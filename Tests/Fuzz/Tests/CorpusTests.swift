import Foundation
import FuzzSurfaces
import Testing

/// What fuzzers found worth keeping, run like any other test.
struct CorpusTests {
    private static let corpus = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

    private static func inputs(of surface: Surface) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: corpus.appending(path: surface.rawValue),
            includingPropertiesForKeys: nil
        )
    }

    @Test(arguments: Surface.allCases)
    func `everything holds for every input that was kept`(surface: Surface) throws {
        let inputs = try Self.inputs(of: surface)

        #expect(inputs.count >= 5)
        for input in inputs {
            let bytes = [UInt8](try Data(contentsOf: input))
            let problem = surface.problem(in: bytes)
            #expect(problem == nil, "\(surface.rawValue)/\(input.lastPathComponent)")
        }
    }

    @Test(arguments: Surface.allCases)
    func `everything holds for every beginning of an input that was kept`(surface: Surface) throws {
        for input in try Self.inputs(of: surface).prefix(12) {
            let bytes = [UInt8](try Data(contentsOf: input).prefix(96))
            for end in bytes.indices {
                let problem = surface.problem(in: Array(bytes[..<end]))
                #expect(problem == nil, "\(surface.rawValue)/\(input.lastPathComponent), \(end)")
            }
        }
    }

    @Test func `the corpus is small`() throws {
        let files = FileManager.default.enumerator(
            at: Self.corpus,
            includingPropertiesForKeys: [.fileSizeKey]
        )
        let sizes = try (files?.compactMap { $0 as? URL } ?? []).map {
            try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        }

        #expect(sizes.reduce(0, +) < 300_000)
    }

    @Test func `the planted fault is there, and nowhere near it`() {
        #expect(Canary.problem(in: Array("hold".utf8)) != nil)
        for other in ["", "hol", "hole", "Hold", " hold"] {
            #expect(Canary.problem(in: Array(other.utf8)) == nil)
        }
    }
}
