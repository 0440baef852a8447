import Testing

@testable import HoldConsole

@Suite struct SanitiserFuzzTests {
    static let seeds: [UInt64] = Array(1...120)

    @Test(arguments: seeds, SafeText.Pane.allCases)
    func `nothing forbidden comes out, whatever goes in`(seed: UInt64, pane: SafeText.Pane) {
        var fuzz = DisplayFuzz(seed: seed)
        let text = SafeText(untrusted: fuzz.text(pieces: 80), pane: pane)

        for run in text.lines.flatMap(\.runs) {
            let isSafe =
                run.isMark
                ? run.text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
                : !run.text.unicodeScalars.contains(where: isForbidden)
            #expect(isSafe, "seed \(seed), \(pane): \(run.text.unicodeScalars.map(\.value))")
        }
        #expect(text.flags == Set(text.flags).sorted())
        #expect(!text.lines.isEmpty)
        if pane == .line { #expect(text.lines.count == 1) }
    }

    @Test(arguments: seeds, SafeText.Pane.allCases)
    func `cells add up to the line and hold one character each`(seed: UInt64, pane: SafeText.Pane) {
        var fuzz = DisplayFuzz(seed: seed)

        for line in SafeText(untrusted: fuzz.text(pieces: 60), pane: pane).lines {
            let cells = line.cells
            #expect(cells.reduce(0) { $0 + $1.width } == line.width, "seed \(seed)")
            #expect(line.runs.reduce(0) { $0 + $1.width } == line.width, "seed \(seed)")
            #expect(
                cells.flatMap { Array($0.cluster.unicodeScalars) }
                    == Array(line.plain.unicodeScalars),
                "seed \(seed)"
            )
            #expect(cells.allSatisfy { (1...2).contains($0.width) }, "seed \(seed)")
            #expect(cells.allSatisfy { (1...3).contains($0.cluster.unicodeScalars.count) })
            for run in line.runs {
                let isEven = run.clusters.allSatisfy {
                    $0.width == 1 && $0.text.unicodeScalars.count == 1
                }
                #expect(run.isEven == isEven, "seed \(seed): \(run.text.unicodeScalars)")
            }
        }
    }

    @Test(arguments: seeds, SafeText.Pane.allCases)
    func `rows are never too wide and together say it all`(seed: UInt64, pane: SafeText.Pane) {
        var fuzz = DisplayFuzz(seed: seed)
        let text = SafeText(untrusted: fuzz.text(pieces: 40), pane: pane)

        for width in [1, 2, 3, 5, 8, 13, 24, 31, 80, 200] {
            for line in text.lines {
                let rows = line.wrapped(to: width)
                #expect(rows.allSatisfy { $0.width <= width }, "seed \(seed), width \(width)")
                #expect(!rows.isEmpty)
                let said = rows.flatMap { $0.plain.unicodeScalars }
                if width > 1 { #expect(said == Array(line.plain.unicodeScalars), "seed \(seed)") }
                // No mark of these is wider than 30 cells, so none may be in pieces.
                if width > 30 {
                    #expect(rows.flatMap(\.runs).filter(\.isMark) == line.runs.filter(\.isMark))
                }
                #expect(line.prefix(cells: width).width <= width, "seed \(seed)")
            }
        }
    }

    @Test(arguments: seeds, [SafeText.Pane.prose, .line])
    func `what was shown once is harmless text`(seed: UInt64, pane: SafeText.Pane) {
        var fuzz = DisplayFuzz(seed: seed)
        let once = SafeText(untrusted: fuzz.text(pieces: 60), pane: pane)

        let twice = SafeText(untrusted: once.plain, pane: pane)

        #expect(twice.plain == once.plain, "seed \(seed)")
        #expect(twice.hiddenCount == 0, "seed \(seed): \(twice.shown)")
        #expect(twice.flags.isEmpty, "seed \(seed): \(twice.flags)")
    }

    @Test(arguments: seeds)
    func `limits hold and every byte is accounted for`(seed: UInt64) {
        var fuzz = DisplayFuzz(seed: seed)
        let bytes = fuzz.text(pieces: 200)
        let limits = DisplayLimits(bytesMax: 300, lineCellsMax: 40, linesMax: 9)

        for pane in SafeText.Pane.allCases {
            let text = SafeText(untrusted: bytes, pane: pane, limits: limits)
            #expect(text.lines.count <= 9)
            // The last thing of a line may reach over, and the note of what is missing follows it.
            #expect(text.width < 40 + 24 + 30, "seed \(seed)")
            #expect(text.truncated >= bytes.count - 300)
            #expect(text.truncated <= bytes.count)
            #expect(SafeText(untrusted: bytes, pane: pane, limits: .full).truncated == 0)
        }
    }
}
