import HoldCore
import Logging
import Synchronization
import TestAccounts
import Testing

@testable import HoldService

@Suite struct ResumeStarterTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private final class Starts: Sendable {
        private let commands = Mutex<[[String]]>([])
        var all: [[String]] { commands.withLock { $0 } }
        func add(_ command: [String]) { commands.withLock { $0.append(command) } }
    }

    private let agent = AgentIdentity(name: "deploy-agent", user: "bots", uid: 100)
    private let other = AgentIdentity(name: "other-agent", user: "bots", uid: 100)
    private let given = "{\"decision\":\"yes\"}\n"

    private func item(_ workflow: String, _ step: String = "1") -> ItemReference {
        ItemReference(workflow: WorkflowKey(workflow), step: StepID(step))
    }

    private func starter(
        _ starts: Starts,
        gate: Gate? = nil,
        attended: Set<String> = []
    ) -> ResumeStarter {
        ResumeStarter(
            logger: quiet,
            isAttended: { attended.contains($0.text) },
            command: { $0.name == "deploy-agent" ? ["/opt/deploy", "--resume"] : nil },
            start: { command, input in
                starts.add(command + [String(decoding: input, as: UTF8.self)])
                await gate?.pass()
                return CommandResult(.exited(0))
            },
            pause: { _ in }
        )
    }

    @Test func `a decision starts the agent of its workflow`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: agent, decision: ["decision": "yes"])
        await starter.idle()

        #expect(starts.all == [["/opt/deploy", "--resume", given]])
    }

    @Test func `an agent that the manifest does not name is not started`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: other, decision: ["decision": "yes"])
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `an agent that is there is not started`() async {
        let starts = Starts()
        let starter = starter(starts, attended: ["wf-918"])

        starter.decided(item("wf-918"), agent: agent, decision: ["decision": "yes"])
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `one decision starts an agent once`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: agent, decision: ["decision": "yes"])
        await starter.idle()
        starter.decided(item("wf-918"), agent: agent, decision: ["decision": "yes"])
        await starter.idle()

        #expect(starts.all.count == 1)
    }

    @Test func `decisions that come while the agent runs start it once more when it has ended`()
        async
    {
        let starts = Starts()
        let gate = Gate()
        let starter = starter(starts, gate: gate)
        starter.decided(item("wf-918", "1"), agent: agent, decision: ["decision": "yes"])
        await gate.someoneWaits()

        starter.decided(item("wf-918", "2"), agent: agent, decision: ["decision": "yes"])
        starter.decided(item("wf-918", "3"), agent: agent, decision: ["decision": "yes"])
        await starter.settle()
        #expect(starts.all.count == 1)

        gate.open()
        await starter.idle()
        #expect(starts.all.count == 2)
    }

    @Test func `workflows do not wait for each other's agents`() async {
        let starts = Starts()
        let gate = Gate()
        let starter = starter(starts, gate: gate)

        for number in 1...5 {
            starter.decided(
                item("wf-\(number)"),
                agent: agent,
                decision: ["workflow": .string("wf-\(number)")]
            )
        }
        await starter.settle()
        while starts.all.count < 5 { await Task.yield() }

        #expect(
            Set(starts.all.map { $0[2] })
                == Set((1...5).map { "{\"workflow\":\"wf-\($0)\"}\n" })
        )
        gate.open()
    }

    @Test func `after a stop nothing is started`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.stop()
        starter.decided(item("wf-918"), agent: agent, decision: ["decision": "yes"])
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `a decision that lands between a start and its process does not start a second`()
        async
    {
        let starts = Starts()
        let gate = Gate()
        let starter = starter(starts, gate: gate)
        starter.decided(item("wf-918", "1"), agent: agent, decision: ["decision": "yes"])
        starter.decided(item("wf-918", "2"), agent: agent, decision: ["decision": "yes"])
        await gate.someoneWaits()

        starter.decided(item("wf-918", "3"), agent: agent, decision: ["decision": "yes"])
        await starter.settle()

        #expect(starts.all.count == 1)
        gate.open()
        await starter.idle()
    }

    @Test func `whatever an agent chose reaches the command on its standard input alone`()
        async throws
    {
        let home = try TemporaryDirectory()
        let command = home.script(
            "agent",
            "{ echo $#; env | grep -c hostile; cat; } > \(home.at("started"))"
        )
        let starter = ResumeStarter(
            logger: quiet,
            isAttended: { _ in false },
            command: { _ in [command] }
        )

        starter.decided(
            item("--hostile", "7"),
            agent: agent,
            decision: ["workflow": "--hostile", "step": "7"]
        )
        await starter.idle()

        #expect(
            home.read("started") == "0\n0\n{\"step\":\"7\",\"workflow\":\"--hostile\"}\n"
        )
    }
}
