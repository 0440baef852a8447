import HoldCore
import Testing

@testable import HoldConsole

/// Follow mode moves the cursor, but never from under a person's hands.
@Suite struct FollowTests {
    private static let items = [
        QueueItem.sample(1, workflow: "wf-1"), .sample(2, workflow: "wf-2"),
        .sample(3, workflow: "wf-1"),
    ]

    private func happened(_ number: Int, _ sequence: Int64) -> Message {
        let item = Self.items[number - 1]
        return .activityHappened([
            ActivityLine(
                sequence: sequence,
                at: item.createdAt,
                user: nil,
                what: "asked",
                workflow: item.reference.workflow,
                step: item.reference.step,
                kind: .asked
            )
        ])
    }

    private func following(_ presses: Int = 1) -> ConsoleDriver {
        var driver = ConsoleDriver.showing(Self.items)
        driver.send(happened(1, 1))
        for _ in 0..<presses {
            driver.press("F")
            driver.advance(ms: 500)
        }
        driver.advance(ms: 3_000)
        return driver
    }

    @Test func `it is off until asked for`() {
        var driver = following(0)
        driver.send(happened(3, 2))
        driver.advance(ms: 5_000)

        #expect(driver.selectedNumber == 1)
    }

    @Test func `the cursor goes where something happens`() {
        var driver = following()
        driver.send(happened(3, 2))
        driver.advance(ms: 100)

        #expect(driver.selectedNumber == 3)
    }

    @Test func `it waits two seconds after a key`() {
        var driver = following()
        driver.press("k")
        driver.send(happened(3, 2))
        driver.advance(ms: 1_900)
        #expect(driver.selectedNumber == 1)

        driver.advance(ms: 200)

        #expect(driver.selectedNumber == 3)
    }

    @Test(arguments: ["r", "a", "s", "i", "/", ":", "2", "S", "?", "p", "x"])
    func `it never moves while a sheet, a prompt or another view is open`(key: String) {
        var driver = following()
        driver.press(key)
        driver.send(happened(3, 2))
        driver.advance(ms: 10_000)

        #expect(driver.selectedNumber == 1)
    }

    @Test func `it follows one workflow, and F thrice turns it off`() {
        var driver = following(2)
        driver.send(happened(2, 2))
        driver.advance(ms: 3_000)
        #expect(driver.selectedNumber == 1)
        driver.send(happened(3, 3))
        driver.advance(ms: 100)
        #expect(driver.selectedNumber == 3)

        driver.press("F")
        driver.send(happened(1, 4))
        driver.advance(ms: 5_000)
        #expect(driver.selectedNumber == 3)
    }

    @Test func `a decision key right after such a move does nothing`() {
        var driver = following()
        driver.send(happened(3, 2))
        driver.advance(ms: 100)
        #expect(driver.selectedNumber == 3)
        driver.settle()
        driver.press("r")
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains(Obstacle.justMoved.sentence))

        driver.advance(ms: 700)
        driver.press("r")
        #expect(driver.model.sheet?.target?.number == 3)
    }

    @Test func `a new item is taken in when it is followed`() {
        var driver = following()
        let new = QueueItem.sample(9)
        driver.details[new.reference] = .sample(new)
        driver.show(Self.items + [new], sequence: 5)
        driver.send(
            .activityHappened([
                ActivityLine(
                    sequence: 9,
                    at: new.createdAt,
                    user: nil,
                    what: "asked",
                    workflow: new.reference.workflow,
                    step: new.reference.step
                )
            ])
        )
        driver.advance(ms: 100)

        #expect(driver.selectedNumber == 9)
    }
}
