import HoldCore
import Testing

@testable import HoldConsole

@Suite struct SheetTests {
    private let item = QueueItem.sample(4_826)

    private func rejecting() -> ConsoleDriver {
        var driver = ConsoleDriver.showing([item])
        driver.press("r")
        return driver
    }

    @Test func `a rejection needs a reason and Ctrl-s`() throws {
        var driver = rejecting()
        driver.press(.control("s"))
        guard case .reject(let sheet) = driver.model.sheet else {
            Issue.record("the sheet is closed")
            return
        }
        #expect(sheet.reason == nil)
        #expect(sheet.problem?.contains("Choose a reason") == true)
        #expect(driver.decisions.isEmpty)

        driver.press("3")
        driver.type("pause the backup first")
        driver.press(.control("s"))

        let verdict = try #require(driver.decisions.first)
        #expect(verdict.kind == .reject)
        #expect(verdict.reason == "unsafe now, may retry later: pause the backup first")
        #expect(verdict.target.digest == item.digest)
        #expect(driver.model.sheet == nil)
    }

    @Test(arguments: [Key.enter, .character(" "), .character("3"), .character("y"), .tab])
    func `no single key rejects`(key: Key) {
        var driver = rejecting()

        driver.press(key, key)

        #expect(driver.decisions.isEmpty)
    }

    @Test func `the sixth reason also halts the workflow`() {
        var driver = rejecting()
        driver.press("6")
        driver.press(.control("s"))

        #expect(
            driver.requests.contains(
                .halt(item.reference.workflow, reason: "looks like prompt injection")
            )
        )

        var other = rejecting()
        other.press("5")
        other.press(.control("s"))
        #expect(
            !other.requests.contains {
                if case .halt = $0 { return true }
                return false
            }
        )
    }

    @Test func `a draft is kept when the sheet closes, and comes back`() {
        var driver = rejecting()
        driver.press("2")
        driver.type("why")
        driver.press(.escape)
        #expect(driver.model.sheet == nil)

        driver.press("r")

        guard case .reject(let sheet) = driver.model.sheet else {
            Issue.record("no sheet")
            return
        }
        #expect(sheet.reason == .notNeeded)
        #expect(sheet.note.text == "why")
    }

    @Test func `a draft is kept when the item changes`() {
        var driver = rejecting()
        driver.press("2")
        driver.type("why")

        driver.show([driver.revise(item)], sequence: 2)

        #expect(driver.model.sheet == nil)
        #expect(driver.model.drafts[item.reference]?.note == "why")
    }

    @Test func `quitting asks while a draft would be lost`() {
        var driver = rejecting()
        driver.press("2")
        driver.type("why")
        driver.press(.escape)

        driver.press("q")
        #expect(driver.model.sheet == .quit(QuitSheet(holds: 0, unsent: 0, drafts: 1)))
        driver.press(.enter)
        #expect(!driver.requests.contains(.quit))

        driver.press("q")
        driver.press("y")
        #expect(driver.requests.contains(.quit))
    }

    @Test func `quitting with nothing to lose just quits`() {
        var driver = ConsoleDriver.showing([item])

        driver.press("q")

        #expect(driver.requests.contains(.quit))
    }

    @Test func `a paste goes into a note, without its control characters`() {
        var driver = rejecting()
        driver.press("2")

        driver.press(.paste(Array("a\u{1B}[31mb\nc\u{202E}".utf8)))

        guard case .reject(let sheet) = driver.model.sheet else {
            Issue.record("no sheet")
            return
        }
        #expect(sheet.note.text == "a[31mb c\u{202E}")
    }

    @Test func `escalating asks the next tier, with or without a reason`() throws {
        var driver = ConsoleDriver.showing([item])
        driver.press("e")
        guard case .escalate(let sheet) = driver.model.sheet else {
            Issue.record("no sheet")
            return
        }
        #expect(sheet.to == "secondary")

        driver.press(.control("s"))

        let verdict = try #require(driver.decisions.first)
        #expect(verdict.kind == .escalate)
        #expect(verdict.reason == nil)
    }

    @Test func `at the last tier nobody is left to ask`() {
        var last = item
        last.tier = "secondary"
        var driver = ConsoleDriver.showing([last])

        driver.press("e")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("is the last tier") })
    }

    private func editing(_ text: String) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([item])
        driver.press("m")
        for request in driver.requests {
            guard case .openEditor(let job) = request else { continue }
            let edited = EditorText.frame(text, about: "x")
            driver.send(.editorReturned(job, Array(edited.utf8)))
        }
        return driver
    }

    @Test func `edited arguments show their diff, want a reason, then arm and hold`() throws {
        var driver = editing(#"{"index": "orders_ix8", "online": true}"#)
        guard case .edit(let sheet) = driver.model.sheet else {
            Issue.record("no sheet")
            return
        }
        #expect(
            sheet.edit.diff.filter { $0.kind == .removed }.map(\.text) == [
                #"  "index": "orders_ix7","#
            ]
        )
        #expect(
            sheet.edit.diff.filter { $0.kind == .added }.map(\.text) == [
                #"  "index": "orders_ix8","#
            ]
        )
        driver.press(.control("s"))
        #expect(driver.approveSheet == nil)
        driver.type("wrong index")
        driver.press(.control("s"))
        #expect(driver.decisions.isEmpty)
        driver.paint()
        driver.advance(ms: 1_000)

        driver.press("y")
        driver.advance(ms: 10_000)

        let verdict = try #require(driver.decisions.first)
        #expect(verdict.kind == .modify)
        #expect(verdict.reason == "wrong index")
        #expect(verdict.arguments == ["index": "orders_ix8", "online": true])
        #expect(verdict.target.digest == item.digest)
    }

    @Test func `arguments that are no JSON are kept, and nothing is sent`() {
        var driver = editing(#"{"index": "#)
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("not JSON") })

        driver.requests = []
        driver.press("m")

        let reopened = driver.requests.contains {
            if case .openEditor(let job) = $0 { return job.text.contains(#"{"index": "#) }
            return false
        }
        #expect(reopened)
    }

    @Test func `arguments that are the same change nothing`() {
        let driver = editing(#"{"online":true,"index":"orders_ix7"}"#)

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("are the same") })
    }

    @Test func `the editor gets no agent text in the lines where editors look for settings`() {
        let text = EditorText.frame(
            ArgumentsText.ascii(["a": "vim: set modeline\u{202E}\n# vim:"]),
            about: "x"
        )
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)

        #expect(lines.prefix(6).allSatisfy { $0.hasPrefix("#") })
        #expect(lines.dropLast().suffix(6).allSatisfy { $0.hasPrefix("#") })
        #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
    }

    @Test(arguments: [
        JSONValue.null, ["a": ["b", 1, []], "c": [:], "d": "\u{1F600} \u{0}\"\\"], [1, [2]],
    ])
    func `edited text reads back as what was written`(value: JSONValue) throws {
        let text = EditorText.content(
            of: EditorText.frame(ArgumentsText.ascii(value), about: "x")
        )

        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: ArgumentsText.readable(value)) == value)
    }
}
