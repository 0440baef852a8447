import Foundation

/// An undo that is a command on the host, idempotent by its key even if two of it run at once.
enum UndoScript {
    private static let text = """
        #!/bin/bash
        exec 9>> ROOT/undo.lock
        flock 9
        if grep -qxF "$HOLDSHORT_UNDO_KEY" ROOT/undone 2> /dev/null; then
            echo '{"outcome":"already_undone"}'
        else
            echo "$HOLDSHORT_UNDO_KEY" >> ROOT/undone
            echo '{"outcome":"undone"}'
        fi

        """

    static func write(_ site: Site) throws {
        let file = site.file("undo.sh")
        try text.replacingOccurrences(of: "ROOT", with: site.root.path)
            .write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: file.path
        )
    }

    /// The steps of a workflow that were undone, in effect and in order.
    static func undone(_ site: Site, _ workflow: String) -> [String] {
        let text = (try? String(contentsOf: site.file("undone"), encoding: .utf8)) ?? ""
        // Each key begins with the account, which is the same for all here.
        return text.split(separator: "\n").map { $0.drop { $0 != "/" }.dropFirst() }
            .filter { $0.hasPrefix(workflow + "/") }
            .map { String($0.dropLast("#undo".count)) }
    }

    /// No undo outlives the service that called it by more than its own run.
    static func checkLeftovers(_ site: Site) async throws {
        let script = site.file("undo.sh").path
        let isGone = await eventually(within: .seconds(10)) {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return !all.contains { pid in
                let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
                return line?.contains(script) == true
            }
        }
        guard isGone else { throw Violation("undo commands still run") }
    }
}
