import HoldCore
import Testing

@testable import HoldConsole

@Suite struct PaletteTests {
    private func find(_ typed: String) -> CommandPalette? {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.press(.control("p"))
        driver.press(typed)
        if case .palette(let palette) = driver.model.sheet { return palette }
        return nil
    }

    @Test func `every command, theme and order is there, with its keys`() throws {
        let palette = try #require(find(""))
        let names = palette.matches.map(\.entry.name)

        for command in Keymap.Command.allCases where command != .palette {
            #expect(names.contains(command.rawValue))
        }
        for sort in QueueSort.allCases { #expect(names.contains("sort \(sort.rawValue)")) }
        #expect(names.contains("theme dawn"))
        let approve = try #require(palette.entries.first { $0.name == "approve" })
        #expect(approve.keys == [.character("a")] && approve.isOpener)
    }

    @Test(arguments: [
        ("fil", ["filter", "filter-menu"]), ("menu", ["copy-menu", "sort-menu"]),
        ("dawn", ["theme dawn"]), ("tdn", ["take-in", "theme dawn"]), ("zzz", []),
    ])
    func `a beginning comes before a word, and a word before letters`(
        typed: String,
        first: [String]
    ) throws {
        let names = try #require(find(typed)).matches.map(\.entry.name)

        if first.isEmpty {
            #expect(names.isEmpty)
        } else if typed == "tdn" {
            #expect(names.contains("theme dawn"))
        } else {
            #expect(Array(names.prefix(first.count)) == first)
        }
    }

    @Test func `ranks are in the order that they say`() throws {
        let beginning = try #require(FuzzyMatch("so", in: "sort-menu", and: "order"))
        let word = try #require(FuzzyMatch("me", in: "sort-menu", and: "order"))
        let words = try #require(FuzzyMatch("or", in: "sort-menu", and: "order"))
        let letters = try #require(FuzzyMatch("smu", in: "sort-menu", and: "order"))

        #expect(beginning.rank < word.rank)
        #expect(word.rank < words.rank)
        #expect(words.rank < letters.rank)
        #expect(letters.letters == [0, 5, 8])
        #expect(FuzzyMatch("zz", in: "sort-menu", and: "order") == nil)
    }

    @Test func `a command that decides opens its sheet and nothing more`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.press(.control("p"))
        driver.press("approve")
        driver.press(.enter)

        #expect(driver.approveSheet?.phase == .opened)
        #expect(driver.requests.contains(.flushInput))
        driver.press("y")
        #expect(driver.decisions.isEmpty && driver.model.holds.isEmpty)
    }

    @Test func `the chosen row runs, Esc runs nothing`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.press(.control("p"))
        driver.press("theme d")
        driver.press(.down, .enter)
        #expect(driver.model.theme.name == "dawn")
        #expect(driver.model.sheet == nil)

        driver.press(.control("p"))
        driver.press("quit")
        driver.press(.escape)
        #expect(!driver.requests.contains(.quit))
        #expect(driver.model.sheet == nil)
    }

    @Test func `help narrows down to what is looked for`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.press("?", "/", "mark")
        #expect(driver.model.helpSearch?.field.text == "mark")
        #expect(driver.model.sheet == nil)
        driver.press(.enter)
        driver.press("j")
        #expect(driver.model.helpSearch?.field.text == "mark")

        driver.press(.escape)
        #expect(driver.model.screen == .help)
        #expect(driver.model.helpSearch == nil)
        driver.press(.escape)
        #expect(driver.model.screen == .triage)
    }
}
