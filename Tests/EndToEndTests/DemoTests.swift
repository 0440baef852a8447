import Foundation
import Testing

/// The demo without a person: the whole product in one run.
@OffStage struct DemoTests {
    private static let outcomes = [
        "db-janitor waits", "customers.csv is still there", "report-writer is at its limit, 3/3",
        "report-4.md is not written yet", "a rejection would undo 6 steps",
        "customers.csv is deleted", "all five reports are written", "staging-42 is gone",
        "newest first: 6 5 4 3 2 1", "crm-sync updated its records", "the record holds",
    ]

    @Test func `the demo without a person ends as it should`() throws {
        let stage = try Stage()
        let ran = try stage.run("demo", "--headless")
        #expect(ran.code == 0, "\(ran)")
        for outcome in DemoTests.outcomes {
            #expect(ran.lines.contains { $0.hasPrefix("ok: ") && $0.contains(outcome) }, "\(ran)")
        }
        #expect(ran.lines.last == "demo: every outcome is as it should be")
    }

    @Test(arguments: ["customers.csv is still there", "customers.csv is deleted", "#"])
    func `a service killed in the middle of the demo changes no outcome`(moment: String) throws {
        let stage = try Stage()
        let demo = try stage.start(Stage.binary, ["demo", "--headless"])
        let hasCome = demo.output.wait { text in
            text.split(separator: "\n").contains { $0.hasPrefix("ok: ") && $0.contains(moment) }
        }
        let first = demo.output.text.split(separator: "\n").first.map(String.init) ?? ""
        let words = first.split(separator: " ").compactMap { Int32($0) }
        let service = try #require(words.first, "no process in: \(first)")
        #expect(hasCome && service > 1)
        kill(service, SIGKILL)
        let code = try demo.wait()
        let text = demo.output.text
        #expect(code == 0, "\(text)")
        #expect(text.contains("demo: the service was killed; it is started again"))
        for outcome in DemoTests.outcomes {
            #expect(text.contains(outcome), "\(outcome) is missing in \(text)")
        }
    }
}
