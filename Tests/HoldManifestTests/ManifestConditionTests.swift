import HoldCore
import HoldManifest
import Testing

struct ManifestConditionTests {
    /// The condition of a manifest's only rule.
    private func condition(_ text: String) throws -> Condition {
        let manifest = try manifest("actions: {a: {rules: [{name: r, when: \(text)}]}}")
        return try #require(manifest.actions["a"]?.rules.first?.when)
    }

    @Test(arguments: [
        ("{x: 1}", Condition.test(path: .arguments(["x"]), .equal(1))),
        ("{x: '1'}", .test(path: .arguments(["x"]), .equal("1"))),
        ("{x: !!str 1}", .test(path: .arguments(["x"]), .equal("1"))),
        ("{x: yes}", .test(path: .arguments(["x"]), .equal("yes"))),
        ("{x: true}", .test(path: .arguments(["x"]), .equal(true))),
        ("{x: ~}", .test(path: .arguments(["x"]), .equal(.null))),
        ("{x: -1.5e1}", .test(path: .arguments(["x"]), .equal(-15))),
        ("{x: 1.}", .test(path: .arguments(["x"]), .equal(1))),
        ("{x: .5}", .test(path: .arguments(["x"]), .equal(0.5))),
        ("{x: 0x1F}", .test(path: .arguments(["x"]), .equal(31))),
        ("{x: 1_000}", .test(path: .arguments(["x"]), .equal("1_000"))),
        ("{x: .inf}", .test(path: .arguments(["x"]), .equal(".inf"))),
        ("{x: 1e999}", .test(path: .arguments(["x"]), .equal("1e999"))),
        ("{x: [1, a]}", .test(path: .arguments(["x"]), .equal([1, "a"]))),
        ("{x: {eq: {a: 1}}}", .test(path: .arguments(["x"]), .equal(["a": 1]))),
        ("{a.b.0: 1}", .test(path: .arguments(["a", "b", "0"]), .equal(1))),
        ("{$risk: {ge: 0.5}}", .test(path: .risk, .greaterOrEqual(0.5))),
        ("{$agent: bot}", .test(path: .agent, .equal("bot"))),
        ("{x: {ne: 1}}", .test(path: .arguments(["x"]), .notEqual(1))),
        ("{x: {lt: 1}}", .test(path: .arguments(["x"]), .less(1))),
        ("{x: {le: 1}}", .test(path: .arguments(["x"]), .lessOrEqual(1))),
        ("{x: {gt: 1}}", .test(path: .arguments(["x"]), .greater(1))),
        ("{x: {in: [1, b]}}", .test(path: .arguments(["x"]), .oneOf([1, "b"]))),
        ("{x: {not_in: [1]}}", .test(path: .arguments(["x"]), .noneOf([1]))),
        ("{x: {exists: false}}", .test(path: .arguments(["x"]), .exists(false))),
        ("{x: {contains: a}}", .test(path: .arguments(["x"]), .contains("a"))),
        ("{not: {x: 1}}", .not(.test(path: .arguments(["x"]), .equal(1)))),
        ("{}", .all([])),
    ])
    func `a condition says what it is written as`(text: String, expected: Condition) throws {
        #expect(try condition(text) == expected)
    }

    @Test func `several paths, and several operators of one path, must all hold`() throws {
        let paths = try condition("{x: 1, y: 2}")
        let operators = try condition("{x: {gt: 1, lt: 5}}")

        #expect(
            paths
                == .all([
                    .test(path: .arguments(["x"]), .equal(1)),
                    .test(path: .arguments(["y"]), .equal(2)),
                ])
        )
        #expect(
            operators
                == .all([
                    .test(path: .arguments(["x"]), .greater(1)),
                    .test(path: .arguments(["x"]), .less(5)),
                ])
        )
    }

    @Test func `conditions nest`() throws {
        let condition = try condition(
            "{all: [{any: [{x: 1}, {y: 2}]}, {not: {z: {matches: 'a+'}}}]}"
        )

        #expect(
            condition
                == .all([
                    .any([
                        .test(path: .arguments(["x"]), .equal(1)),
                        .test(path: .arguments(["y"]), .equal(2)),
                    ]),
                    .not(.test(path: .arguments(["z"]), .matches(try Pattern("a+")))),
                ])
        )
    }

    @Test(arguments: [
        (
            "{x: {lss: 1}}",
            "5: error: unknown operator ‘lss’; there are eq ne lt le gt ge in not_in "
                + "matches exists contains"
        ),
        (
            "{x: {machtes: a}}",
            "5: error: unknown operator ‘machtes’; there are eq ne lt le gt ge in "
                + "not_in matches exists contains; did you mean ‘matches’?"
        ),
        (
            "{x: {lt: a}}",
            "9: error: actions.a.rules[0].when.x.lt: expected a number, "
                + "found the text ‘a’"
        ),
        (
            "{x: {in: a}}",
            "9: error: actions.a.rules[0].when.x.in: expected a list of values, "
                + "found the text ‘a’"
        ),
        ("{x: {in: []}}", "9: error: actions.a.rules[0].when.x.in: lists no value"),
        (
            "{x: {exists: 1}}",
            "13: error: actions.a.rules[0].when.x.exists: expected true or false, "
                + "found the number 1"
        ),
        (
            "{x: {matches: '(a'}}",
            "14: error: actions.a.rules[0].when.x.matches: this group is not "
                + "closed, at character 1 of the pattern"
        ),
        (
            "{x: {matches: 5}}",
            "14: error: actions.a.rules[0].when.x.matches: expected a text, "
                + "found the number 5; put it in quotes"
        ),
        ("{x: {}}", "4: error: actions.a.rules[0].when.x: names no operator"),
        ("{any: []}", "6: error: actions.a.rules[0].when.any: lists no condition"),
        (
            "{all: {x: 1}}",
            "6: error: actions.a.rules[0].when.all: expected a list of conditions, "
                + "found a mapping"
        ),
        ("{not: [1]}", "6: error: actions.a.rules[0].when.not: expected a mapping, found a list"),
        (
            "{$rsk: 1}",
            "1: error: ‘$rsk’ is not known; beside arguments there are $risk and $agent; "
                + "did you mean ‘$risk’?"
        ),
        ("{a..b: 1}", "1: error: the path ‘a..b’ has an empty part"),
        ("true", "0: error: actions.a.rules[0].when: expected a mapping, found true"),
    ])
    func `a condition that says nothing is an error with its place`(
        text: String,
        problem: String
    ) throws {
        let parts = problem.split(separator: ":", maxSplits: 1)
        let column = try #require(Int(parts[0])) + 1

        #expect(
            problems("actions: {a: {rules: [{name: r, when:\n\(text)}]}}") == [
                "m:2:\(column):\(parts[1])"
            ]
        )
    }
}
