import Foundation
import Glibc
import HoldCore
import TestDisks
import Testing

/// A stage whose store lies on a disk of the test's own, or is held by somebody else.
extension Stage {
    /// Items that run out of their time in a few seconds, and others that stay.
    static let shortManifest = """
        defaults: { open_items_per_agent: 1000, proposals_per_second: 1000 }
        actions:
          stay: { approval_required: true, timeout_minutes: 60 }
          soon: { approval_required: true, escalation: [{ to: first, minutes: 0.05 }] }
          free: { approval_required: false }
        """

    /// Asks for a step; its answer, or the error that it got.
    func outcome(
        _ agent: Netcat,
        _ workflow: String,
        _ action: String,
        note: String = ""
    ) throws -> (result: JSONValue?, error: JSONValue?) {
        let id = agent.send(
            "step.propose",
            [
                "workflow": .string(workflow), "step": .string("\(workflow)/1"),
                "action": .string(action), "arguments": ["note": .string(note)],
            ]
        )
        let answer = try agent.answer(to: id)
        return (answer["result"], answer["error"])
    }

    /// Whether everything that a reviewer reads can be read.
    func isReadable(_ workflow: String) throws -> Bool {
        let list = try run("list", "--json")
        let shown = try run("show", "\(workflow):\(workflow)/1", "--json")
        return list.code == 0 && shown.code == 0 && !list.lines.isEmpty
    }

    func status() throws -> JSONValue { try json("status") }

    func warns(of word: String) throws -> Bool {
        let status = try status()
        return status["read_only"]?.isTrue == true
            && (status["warnings"]?.list.contains { $0.text?.contains(word) == true } ?? false)
    }

    func state(of workflow: String) throws -> String? {
        try json("show", "\(workflow):\(workflow)/1")["state"]?.text
    }
}

/// A file system in a file, which can be made to refuse writes with files open in it.
final class LoopDisk {
    private let image: String
    private let place: String
    private var isMounted = false

    /// Whether this process may mount one, and has the tools: usually root, with a loop device.
    static let isAllowed: Bool = {
        let name = NSTemporaryDirectory() + "hs-loop-" + UUID().uuidString
        guard let disk = try? LoopDisk(at: name) else { return false }
        disk.remove()
        rmdir(name)
        return true
    }()

    init(at place: String) throws {
        self.place = place
        image = place + ".image"
        mkdir(place, 0o700)
        try Data(count: 16 << 20).write(to: URL(filePath: image))
        try command("mkfs.ext4", "-q", "-m", "0", image)
        try mount()
    }

    deinit { remove() }

    func mount() throws {
        // A device of its own each time: the kernel would go on with the one that refuses.
        let device = try command("losetup", "-f", "--show", image)
        try command("mount", device, place)
        // Let go by the kernel with the mount.
        try command("losetup", "-d", device)
        isMounted = true
        chmod(place, 0o700)
    }

    /// What a kernel does to a file system with errors: writes fail from now on.
    func refuseWrites() throws { try command("mount", "-o", "remount,abort", place) }

    /// Takes it away from its place, whoever has files open on it.
    func unmount() throws {
        try command("umount", "-l", place)
        isMounted = false
    }

    func remove() {
        if isMounted { try? unmount() }
        unlink(image)
    }

    @discardableResult
    private func command(_ arguments: String...) throws -> String {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
        let player = try Player(
            arguments[0],
            Array(arguments.dropFirst()),
            environment: ["PATH": path]
        )
        player.closeInput()
        guard try player.wait() == 0 else { throw POSIXError(.EPERM) }
        return player.output.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
