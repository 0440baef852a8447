import HoldConsole
import HoldCore
import HoldWire
import Testing

@testable import holdshort

/// One line for a status line, as somebody wants it.
@Suite struct StatusFormatTests {
    private static let noon = Instant(milliseconds: 1_790_000_000_000)

    private static func figures(
        counts: [String: Int],
        total: Int = 0,
        halts: Int = 0,
        readOnly: Bool = false,
        warnings: [String] = []
    ) -> StatusFormat.Figures {
        let halt = WireHalt(scope: .all, reason: "fire\u{1B}[31m", by: "alice", at: noon)
        return StatusFormat.Figures(
            window: HoldWire.QueueWindow(items: [], total: total, counts: counts, seq: 1),
            unwinding: 2,
            status: ServiceStatus.Reply(
                service: WireParty(name: "holdshort"),
                pid: 7,
                startedAt: noon,
                uptimeSeconds: 1,
                separation: .enforced,
                readOnly: readOnly,
                store: WireStore(kind: "sqlite", location: "x", events: 0, bytes: nil),
                manifest: WireManifestStatus(file: nil, digest: nil, loadedAt: nil, problem: nil),
                connections: WireConnections(agents: 0, reviewers: 1, executors: 0),
                pending: total,
                workflows: 0,
                halts: Array(repeating: halt, count: halts),
                warnings: warnings
            ),
            now: noon
        )
    }

    @Test func `every field is a number or a word of ours`() throws {
        let format = try StatusFormat(
            "{pending} {urgent} {stuck} {next_expiry} {next_item} {unwinding} {halted} {health}"
        )
        let full = Self.figures(
            counts: [
                "urgent": 3, "stuck": 1, "next_deadline_number": 4_826,
                "next_deadline_ms": Int(Self.noon.milliseconds) + 112_000,
            ],
            total: 8,
            halts: 1,
            warnings: ["agent> evil"]
        )
        #expect(format.line(full).plain == "8 3 1 01:52 4826 2 1 warning")
        #expect(format.line(Self.figures(counts: [:])).plain == "0 0 0 - - 2 0 ok")
        let alone = Self.figures(counts: [:], warnings: ["separation: none. One account alone."])
        #expect(try StatusFormat("{health}").line(alone).plain == "ok")
        let stopped = Self.figures(counts: [:], readOnly: true)
        #expect(try StatusFormat("{health}").line(stopped).plain == "read-only")
    }

    @Test func `the line is one, whatever the format holds`() throws {
        let line = try StatusFormat("#[fg=red]a\n\u{1B}[31m{pending}").line(
            Self.figures(counts: [:])
        )
        #expect(line.plain == "#[fg=red]a^J^[[31m0")
    }

    @Test(arguments: ["{nope}", "{", "a {pending", "{}", "{ pending}"])
    func `a format that cannot be read is a usage error that names the fields`(text: String) {
        let error = #expect(throws: CommandFailure.self) { _ = try StatusFormat(text) }
        #expect(error?.status == .usage)
        for field in StatusFormat.Field.allCases {
            #expect(error?.message.contains("{\(field.rawValue)}") == true)
        }
    }
}
