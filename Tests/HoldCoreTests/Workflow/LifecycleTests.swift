import Foundation
import Testing

@testable import HoldCore

/// The article's tables are what the code does.
///
/// `HOLDSHORT_UPDATE_PICTURES=1` writes them into the article anew.
@Suite(.serialized) struct LifecycleTests {
    private static let article = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "Sources/HoldCore/HoldCore.docc/Lifecycle.md")

    @Test(arguments: ["The item", "One link of the undo chain", "The undo chain", "A drill"])
    func `the article's table is what happens`(heading: String) throws {
        let table: String
        switch heading {
        case "The item": table = try LifecycleTables.itemTable()
        case "One link of the undo chain": table = try LifecycleTables.linkTable()
        case "The undo chain": table = try LifecycleTables.chainTable()
        default: table = try LifecycleTables.drillTable()
        }
        #expect(!table.contains("cannot be"), "a state could not be reached")

        var text = try String(contentsOf: Self.article, encoding: .utf8)
        let section = try #require(text.range(of: "## \(heading)\n"))
        let rest = text[section.upperBound...]
        let start = try #require(rest.range(of: "\n|")).lowerBound
        let end = rest[start...].range(of: "\n\n")?.lowerBound ?? text.endIndex
        if ProcessInfo.processInfo.environment["HOLDSHORT_UPDATE_PICTURES"] == "1" {
            text.replaceSubrange(start..<end, with: "\n" + table)
            try text.write(to: Self.article, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<end] == "\n" + table)
        }
    }
}
