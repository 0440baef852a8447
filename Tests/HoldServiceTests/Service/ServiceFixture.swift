import Foundation
import HoldClient
import HoldCore
import HoldJournal
import HoldJournalSQLite
import HoldService
import HoldWire
import Logging

/// A real service on real sockets and a real store, in a directory of its own.
struct ServiceFixture {
    let directory: URL
    let paths: RuntimePaths
    let service: Service

    static let manifest = """
        defaults: { max_async_depth: 20, escalation: [{ to: primary, minutes: 60 }] }
        actions:
          drop_table: { approval_required: true, blocking: true, undo_operation: null }
          make_draft:
            approval_required: true
            blocking: false
            undo_operation: remove_draft
          limited:
            approval_required: true
            blocking: false
            undo_operation: remove_draft
            max_async_depth: 3
          follow_up: { approval_required: false, undo_operation: remove_draft }
          read: { approval_required: false, side_effects: false }
          brief:
            approval_required: true
            escalation: [{ to: first, minutes: 0.002 }, { to: second, minutes: 0.002 }]
        operations:
          remove_draft: { agent: true, retries: 1, backoff_seconds: 0.01 }
        """

    init(manifest: String = ServiceFixture.manifest) async throws {
        let folder = URL(filePath: "/tmp").appending(path: "hs-\(UUID().uuidString.prefix(8))")
        directory = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "manifest.yaml")
        try manifest.write(to: file, atomically: true, encoding: .utf8)
        paths = try RuntimePaths(
            runtimeDirectory: folder.appending(path: "run").path,
            store: folder.appending(path: "store/journal.sqlite").path,
            manifest: file.path
        )
        service = try ServiceStart.prepare(
            paths: paths,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            openJournal: { path throws(JournalFault) in try SQLiteJournal(path: path) }
        )
        try await service.open()
    }

    func agent(_ name: String = "tester") async throws -> AgentClient {
        AgentClient(
            try await Connection.open(
                ConnectionOptions(path: paths.agentSocket, client: WireParty(name: name))
            )
        )
    }

    func reviewer() async throws -> ReviewClient {
        ReviewClient(
            try await Connection.open(
                ConnectionOptions(path: paths.reviewSocket, client: WireParty(name: "console"))
            )
        )
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }
}

extension ReviewClient {
    /// Decides an item as it stands now.
    func decide(
        _ workflow: String,
        _ step: String,
        _ decision: WireVerdict,
        reason: String? = nil
    ) async throws -> ItemDecideReply {
        let item = WireItemReference(workflow: workflow, step: step)
        let detail = try await self.item(item)
        return try await decide(
            ItemReview(
                item: item,
                decision: decision,
                digest: detail.summary.digest,
                reason: reason
            )
        )
    }
}

extension StepPropose.Params {
    static func make(
        _ workflow: String,
        _ step: String,
        _ action: String,
        arguments: JSONValue = [:],
        dependsOn: [String]? = nil
    ) -> StepPropose.Params {
        StepPropose.Params(
            workflow: workflow,
            step: step,
            action: action,
            arguments: arguments,
            dependsOn: dependsOn
        )
    }
}
