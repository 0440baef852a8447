import HoldCore
import Testing

@testable import HoldConsole

/// Nothing that a person presses by accident may ever approve anything.
@Suite struct KeymapInvariantTests {
    private static let item = QueueItem.sample(1)
    private static let typedItem = QueueItem.sample(2, risk: .irreversible)

    /// Every key that does something, every digit, and keys that do nothing.
    private static let keys: [Key] = {
        let letters = "abcdefghijklmnopqrstuvwxyzNGTRAYBDPKLHMUSVW0123456789 :/?!;[]\u{E9}"
        let others: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right,
            .pageUp, .pageDown, .home, .end, .function(1), .function(5), .paste(Array("y".utf8)),
            .paste(Array("ay\n".utf8)), .paste(Array("drop_index\n".utf8)), .paste([]),
            .focusIn, .focusOut, .resize, .unknown,
            .mouse(Mouse(.press, at: Position(column: 3, row: 3))),
            .mouse(Mouse(.wheelDown, at: Position(column: 3, row: 3))),
        ]
        return letters.unicodeScalars.map { .character($0) }
            + "abcdefghijlmnopqrsuvwxyz".unicodeScalars.map { .control($0) } + others
    }()

    private static func triage(_ item: QueueItem) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([item, .sample(3)])
        driver.advance(ms: 1_000)
        return driver
    }

    private static func after(_ item: QueueItem, _ change: (inout ConsoleDriver) -> Void)
        -> ConsoleDriver
    {
        var driver = triage(item)
        change(&driver)
        driver.requests = []
        return driver
    }

    /// The screens that can be reached, each with a name.
    private static let screens: [(name: String, driver: ConsoleDriver)] = [
        ("triage", triage(item)),
        ("triage of an irreversible item", triage(typedItem)),
        ("item", after(item) { $0.press(.enter) }),
        ("raw", after(item) { $0.press("x") }),
        ("zoomed", after(item) { $0.press("z") }),
        ("action focused", after(item) { $0.press("2") }),
        ("help", after(item) { $0.press("?") }),
        ("command line", after(item) { $0.press(":") }),
        ("filter", after(item) { $0.press("/") }),
        ("reject", after(item) { $0.press("r") }),
        ("reject, note", after(item) { $0.press("r", "3") }),
        ("escalate", after(item) { $0.press("e") }),
        ("edit", after(item) { edit(&$0) }),
        ("approve, not painted", after(item) { $0.press("a") }),
        (
            "approve, arming",
            after(item) {
                $0.press("a")
                $0.advance(ms: 300)
            }
        ),
        (
            "typed, arming",
            after(typedItem) {
                $0.press("a")
                $0.advance(ms: 300)
            }
        ),
        (
            "typed, armed",
            after(typedItem) {
                $0.press("a")
                $0.advance(ms: 2_500)
            }
        ),
        (
            "quit",
            after(item) {
                $0.press("r", "2", "why")
                $0.press(.escape)
                $0.press("q")
            }
        ),
        ("workflows", viewing(.character("w"))),
        ("workflow", viewing(.character("w"), .enter)),
        ("undo chain", viewing(.character("U"))),
        ("retry", viewing(.character("U"), .character("R"))),
        ("by hand", viewing(.character("U"), .character("M"))),
        ("skip", viewing(.character("U"), .character("K"))),
        ("pause", viewing(.character("w"), .character("P"))),
        ("history", viewing(.character("h"))),
        ("record", viewing(.character("h"), .enter)),
        ("paused", after(item) { $0.press("p") }),
        ("copy", after(item) { $0.press("y") }),
        ("search", after(item) { $0.press("2", "/", "x") }),
        ("context, lines cut", after(item) { $0.press("5", "W") }),
        ("stats", after(item) { $0.press("S") }),
        ("hand-off", after(item) { $0.press("H") }),
        ("notifications", after(item) { $0.press("!") }),
        ("snooze", after(item) { $0.press("s") }),
        ("note", after(item) { $0.press("i") }),
        (
            "following",
            after(item) {
                $0.press("F")
                $0.advance(ms: 3_000)
            }
        ),
        ("filter menu", after(item) { $0.press("f") }),
        ("filter menu, values", after(item) { $0.press("f", "r") }),
        ("sort menu", after(item) { $0.press("O") }),
        ("palette", after(item) { $0.press(.control("p")) }),
        (
            "palette, approve",
            after(item) {
                $0.press(.control("p"))
                $0.press("approve")
            }
        ),
        (
            "command line, approve",
            after(item) {
                $0.press(":")
                $0.press("approve")
            }
        ),
        ("help search", after(item) { $0.press("?", "/") }),
        ("range", after(item) { $0.press("v") }),
        ("marked", batch { _ in }),
        ("batch", batch { $0.press("B") }),
        ("batch, approve, not painted", batch { $0.press("B", "a") }),
        (
            "batch, approve, arming",
            batch {
                $0.press("B", "a")
                $0.advance(ms: 300)
            }
        ),
        ("batch, reject", batch { $0.press("B", "r") }),
        ("batch, reject, note", batch { $0.press("B", "r", "2") }),
        (
            "batch, results",
            batch {
                $0.press("B", "r", "2")
                $0.press(.control("s"))
                $0.press("B")
            }
        ),
        ("outage", after(item) { $0.send(.disconnected(cause: "gone")) }),
        ("stale", after(item) { $0.advance(ms: 11_000, hearing: false) }),
        ("tiny", after(item) { $0.send(.resized(Size(columns: 24, rows: 6))) }),
        (
            "locked",
            after(item) {
                $0.press("okay")
                $0.advance(ms: 1_000)
            }
        ),
    ]

    /// A console whose workflow's undo is stuck, on a screen of its own.
    private static func viewing(_ keys: Key...) -> ConsoleDriver {
        var driver = ConsoleDriver.stuck(item)
        for key in keys {
            driver.press(key)
            driver.settle()
            driver.advance(ms: 1_000)
        }
        driver.requests = []
        return driver
    }

    /// Two of the LOW items were read and are marked.
    private static func batch(_ change: (inout ConsoleDriver) -> Void) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([
            .sample(1, risk: .low), .sample(2, risk: .low), .sample(3),
        ])
        driver.readAll()
        driver.advance(ms: 1_000)
        driver.press("  ")
        driver.advance(ms: 1_000)
        change(&driver)
        driver.requests = []
        return driver
    }

    private static func edit(_ driver: inout ConsoleDriver) {
        driver.press("m")
        for request in driver.requests {
            guard case .openEditor(let job) = request else { continue }
            driver.send(.editorReturned(job, Array(#"{"index":"x"}"#.utf8)))
        }
    }

    @Test(arguments: screens.map(\.name))
    func `no one or two keys approve anything, from any screen`(name: String) async throws {
        let start = try #require(Self.screens.first { $0.name == name }).driver
        for first in Self.keys {
            // Two threads serve all tests: others go on in between.
            await Task.yield()
            var one = start
            one.press(first)
            #expect(one.approvals.isEmpty && one.model.holds.isEmpty, "\(first.name)")
            #expect(one.steerings.isEmpty, "\(first.name)")
            for second in Self.keys {
                var two = one
                two.press(second)
                let isHarmless =
                    two.approvals.isEmpty && two.model.holds.isEmpty && two.steersWithReason
                if !isHarmless { Issue.record("\(first.name) then \(second.name)") }
            }
        }
    }

    @Test func `from an armed sheet the one key that approves is the confirm key`() {
        let start = Self.after(Self.item) {
            $0.press("a")
            $0.advance(ms: 1_500)
        }
        for key in Self.keys {
            var driver = start
            driver.press(key)
            #expect(driver.approvals.isEmpty)
            #expect(driver.model.holds.isEmpty == (key != .character("y")), "\(key.name)")
        }
    }

    @Test func `from an armed batch the one key that approves is the confirm key`() {
        let start = Self.batch {
            $0.press("B", "a")
            $0.advance(ms: 1_000)
        }
        for key in Self.keys {
            var driver = start
            driver.press(key)
            #expect(driver.approvals.isEmpty)
            #expect(driver.model.holds.count == (key == .character("y") ? 2 : 0), "\(key.name)")
        }
    }

    @Test func `the arming starts anew after anything that could have moved the hands`() {
        let start = Self.after(Self.item) {
            $0.press("a")
            $0.advance(ms: 1_500)
        }
        let disturbances: [Message] = [
            .keyPressed(.focusIn), .keyPressed(.focusOut), .keyPressed(.paste([])), .resumed,
            .resized(Size(columns: 100, rows: 30)), .disconnected(cause: "gone"),
        ]
        for disturbance in disturbances {
            var driver = start
            driver.send(disturbance)
            driver.paint()
            driver.press("y")
            #expect(driver.model.holds.isEmpty, "\(disturbance)")
            var batch = Self.batch {
                $0.press("B", "a")
                $0.advance(ms: 1_000)
            }
            batch.send(disturbance)
            batch.paint()
            batch.press("y")
            #expect(batch.model.holds.isEmpty, "\(disturbance)")
        }
    }
}
