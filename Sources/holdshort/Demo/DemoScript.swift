import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldWire

/// The reviewer of the headless demo: decides by a script, and checks that the world is as it should be.
struct DemoScript {
    let folder: DemoFolder
    let paths: RuntimePaths

    /// Plays it.
    ///
    /// - Throws: `ExitCode` 1 when an outcome was not as it should be.
    func play() async throws {
        let reviewer = ReviewClient(
            HoldClient.Connection.start(
                ConnectionOptions(path: paths.reviewSocket, client: WireParty(name: "script"))
            )
        )
        let janitor = try await item("db-janitor-1", 1, reviewer)
        let fourth = try await item("report-writer-1", 4, reviewer)
        try await settled("infra-agent-1", steps: 6, reviewer)
        // Read once all its steps ran, so that it tells of every one of them.
        let gate = try await item("infra-agent-1", 1, reviewer)

        try expect(janitor.summary.mode == .sync, "db-janitor waits: nothing takes its step back")
        try expect(folder.has("customers.csv"), "customers.csv is still there")
        try expect(
            fourth.summary.mode == .sync && fourth.summary.depth == WireDepth(current: 3, max: 3),
            "report-writer is at its limit, 3/3: the fourth report waits"
        )
        try expect(!folder.has("report-4.md"), "report-4.md is not written yet")
        try expect(
            folder.has("staging-42.dns") && gate.wouldUndo.steps.count == 6,
            "infra-agent went on: a rejection would undo 6 steps"
        )

        try await decide(janitor, .approve, reviewer)
        try await until("customers.csv is deleted") { !folder.has("customers.csv") }
        for number in 1...5 {
            let report = try await item("report-writer-1", number, reviewer)
            try await decide(report, .approve, reviewer)
        }
        try await until("all five reports are written") {
            (1...5).allSatisfy { folder.has("report-\($0).md") }
        }
        try await decide(gate, .reject, reviewer, reason: "wrong region")
        try await checkUnwound(reviewer)
        try await until("crm-sync updated its records, asking nobody") {
            let log = try? String(contentsOf: folder.file("crm.log"), encoding: .utf8)
            return log == "record 1\nrecord 2\nrecord 3\n"
        }
        let audit = try await reviewer.verifyAudit()
        try expect(audit.ok, "the record holds: \(audit.events) events verify")
        reviewer.connection.close()
        say("demo: every outcome is as it should be")
    }

    private func checkUnwound(_ reviewer: ReviewClient) async throws {
        let parts = ["network", "database", "cache", "queue", "web", "dns"]
        try await until("staging-42 is gone: six files removed") {
            parts.allSatisfy { !folder.has("staging-42.\($0)") }
        }
        var undone: [String] = []
        try await until("the undo chain ended") {
            let detail = try await reviewer.workflow("infra-agent-1")
            undone = detail.events.filter { $0.type == "undone" }.compactMap {
                $0.data["step"]?.text
            }
            return detail.rollback == .rolledBack
        }
        let wanted = (1...6).reversed().map { "infra-agent-1/\($0)" }
        try expect(undone == wanted, "its steps were undone newest first: 6 5 4 3 2 1")
    }

    // MARK: - Steps of the script

    /// The item of a step, as soon as there is one.
    private func item(
        _ workflow: String,
        _ number: Int,
        _ reviewer: ReviewClient
    ) async throws -> WireItemDetail {
        var found: WireItemDetail?
        try await until(nil) {
            found = try? await reviewer.item(
                WireItemReference(workflow: workflow, step: "\(workflow)/\(number)")
            )
            return found != nil
        }
        guard let found else { throw ExitCode(1) }
        return found
    }

    /// Waits until so many steps of a workflow have reported.
    private func settled(
        _ workflow: String,
        steps: Int,
        _ reviewer: ReviewClient
    ) async throws {
        try await until(nil) {
            let detail = try await reviewer.workflow(workflow)
            return detail.steps.filter { $0.outcome != nil }.count >= steps
        }
    }

    /// Decides, and if the answer is lost with the service, looks before saying it again.
    private func decide(
        _ item: WireItemDetail,
        _ verdict: WireVerdict,
        _ reviewer: ReviewClient,
        reason: String? = nil
    ) async throws {
        let reference = WireItemReference(
            workflow: item.summary.workflow,
            step: item.summary.step
        )
        let wanted: WireItemState = verdict == .approve ? .approved : .rejected
        for _ in 0..<20 {
            let review = ItemReview(
                item: reference,
                decision: verdict,
                digest: item.summary.digest,
                reason: reason
            )
            let state: WireItemState
            do throws(ClientError) {
                state = try await reviewer.decide(review).state
            } catch {
                say("demo: no answer yet (\(SafeText(untrusted: "\(error)", pane: .line).plain))")
                state = try await reviewer.item(reference).summary.state
            }
            guard state == wanted else { continue }
            return try expect(true, "#\(item.summary.number) is \(wanted.rawValue)")
        }
        try expect(false, "#\(item.summary.number) is \(wanted.rawValue)")
    }

    private func until(
        _ what: String?,
        _ isSo: () async throws -> Bool
    ) async throws {
        for _ in 0..<600 {
            if (try? await isSo()) == true {
                if let what { say("ok: \(what)") }
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        try expect(false, what ?? "everything was proposed")
    }

    private func say(_ line: String) { Output(isJSON: false).line(line) }

    private func expect(_ isSo: Bool, _ what: String) throws(ExitCode) {
        say(isSo ? "ok: \(what)" : "NOT AS IT SHOULD BE: \(what)")
        guard isSo else { throw ExitCode(1) }
    }
}
