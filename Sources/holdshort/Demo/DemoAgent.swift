import ArgumentParser
import Foundation
import HoldClient
import HoldCore
import HoldWire

/// One agent of the demo: a process of its own, working on real files.
struct DemoAgent: AsyncParsableCommand {
    /// What each shows.
    enum Kind: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// Sync and irreversible.
        case janitor = "db-janitor"
        /// Async, until its depth is used up.
        case writer = "report-writer"
        /// Async; what it builds is taken down again when a reviewer says no.
        case provisioner = "infra-agent"
        /// Autonomous.
        case recorder = "crm-sync"
    }

    static let configuration = CommandConfiguration(
        commandName: "demo-agent",
        abstract: "One agent of the demo.",
        shouldDisplay: false
    )

    @Argument var kind: Kind
    @Option var files: String
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        let agent = try await service.agent(named: kind.rawValue)
        let work = DemoWork(
            agent: agent,
            files: URL(filePath: files),
            workflow: "\(kind.rawValue)-1"
        )
        switch kind {
        case .janitor: try await work.deleteData()
        case .writer: try await work.writeReports()
        case .provisioner: try await work.provision()
        case .recorder: try await work.record()
        }
    }
}

/// What the agents of the demo do.
struct DemoWork: Sendable {
    let agent: AgentClient
    let files: URL
    let workflow: String

    func deleteData() async throws {
        let target = files.appending(path: "customers.csv")
        var proposal = proposal(
            1,
            "delete_production_data",
            ["path": "customers.csv", "rows": 2],
            "Delete the customer table of 2019"
        )
        proposal.risk = 0.9
        proposal.context = [
            WireContextPart(
                kind: .markdown,
                title: "Why",
                body:
                    "The retention period is over (ticket **OPS-5512**).\n\nNobody read it for 31 days."
            ),
            WireContextPart(
                kind: .diff,
                title: "customers.csv",
                body: "--- a/customers.csv\n+++ /dev/null\n-id,name\n-1,Ada\n-2,Grace"
            ),
        ]
        proposal.checkpoint = ["step": 1, "plan": "delete, then report"]
        say("asks to delete customers.csv, and waits")
        let run = try await agent.run(proposal) { _ in
            try FileManager.default.removeItem(at: target)
            return StepResult(())
        }
        try await end(run, did: "deleted customers.csv")
    }

    func writeReports() async throws {
        for number in 1...5 {
            let name = "report-\(number).md"
            var proposal = proposal(
                number,
                "create_draft_report",
                ["path": .string(name), "quarter": .integer(Int64(number))],
                "Draft the report of quarter \(number)"
            )
            proposal.risk = 0.2
            say("asks for \(name)")
            let run = try await agent.run(proposal) { [files] arguments in
                try DemoWork.write(arguments, "draft of a report\n", in: files)
                return StepResult(())
            }
            switch run {
            case .ran: say("wrote \(name)")
            case .notToRun(let answer), .stillWaiting(let answer):
                say("\(name) is not written: \(answer.state?.rawValue ?? "?")")
            }
        }
        let settled = try await agent.settle(workflow)
        say("settled: \(settled.rollback?.rawValue ?? "nothing undone")")
        _ = try await agent.finishWorkflow(workflow, outcome: "succeeded")
    }

    func provision() async throws {
        try await agent.serveUndos(["remove_environment"], workflows: [workflow]) { [files] call in
            let name = call.arguments["path"]?.text ?? ""
            let isThere = try DemoWork.remove(name, key: call.key, in: files)
            Output(isJSON: false).line("infra-agent: undid \(call.step): removed \(name)")
            return UndoRun.Reply(outcome: isThere ? .undone : .notApplied)
        }
        let parts = ["network", "database", "cache", "queue", "web", "dns"]
        for (index, part) in parts.enumerated() {
            let action = index == 0 ? "provision_environment" : "configure_environment"
            var proposal = proposal(
                index + 1,
                action,
                ["path": .string("staging-42.\(part)"), "size": "m"],
                index == 0
                    ? "Provision staging-42 for pull request 918"
                    : "Set up the \(part) of staging-42"
            )
            proposal.risk = 0.6
            if index == 0 {
                proposal.context = [
                    WireContextPart(
                        kind: .text,
                        title: "Why",
                        body: "The tests of pull request 918 need an environment of their own."
                    )
                ]
            }
            let run = try await agent.run(proposal) { [files] arguments in
                try DemoWork.write(arguments, "up\n", in: files)
                return StepResult(())
            }
            if case .ran = run { say("built staging-42.\(part)") }
        }
        let settled = try await agent.settle(workflow)
        say("settled: \(settled.rollback?.rawValue ?? "everything stays")")
        _ = try await agent.finishWorkflow(workflow, outcome: "succeeded")
    }

    func record() async throws {
        for number in 1...3 {
            let proposal = proposal(
                number,
                "update_crm_record",
                ["record": .integer(Int64(number))],
                "Update customer record \(number)"
            )
            _ = try await agent.run(proposal) { [files] _ in
                let file = files.appending(path: "crm.log")
                let before = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
                try (before + "record \(number)\n").write(
                    to: file,
                    atomically: true,
                    encoding: .utf8
                )
                return StepResult(())
            }
        }
        say("updated 3 records, asking nobody")
        _ = try await agent.finishWorkflow(workflow, outcome: "succeeded")
    }

    // MARK: - Files

    /// Writes a file, unless its undo was there before it: a late "do" is refused (I10).
    private static func write(_ arguments: JSONValue, _ text: String, in files: URL) throws {
        let name = arguments["path"]?.text ?? ""
        guard !FileManager.default.fileExists(atPath: mark(of: name, in: files).path) else {
            throw CommandFailure("marked", "\(name) was undone before it was done")
        }
        try text.write(to: files.appending(path: name), atomically: true, encoding: .utf8)
    }

    /// Removes a file; where there is none, leaves a mark.
    ///
    /// True when there was one.
    static func remove(_ name: String, key: String, in files: URL) throws -> Bool {
        let file = files.appending(path: URL(filePath: name).lastPathComponent)
        if FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.removeItem(at: file)
            return true
        }
        try Data(key.utf8).write(to: mark(of: name, in: files))
        return false
    }

    private static func mark(of name: String, in files: URL) -> URL {
        files.appending(path: ".undone-\(name)")
    }

    // MARK: - Words

    private func proposal(
        _ number: Int,
        _ action: String,
        _ arguments: JSONValue,
        _ summary: String
    ) -> StepPropose.Params {
        StepPropose.Params(
            workflow: workflow,
            step: "\(workflow)/\(number)",
            action: action,
            arguments: arguments,
            summary: summary
        )
    }

    private func say(_ words: String) {
        Output(isJSON: false).line("\(agent.connection.options.client.name): \(words)")
    }

    private func end(_ run: StepRun<Void>, did: String) async throws {
        switch run {
        case .ran: say(did)
        case .notToRun(let answer), .stillWaiting(let answer):
            say("left it alone: \(answer.state?.rawValue ?? "?")")
        }
        _ = try await agent.finishWorkflow(workflow, outcome: "succeeded")
    }
}
