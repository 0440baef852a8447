import Foundation
import HoldAgents
import HoldCore
import Testing

/// A scratch directory with a manifest, and the service in it as a process of its own.
final class Stage {
    let root: URL
    private(set) var service: Player?
    private var players: [Player] = []

    /// The binary, which is built beside the tests.
    static let binary: String = {
        let here = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [CommandLine.arguments[0], here.path] + CommandLine.arguments
        for place in places {
            var folder = URL(filePath: place)
            while folder.pathComponents.count > 2 {
                folder.deleteLastPathComponent()
                let file = folder.appending(path: "holdshort").path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
                    !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: file)
                {
                    return file
                }
            }
        }
        return "holdshort"
    }()

    static let manifest = """
        defaults: { max_async_depth: 20, escalation: [{ to: first, minutes: 30 }, { to: second, minutes: 30 }] }
        actions:
          delete_production_data:
            approval_required: true
            blocking: true
            timeout_minutes: 15
            undo_operation: null
          provision_test_environment:
            approval_required: true
            blocking: false
            timeout_minutes: 60
            undo_operation: destroy_environment
          update_crm_record: { approval_required: false, side_effects: false }
          brief:
            approval_required: true
            escalation: [{ to: first, minutes: 0.005 }]
          typed: { approval_required: true, confirm: type }
          scripted: { approval_required: true, blocking: false, undo_operation: script }
        operations:
          destroy_environment: { agent: true, retries: 2, backoff_seconds: 0.01 }
          script: { run: [ROOT/undo.sh], retries: 2, backoff_seconds: 0.01 }
        """

    init(manifest: String = Stage.manifest) throws {
        let name = "hs-" + UUID().uuidString.prefix(8).lowercased()
        root = URL(filePath: "/tmp").appending(path: name)
        try FileManager.default.createDirectory(
            at: root,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try write(manifest, to: "manifest.yaml")
    }

    deinit {
        for player in players where player.process.isRunning { player.kill() }
        service?.kill()
        try? FileManager.default.removeItem(at: root)
    }

    func file(_ name: String) -> URL { root.appending(path: name) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name).path) }

    func text(_ name: String) -> String {
        (try? String(contentsOf: file(name), encoding: .utf8)) ?? ""
    }

    /// Writes a file; `ROOT` in it stands for the scratch directory.
    func write(_ text: String, to name: String, mode: Int = 0o600) throws {
        let file = file(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try text.replacingOccurrences(of: "ROOT", with: root.path)
            .write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    // MARK: - The service

    var environment: [String: String] {
        [
            "HOLDSHORT_RUNTIME_DIR": file("run").path,
            "HOLDSHORT_STORE": file("store/journal.sqlite").path,
            "HOLDSHORT_MANIFEST": file("manifest.yaml").path,
            "HOME": root.path, "XDG_CONFIG_HOME": file("config").path,
        ]
    }

    /// Starts the service, and waits until it serves.
    func serve() throws {
        let player = try Player(Stage.binary, ["serve"], environment: environment)
        service = player
        try #require(
            player.errors.wait { $0.contains("serving") },
            "no service: \(player.errors.text)"
        )
    }

    /// Ends the service as a power cut would, and starts it again.
    func killAndServe() throws {
        service?.kill()
        try serve()
    }

    // MARK: - Commands

    /// Runs the binary to its end.
    func run(_ arguments: String..., input: String = "") throws -> Ran {
        try command(arguments, input: input)
    }

    func command(
        _ arguments: [String],
        input: String = "",
        environment more: [String: String] = [:]
    ) throws -> Ran {
        let player = try start(Stage.binary, arguments, environment: more)
        player.write(input)
        player.closeInput()
        let code = try player.wait()
        return Ran(code: code, out: player.output.text, err: player.errors.text)
    }

    /// Runs a verb with `--json`, which has to succeed.
    func json(_ arguments: String...) throws -> JSONValue {
        let ran = try command(arguments + ["--json"])
        try #require(ran.code == 0, "\(arguments): \(ran.code) \(ran.out) \(ran.err)")
        return try ran.json()
    }

    /// Starts a process that lives at most as long as the stage.
    func start(
        _ executable: String,
        _ arguments: [String],
        environment more: [String: String] = [:]
    ) throws -> Player {
        let player = try Player(
            executable,
            arguments,
            in: root,
            environment: environment.merging(more) { $1 }
        )
        players.append(player)
        return player
    }

    // MARK: - Agents

    /// Opens a session with `nc`.
    func agent(_ name: String = "me") throws -> Netcat {
        let agent = Netcat(try start("nc", ["-U", file("run/agent.sock").path]))
        let params: JSONValue = ["protocol": "holdshort/1", "client": ["name": .string(name)]]
        _ = try agent.ask("session.open", params)
        return agent
    }

    /// Writes the Python client and its agents into the scratch directory.
    func writePython() throws {
        for (name, content) in PythonClient.files {
            try write(String(decoding: content, as: UTF8.self), to: name)
        }
    }

    func python(_ script: String, _ arguments: String...) throws -> Player {
        try start(
            "python3",
            ["-u", script, "--socket", file("run/agent.sock").path] + arguments
        )
    }

    // MARK: - A reviewer

    /// Waits for a pending item of a workflow and gives back its summary.
    func item(_ workflow: String) throws -> JSONValue {
        var found: JSONValue?
        _ = try eventually {
            found = try json("list", "--workflow", workflow).list.last
            return found != nil
        }
        return try #require(found, "no item of \(workflow)")
    }

    /// Approves what is on the screen of `list`.
    func approve(_ workflow: String) throws {
        let item = try item(workflow)
        let ran = try run(
            "approve",
            "\(item["number"]?.int ?? 0)",
            "--digest",
            item["digest"]?.text ?? ""
        )
        try #require(ran.code == 0, "\(ran)")
    }

    func reject(_ workflow: String, reason: String = "no") throws {
        let item = try item(workflow)
        let ran = try run("reject", "\(item["number"]?.int ?? 0)", "--reason", reason)
        try #require(ran.code == 0, "\(ran)")
    }
}
