import HoldCore
import Logging
import Synchronization
import Testing

@testable import HoldService

@Suite struct ResumeStarterTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private final class Starts: Sendable {
        private let commands = Mutex<[[String]]>([])
        var all: [[String]] { commands.withLock { $0 } }
        func add(_ command: [String]) { commands.withLock { $0.append(command) } }
    }

    private func item(_ workflow: String, _ step: String = "1") -> ItemReference {
        ItemReference(workflow: WorkflowID(workflow), step: StepID(step))
    }

    private func starter(
        _ starts: Starts,
        gate: Gate? = nil,
        attended: Set<String> = []
    ) -> ResumeStarter {
        ResumeStarter(
            logger: quiet,
            isAttended: { attended.contains($0.text) },
            commands: { ["deploy-agent": ["/opt/deploy", "--resume", "{workflow}"]] },
            start: { command, _ in
                starts.add(command)
                await gate?.pass()
                return CommandResult(.exited(0))
            },
            pause: { _ in }
        )
    }

    @Test func `a decision starts the agent of its workflow`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: "deploy-agent")
        await starter.idle()

        #expect(starts.all == [["/opt/deploy", "--resume", "wf-918"]])
    }

    @Test func `an agent that the manifest does not name is not started`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: "other-agent")
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `an agent that is there is not started`() async {
        let starts = Starts()
        let starter = starter(starts, attended: ["wf-918"])

        starter.decided(item("wf-918"), agent: "deploy-agent")
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `one decision starts an agent once`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.decided(item("wf-918"), agent: "deploy-agent")
        await starter.idle()
        starter.decided(item("wf-918"), agent: "deploy-agent")
        await starter.idle()

        #expect(starts.all.count == 1)
    }

    @Test func `decisions that come while the agent runs start it once more when it has ended`()
        async
    {
        let starts = Starts()
        let gate = Gate()
        let starter = starter(starts, gate: gate)
        starter.decided(item("wf-918", "1"), agent: "deploy-agent")
        await gate.someoneWaits()

        starter.decided(item("wf-918", "2"), agent: "deploy-agent")
        starter.decided(item("wf-918", "3"), agent: "deploy-agent")
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

        for number in 1...5 { starter.decided(item("wf-\(number)"), agent: "deploy-agent") }
        await starter.settle()
        while starts.all.count < 5 { await Task.yield() }

        #expect(Set(starts.all.map { $0[2] }) == ["wf-1", "wf-2", "wf-3", "wf-4", "wf-5"])
        gate.open()
    }

    @Test func `after a stop nothing is started`() async {
        let starts = Starts()
        let starter = starter(starts)

        starter.stop()
        starter.decided(item("wf-918"), agent: "deploy-agent")
        await starter.idle()

        #expect(starts.all.isEmpty)
    }

    @Test func `the id stays within its one argument, whatever it holds`() {
        let filled = ResumeStarter.filled(
            ["/opt/deploy", "--id={workflow}", "{workflow}/{workflow}", "{work", "plain"],
            workflow: WorkflowID("a b; $(x) {workflow}")
        )

        #expect(
            filled == [
                "/opt/deploy", "--id=a b; $(x) {workflow}",
                "a b; $(x) {workflow}/a b; $(x) {workflow}", "{work", "plain",
            ]
        )
    }

    @Test func `an id that would be read as an option starts nothing`() {
        let dashed = WorkflowID("--config=/tmp/evil")

        #expect(ResumeStarter.filled(["/opt/deploy", "{workflow}"], workflow: dashed) == nil)
        #expect(
            ResumeStarter.filled(["/opt/deploy", "--id={workflow}"], workflow: dashed)
                == ["/opt/deploy", "--id=--config=/tmp/evil"]
        )
    }

    @Test func `a real agent is started with its workflow`() async throws {
        let home = try TemporaryDirectory()
        let command = home.script("agent", "echo \"$1\" $HOLDSHORT_STEP > \(home.at("started"))")
        let starter = ResumeStarter(
            logger: quiet,
            isAttended: { _ in false },
            commands: { ["deploy-agent": [command, "{workflow}"]] }
        )

        starter.decided(item("wf 918", "7"), agent: "deploy-agent")
        await starter.idle()

        #expect(home.read("started") == "wf 918 7\n")
    }
}
