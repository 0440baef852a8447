import HoldCore
import Testing

@testable import HoldConsole

/// What colleagues are told from plain mode: claims, snoozes and notes.
@Suite struct PlainCourtesyTests {
    private let item = QueueItem.sample(4_826, left: Span(minutes: 40))

    private func reading() -> PlainDriver {
        var driver = PlainDriver.showing([item])
        driver.type("1")
        return driver
    }

    private func asked(_ driver: PlainDriver) -> [ShiftRequest] {
        driver.requests.compactMap { request in
            guard case .shift(let asked) = request, asked.item != nil else { return nil }
            return asked
        }
    }

    @Test func `a claim is asked for, told once it stands, and given up by the same word`() {
        var driver = reading()
        let until = item.deadline
        driver.type("claim")
        #expect(asked(driver) == [.claim(item.reference)])
        #expect(!driver.session.isAsking, "the answer comes before the next question")

        let claim = ShiftRequest.claim(item.reference)
        driver.details[item.reference]?.item.claimedBy = "alice"
        driver.send(.shift(.claimed(claim, by: "alice", until: until)))
        #expect(driver.hasSaid("#4826 claimed until"))
        #expect(driver.session.isAsking)

        driver.type("claim")
        #expect(asked(driver).last == .release(item.reference))
        #expect(driver.decisions.isEmpty)
    }

    @Test func `what the service turns down is said`() {
        var driver = reading()
        driver.type("claim")
        driver.send(.shift(.failed(.claim(item.reference), "it is claimed by bob")))

        #expect(driver.hasSaid("#4826 not claimed: it is claimed by bob"))
    }

    @Test(arguments: [
        ("5", Span(minutes: 5)), ("30", Span(minutes: 30)),
        // Of an hour what is left, but for the last two minutes.
        ("60", Span(minutes: 38)),
    ])
    func `an item is put off for so many minutes`(minutes: String, span: Span) {
        var driver = reading()
        driver.type("snooze \(minutes)")
        #expect(asked(driver) == [.snooze(item.reference, span)])

        let until = driver.session.model.serviceNow + span
        driver.send(.shift(.snoozed(.snooze(item.reference, span), until: until)))
        #expect(driver.hasSaid("#4826 snoozed until"))

        driver.type("snooze 0")
        #expect(asked(driver).last == .snooze(item.reference, .zero))
    }

    @Test(arguments: ["", "soon", "-5", "99999999999999999999", "7", "0"])
    func `a time that cannot be chosen is answered with those that can`(minutes: String) {
        var driver = reading()
        driver.type("snooze \(minutes)")

        #expect(asked(driver).isEmpty)
        #expect(driver.hasSaid("minutes: 5, 15, 30"))
        #expect(driver.session.model.sheet == nil)
        #expect(driver.session.isAsking)
    }

    @Test func `a note is sent as it was typed, and an empty one is not`() {
        var driver = reading()
        driver.type("note")
        #expect(asked(driver).isEmpty)

        driver.type("note ok once the backup is paused")
        let note = ShiftRequest.note(item.reference, "ok once the backup is paused")
        #expect(asked(driver) == [note])

        driver.send(.shift(.noted(note)))
        #expect(driver.hasSaid("Your note on #4826 is kept."))
    }

    @Test func `the history tells a note as one`() {
        var driver = reading()
        driver.details[item.reference]?.history = [
            HistoryLine(
                at: item.createdAt,
                user: "bob",
                what: HistoryLine.noted,
                reason: "backup first"
            )
        ]
        driver.type("1", "history")

        #expect(driver.hasSaid("bob: noted."))
        #expect(driver.hasSaid("quoted> note: backup first"))
    }

    @Test(arguments: ["claim", "snooze 5", "note hello"])
    func `nothing is told of an item that was not read`(line: String) {
        var driver = PlainDriver.showing([item])
        driver.type(line)

        #expect(asked(driver).isEmpty)
        #expect(driver.hasSaid("Read an item first"))
    }

    @Test func `without an answer it goes on, and says so`() {
        var driver = reading()
        driver.type("claim")
        driver.advance(ms: 13_000)

        #expect(driver.hasSaid("No answer yet."))
        #expect(driver.session.isAsking)
    }

    @Test func `what was snoozed is read out on demand`() {
        var driver = PlainDriver.showing([item])
        driver.type("snoozed")
        #expect(driver.session.model.queue.asked?.snoozed == true)
        driver.show([item])
        driver.type("snoozed")
        #expect(driver.session.model.queue.asked?.snoozed == false)
    }

    @Test func `a letter that begins several words means the one typed most, never a decision`() {
        #expect(PlainCommand("n") == .next)
        #expect(PlainCommand("c") == .context)
        #expect(PlainCommand("s") == .status)
        #expect(PlainCommand("a") == nil)
        #expect(PlainCommand("snooze") == .snooze)
        #expect(PlainCommand("no") == .note)
    }
}
