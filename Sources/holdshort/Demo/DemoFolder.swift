import Foundation
import HoldService

/// The demo's scratch directory: a manifest, a store, sockets, and the files that the agents work on.
struct DemoFolder: Sendable {
    let root: URL

    /// Makes a new one that only this account can enter.
    init() throws {
        let name = "holdshort-demo-\(UUID().uuidString.prefix(8).lowercased())"
        root = URL(filePath: NSTemporaryDirectory()).appending(path: name)
        for folder in [root, root.appending(path: "files")] {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try manifest.write(
            to: root.appending(path: "manifest.yaml"),
            atomically: true,
            encoding: .utf8
        )
        try "id,name\n1,Ada\n2,Grace\n".write(
            to: file("customers.csv"),
            atomically: true,
            encoding: .utf8
        )
    }

    var files: URL { root.appending(path: "files") }

    func file(_ name: String) -> URL { files.appending(path: name) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name).path) }

    func paths() throws -> RuntimePaths {
        try RuntimePaths(
            runtimeDirectory: root.appending(path: "run").path,
            store: root.appending(path: "store/journal.sqlite").path,
            manifest: root.appending(path: "manifest.yaml").path
        )
    }

    func remove() { try? FileManager.default.removeItem(at: root) }

    /// This very binary.
    static var binary: String { URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path }

    private var manifest: String {
        """
        # The demo's manifest: one action of each kind.
        version: 1
        defaults: { timeout_minutes: 30, max_async_depth: 8 }
        actions:
          delete_production_data:
            description: Deletes a file of customer data; nothing takes it back
            approval_required: true
            blocking: true            # sync: the agent waits
            timeout_minutes: 15
            undo_operation: null

          create_draft_report:
            description: Writes a draft that can be thrown away
            approval_required: true
            blocking: false           # async: the agent goes on
            undo_operation: discard_draft
            max_async_depth: 3        # but only three steps ahead of a person

          provision_environment:
            approval_required: true
            blocking: false
            undo_operation: remove_environment

          configure_environment:
            approval_required: false  # autonomous, and undone with what it builds on
            undo_operation: remove_environment

          update_crm_record:
            approval_required: false  # autonomous
            side_effects: false
            audit_log: true

        operations:
          discard_draft: { run: ["\(DemoFolder.binary)", demo-undo, "\(files.path)"] }
          remove_environment: { agent: true }
        """
    }
}
