import HoldCore
import Testing

struct PatternTests {
    @Test(
        arguments: [
            ("", [""], ["a"]),
            ("abc", ["abc"], ["ab", "abcd", "xabc"]),
            ("a.c", ["abc", "aüc", "a c"], ["ac", "a\nc"]),
            ("a|bc|", ["a", "bc", ""], ["b", "abc"]),
            ("(a|b)c", ["ac", "bc"], ["c", "abc"]),
            ("(?:ab)*", ["", "ab", "abab"], ["a", "aba"]),
            ("a+", ["a", "aaa"], ["", "b"]),
            ("ab?c", ["ac", "abc"], ["abbc"]),
            ("a{2}", ["aa"], ["a", "aaa"]),
            ("a{2,}", ["aa", "aaaa"], ["a"]),
            ("a{1,3}", ["a", "aa", "aaa"], ["", "aaaa"]),
            ("(ab){0,2}c", ["c", "abc", "ababc"], ["abababc"]),
            ("a{0}b", ["b"], ["ab"]),
            ("a*?b+?", ["b", "aab", "bb"], ["a"]),
            ("(a*)*", ["", "aaaa"], ["b"]),
            ("(|a)+b", ["b", "aab"], ["a"]),
            ("[a-cx]", ["a", "b", "x"], ["d", "ab", ""]),
            ("[^a-c]+", ["xyz", "\n"], ["xay", ""]),
            ("[]a]+", ["]a"], ["b"]),
            ("[^]a]", ["b"], ["]", "a"]),
            ("[a-]+", ["-a"], ["b"]),
            ("[\\d_\\-]+", ["1_-"], ["a"]),
            ("[^\\W5]+", ["ab_1"], ["5", " "]),
            ("\\d\\D\\w\\W\\s\\S", ["1a_- x"], ["aa_- x", "1a_-xx"]),
            ("\\.\\*\\\\\\[", [".*\\["], ["xx\\["]),
            ("\\x41\\x{1F600}\\n", ["A😀\n"], ["A😀n"]),
            ("^a$", ["a"], ["", "aa"]),
            ("\\Aa\\z", ["a"], ["aa"]),
            ("a^b|a$b", [], ["ab"]),
            ("(^|x)a", ["a", "xa"], ["ya"]),
            ("é", ["é"], ["e\u{301}"]),
            (
                "refs/heads/(main|release-\\d+)", ["refs/heads/main", "refs/heads/release-12"],
                ["refs/heads/mainline", "refs/heads/release-"]
            ),
        ] as [(String, [String], [String])]
    )
    func `a pattern fits whole texts`(text: String, fits: [String], others: [String]) throws {
        let pattern = try Pattern(text)

        for text in fits { #expect(pattern.matches(text), "\(text)") }
        for text in others { #expect(!pattern.matches(text), "\(text)") }
        #expect(pattern.text == text)
    }

    @Test(arguments: [
        ("(a", "this group is not closed, at character 1 of the pattern"),
        (
            "a)",
            "this ‘)’ closes no group; a literal one is written ‘\\)’, at character 2 of the pattern"
        ),
        ("[a", "this class is not closed, at character 1 of the pattern"),
        ("[]", "this class is not closed, at character 1 of the pattern"),
        ("*a", "there is nothing for this ‘*’ to repeat, at character 1 of the pattern"),
        (
            "a**",
            "a repetition cannot be repeated; put the first in a group, "
                + "at character 3 of the pattern"
        ),
        (
            "a{3,2}",
            "the repetition's bounds are the wrong way round, at character 2 of the pattern"
        ),
        ("a{1001}", "a repetition goes up to 1000, at character 2 of the pattern"),
        ("a{99999999999999999999}", "a repetition goes up to 1000, at character 2 of the pattern"),
        (
            "a{x}",
            "a repetition is {m}, {m,} or {m,n}; a literal brace is ‘\\{’, "
                + "at character 2 of the pattern"
        ),
        ("{", "a literal brace is written ‘\\{’, at character 1 of the pattern"),
        (
            "(a)\\1",
            "back-references are not known: matching takes linear time, "
                + "at character 4 of the pattern"
        ),
        (
            "(?=a)",
            "of groups that begin with ‘(?’ only ‘(?:’ is known: no look-around, names or flags, "
                + "at character 1 of the pattern"
        ),
        (
            "a\\",
            "a backslash ends the pattern; a literal one is written ‘\\\\’, "
                + "at character 2 of the pattern"
        ),
        ("\\b", "‘\\b’ is not known, at character 1 of the pattern"),
        ("\\x4", "a character by number is ‘\\x41’ or ‘\\x{1F600}’, at character 1 of the pattern"),
        (
            "\\x{D800}",
            "a character by number is ‘\\x41’ or ‘\\x{1F600}’, "
                + "at character 1 of the pattern"
        ),
        ("[b-a]", "the range's ends are the wrong way round, at character 2 of the pattern"),
        ("[a-\\d]", "a range goes from one character to another, at character 2 of the pattern"),
        (
            "[[:alpha:]]",
            "classes like [:alpha:] are not known; write the range, "
                + "at character 2 of the pattern"
        ),
        (
            "((a{100}){100}){2}",
            "this repetition unfolds to too much, at character 10 of the pattern"
        ),
    ])
    func `a text that is no pattern is refused with a sentence`(text: String, problem: String) {
        do {
            _ = try Pattern(text)
            Issue.record("‘\(text)’ was taken as a pattern")
        } catch {
            #expect(error.description == problem)
        }
    }

    @Test func `a pattern is bounded in length, depth and size`() {
        func isRefused(_ text: String) -> Bool { (try? Pattern(text)) == nil }
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }

        #expect(isRefused(String(repeating: "a", count: 4_097)))
        #expect(!isRefused(String(repeating: "a", count: 4_096)))
        #expect(isRefused(nested(51)))
        #expect(!isRefused(nested(50)))
        #expect(isRefused("(" + String(repeating: "a{999}", count: 11) + ")"))
        #expect(!isRefused(String(repeating: "a{999}", count: 10)))
        #expect(!isRefused("(((){1000}){1000}){1000}"))
    }

    @Test func `matching takes linear time where backtracking takes for ever`() throws {
        let text = String(repeating: "a", count: 2_000)

        #expect(try !Pattern("(a*)*b").matches(text))
        #expect(try !Pattern("(a|aa|a?)+b").matches(text))
        #expect(try Pattern("(.*)(.*)(.*)(.*)a").matches(text))
    }

    @Test func `patterns written alike are equal`() throws {
        #expect(try Pattern("a+") == Pattern("a+"))
        #expect(try Pattern("a+") != Pattern("aa*"))
    }
}
