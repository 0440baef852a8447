import Foundation
import Testing

/// House rules that a compiler does not hold us to.
struct TidyTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func files(under folder: String, ending: String) throws -> [URL] {
        let top = root.appending(path: folder)
        let all = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.path.hasSuffix(ending) }
    }

    private static let swift: [URL] =
        ["Sources", "Tests", "themes"].flatMap { (try? files(under: $0, ending: ".swift")) ?? [] }

    @Test func `no Swift file is longer than 400 lines`() throws {
        #expect(TidyTests.swift.count > 50)
        for file in TidyTests.swift where !file.lastPathComponent.hasPrefix("UnicodeTables") {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            #expect(lines.count <= 401, "\(file.lastPathComponent) has \(lines.count) lines")
        }
    }

    @Test func `no source can trap by a shortcut`() throws {
        let shortcuts = [
            "try!", "as!", "fatalError(", "@unchecked Sendable", "nonisolated(unsafe)",
        ]
        for file in TidyTests.swift where file.path.contains("/Sources/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for shortcut in shortcuts {
                #expect(!text.contains(shortcut), "\(shortcut) in \(file.lastPathComponent)")
            }
        }
    }

    @Test func `no test sleeps`() throws {
        let sleeps = ["usleep(", "Thread.sl" + "eep", "Task.sl" + "eep", " sl" + "eep("]
        for file in TidyTests.swift where file.path.contains("/Tests/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for sleep in sleeps where !file.path.contains("TidyTests") {
                #expect(!text.contains(sleep), "\(sleep) in \(file.lastPathComponent)")
            }
        }
    }

    @Test func `the pure targets import neither Foundation nor a system library`() throws {
        let pure = ["HoldCore", "HoldWire", "HoldJournal", "HoldBroker", "HoldConsole"]
        for target in pure {
            for file in try TidyTests.files(under: "Sources/\(target)", ending: ".swift") {
                let text = try String(contentsOf: file, encoding: .utf8)
                for module in ["Foundation", "Glibc", "Dispatch", "NIOCore", "GRDB"] {
                    #expect(
                        !text.contains("import \(module)"),
                        "\(file.lastPathComponent) imports \(module)"
                    )
                }
            }
        }
    }

    @Test func `the top level holds what the README says and dot files`() throws {
        let allowed: Set = ["Package.swift", "Sources", "Tests", "themes", "README.md"]
        let there = try FileManager.default.contentsOfDirectory(atPath: TidyTests.root.path)
        let extra = there.filter { !$0.hasPrefix(".") && !allowed.contains($0) }
        #expect(extra.filter { $0 != "Package.resolved" }.isEmpty)
    }

    @Test func `the picture in the README is the one that the console draws`() throws {
        let picture = try String(
            contentsOf: TidyTests.root.appending(
                path: "Tests/HoldConsoleTests/Pictures/triage-80x24.screen"
            ),
            encoding: .utf8
        )
        let readme = try String(
            contentsOf: TidyTests.root.appending(path: "README.md"),
            encoding: .utf8
        )
        let lines = picture.split(separator: "\n").map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        #expect(lines.count == 24)
        #expect(readme.contains(lines.joined(separator: "\n")))
    }

    @Test func `every dependency stands in the README with its reason`() throws {
        let manifest = try String(
            contentsOf: TidyTests.root.appending(path: "Package.swift"),
            encoding: .utf8
        )
        let readme = try String(
            contentsOf: TidyTests.root.appending(path: "README.md"),
            encoding: .utf8
        )
        let names = manifest.split(separator: "\n").compactMap { line -> String? in
            guard line.contains(".package(url:"),
                let url = line.split(separator: "\"").dropFirst().first
            else { return nil }
            return url.split(separator: "/").last.map(String.init)
        }
        #expect(names.count > 5)
        for name in names { #expect(readme.contains(name), "README.md does not name \(name)") }
    }

    @Test func `every fault in the ledger names its finder, its replay and its test`() throws {
        let ledger = try String(
            contentsOf: TidyTests.root.appending(path: "Tests/ledger.tsv"),
            encoding: .utf8
        )
        let tests = try TidyTests.swift.filter { $0.path.contains("/Tests/") }
            .map { try String(contentsOf: $0, encoding: .utf8) }
        let lines = ledger.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(lines.first == ["fault", "found by", "replay", "test"])
        for columns in lines.dropFirst() {
            #expect(columns.count == 4 && columns.allSatisfy { !$0.isEmpty }, "\(columns)")
            let test = "`" + (columns.last ?? "") + "`"
            #expect(tests.contains { $0.contains(test) }, "there is no test \(test)")
        }
    }
}
