import Foundation
import HoldCore
import Testing

@testable import HoldConsole

/// Plain mode as a person hears it, word by word.
@Suite struct PlainTranscriptTests {
    @Test func `a night in plain mode reads as it is written down`() throws {
        var driver = PlainDriver.showing(
            Array(Sample.items.prefix(8)),
            details: [Sample.indexDetail, Sample.refundDetail],
            at: Scene.night
        )
        driver.type("2", "context", "history", "undo")
        driver.type("approve")
        driver.advance(ms: 1_200)
        driver.type("yes")
        driver.advance(ms: 3_000)
        driver.type("undo", "approve")
        driver.type("yes")
        driver.advance(ms: 1_200)
        driver.type("yes")
        driver.advance(ms: 10_500)
        driver.record(.approved)
        driver.type("", "1", "approve")
        driver.advance(ms: 2_500)
        driver.type("yes", "reject", "1", "not this account", "yes")
        driver.record(.rejected)
        driver.type("workflows", "status", "what", "help", "quit")

        try compare(driver.transcript, with: "plain-transcript.txt")
        #expect(driver.isOver)
        #expect(driver.decisions.map(\.kind) == [.approve, .reject])
        #expect(driver.decisions.last?.reason == "wrong target or environment: not this account")
    }

    @Test func `what is lost and what comes is said before the next question`() throws {
        var items = Array(Sample.items.prefix(3))
        var driver = PlainDriver.showing(items, details: [Sample.indexDetail], at: Scene.night)
        driver.type("2", "approve")
        driver.advance(ms: 1_200)
        driver.type("yes")
        items.append(
            Sample.item(
                4_840,
                "cost-cutter",
                "vm.delete",
                "3 machines that nothing uses",
                .irreversible,
                left: 90
            )
        )
        driver.show(items, sequence: 2)
        driver.send(.disconnected(cause: "the service has closed the connection"))
        driver.advance(ms: 5_000, hearing: false)
        driver.type("", "approve", "2")
        driver.send(.connected(Connection(place: "", user: "alice", separation: .none)))
        driver.show(items, sequence: 3)
        driver.type("list")

        try compare(driver.transcript, with: "plain-outage.txt")
        #expect(driver.decisions.isEmpty)
    }

    private func compare(_ text: String, with name: String) throws {
        if ProcessInfo.processInfo.environment["HOLDSHORT_UPDATE_PICTURES"] == "1" {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Fixtures")
            try text.write(
                to: folder.appendingPathComponent(name),
                atomically: true,
                encoding: .utf8
            )
            return
        }
        let file = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"),
            "no transcript \(name)"
        )
        let expected = try String(contentsOf: file, encoding: .utf8)
        let (is_, was) = (text.split(separator: "\n"), expected.split(separator: "\n"))
        for (index, pair) in zip(is_, was).enumerated() where pair.0 != pair.1 {
            Issue.record("\(name), line \(index + 1):\nis  \(pair.0)\nwas \(pair.1)")
            return
        }
        #expect(is_.count == was.count)
    }
}
