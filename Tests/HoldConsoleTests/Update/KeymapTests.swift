import Testing

@testable import HoldConsole

@Suite struct KeymapTests {
    @Test func `the keys as they come have no problem`() {
        #expect(Keymap.standard.problems.isEmpty)
    }

    @Test func `confirming with the opener is refused`() {
        var keymap = Keymap.standard
        keymap.confirm = .character("a")

        #expect(keymap.problems == [.confirmOpens(.approve)])
    }

    @Test func `the key that confirms may open the copy menu and nothing else`() {
        #expect(Keymap.standard.command(for: Keymap.standard.confirm) == .copyMenu)
        #expect(Keymap.Command.allCases.filter { $0.traits.effect == .harmless } == [.copyMenu])

        for command in Keymap.Command.allCases where command != .copyMenu {
            var keymap = Keymap.standard
            keymap.bindings.removeAll { $0.key == keymap.confirm }
            keymap.bindings.append(.init(keymap.confirm, command))
            #expect(!keymap.problems.isEmpty, "\(command)")
        }
    }

    @Test(arguments: [
        Key.enter, .character(" "), .escape, .tab, .backTab, .unknown, .focusIn, .paste([]),
    ])
    func `no decision hangs on a key of habit`(key: Key) {
        var confirm = Keymap.standard
        confirm.bindings.removeAll { $0.key == key }
        confirm.confirm = key
        #expect(confirm.problems.contains(.keyOfHabit(key, nil)))

        var opener = Keymap.standard
        opener.bindings.removeAll { $0.key == key }
        opener.bindings.append(.init(key, .reject))
        #expect(opener.problems.contains(.keyOfHabit(key, .reject)))
    }

    @Test func `one key has one meaning, and there is a way out`() {
        var twice = Keymap.standard
        twice.bindings.append(.init(.character("j"), .approve))
        #expect(
            twice.problems == [.boundTwice(.character("j"), .moveDown, .approve)]
        )

        var stuck = Keymap.standard
        stuck.bindings.removeAll { $0.command == .quit }
        #expect(stuck.problems == [.noWayBack(.quit)])

        var moved = Keymap.standard
        moved.confirm = .character("x")
        #expect(moved.problems == [.confirmIsBound(.rawText)])
    }

    @Test func `every problem says what is wrong in a sentence`() {
        let problems: [KeymapProblem] = [
            .confirmOpens(.approve), .keyOfHabit(.enter, .approve), .keyOfHabit(.tab, nil),
            .confirmIsBound(.open), .boundTwice(.character("j"), .moveDown, .approve),
            .noWayBack(.quit),
        ]

        for problem in problems { #expect(problem.description.hasSuffix(".")) }
        #expect(problems[1].description.hasPrefix("Enter is pressed without thinking"))
    }

    @Test func `letters of another layout move, and never decide`() {
        var keymap = Keymap.standard
        keymap.layouts = [.russian, .greek]

        #expect(keymap.command(for: .character("\u{43E}")) == .moveDown)
        #expect(keymap.command(for: .character("\u{41F}")) == .last)
        #expect(keymap.command(for: .character("\u{3BE}")) == .moveDown)
        #expect(keymap.command(for: .character("\u{444}")) == nil)
        #expect(keymap.command(for: .character("\u{43A}")) == nil)
        #expect(Keymap.standard.command(for: .character("\u{43E}")) == nil)
    }
}
