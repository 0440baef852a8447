import TestAccounts
import Testing

@testable import HoldCore

/// Values that are never stored or shown in clear.
struct RedactionTests {
    private var scene = Scene()
    private let secrets: JSONValue = [
        "password": "hunter2", "db": ["token": "tok-en"], "a": 1,
        "list": [["password": "deeper"]],
    ]

    private mutating func redacting() {
        for action in ["change", "deploy"] {
            scene.manifest.set(action) {
                $0.redact = Sourced([
                    ArgumentPattern(parts: ["password"]), ArgumentPattern(parts: ["*", "token"]),
                ])
            }
        }
    }

    private func clear() throws -> String {
        try scene.journal.map {
            String(decoding: try $0.event.encoded().data.canonical, as: UTF8.self)
        }
        .joined(separator: "\n")
    }

    @Test mutating func `no event holds a secret: proposals, results, undos, edits`() throws {
        redacting()
        try scene.propose("1", "deploy", secrets, undo: Proposal.Undo(arguments: secrets))
        try scene.finish("1", .succeeded, result: secrets, undo: secrets)
        try scene.propose("2", "change", secrets)
        try scene.review("2", .modify, arguments: ["password": "hunter2", "a": 2])

        let text = try clear()
        for secret in ["hunter2", "tok-en", "deeper"] { #expect(!text.contains(secret)) }
        #expect(text.contains("$redacted") && scene.state("2") == .approved)
        #expect(scene.workflow.step("1")?.result?["a"] == 1)
    }

    @Test mutating func `a reviewer cannot put in or move a value that is never stored in clear`()
        throws
    {
        redacting()
        try scene.propose("1", "change", ["password": "hunter2", "db": ["token": "tok-en"]])
        let shown = scene.workflow.step("1")?.arguments ?? .null
        let edits: [JSONValue] = [
            ["password": "other", "db": shown["db"] ?? .null],
            ["password": shown["db"]?["token"] ?? .null, "db": shown["db"] ?? .null],
            ["password": shown["password"] ?? .null, "db": ["token": "tok-en"], "x": ["token": 1]],
        ]
        for edit in edits {
            #expect(refusal { try scene.review("1", .modify, arguments: edit) }?.word == "invalid")
        }
        // Left as it is shown, or left out, it is no other value.
        let fewer: JSONValue = ["password": shown["password"] ?? .null, "a": 2]
        try scene.review("1", .modify, arguments: fewer)
        #expect(scene.workflow.step("1")?.arguments == fewer)
    }

    @Test mutating func `a later manifest without the paths keeps them`() throws {
        redacting()
        try scene.propose("1", "deploy", secrets)
        try scene.propose("2", "change", secrets)
        for action in ["change", "deploy"] { scene.manifest.set(action) { $0.redact = nil } }
        try scene.finish("1", .succeeded, result: secrets, undo: secrets)
        try scene.review("2", .modify, arguments: ["password": "hunter2", "a": 2])
        #expect(try !clear().contains("hunter2"))
    }

    @Test mutating func `a rule's paths hold for what the run reports too`() throws {
        let rule = Manifest.rule("all", when: .all([])) {
            $0.redact = Sourced([ArgumentPattern(parts: ["*"])])
        }
        scene.manifest.add("act", rules: [rule]) {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("erase")
        }
        try scene.propose("1", "act", ["x": "hunter2"])
        try scene.finish("1", .succeeded, result: ["y": "hunter2"])
        #expect(try !clear().contains("hunter2"))
    }

    @Test mutating func `the same secret is the same thing, another one is not`() throws {
        redacting()
        try scene.propose("1", "deploy", secrets)
        #expect(try scene.propose("1", "deploy", secrets).isEmpty)
        #expect(
            refusal { try scene.propose("1", "deploy", ["password": "hunter3"]) }?.word
                == "conflict"
        )
        let digest = scene.workflow.step("1")?.digest

        var other = Scene()
        other.manifest = scene.manifest
        try other.propose("1", "deploy", secrets)
        #expect(other.workflow.step("1")?.digest == digest)
    }

    @Test mutating func `nobody hides a value behind the mark of a replaced one`() throws {
        redacting()
        try scene.propose("1", "deploy", ["password": ["$redacted": "hunter2"]])
        #expect(try !clear().contains("hunter2"))
        // What was replaced once stays as it is: an edit sends it back.
        let kept = scene.workflow.step("1")?.arguments ?? .null
        let redaction = Redaction(patterns: [ArgumentPattern(parts: ["password"])], key: [1, 2, 3])
        #expect(redaction.applied(to: kept) == kept)
    }
}
