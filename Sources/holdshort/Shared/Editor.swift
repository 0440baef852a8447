import Foundation

/// A text in the person's own editor.
enum Editor {
    /// Opens an editor on a private file with this text, and reads what was saved.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be opened, or ends with an error.
    static func edit(_ text: String) throws(CommandFailure) -> String {
        let folder = FileManager.default.temporaryDirectory
        var template = Array((folder.path + "/holdshort-XXXXXX.json").utf8CString)
        // 0600, and nobody can have put the file there before.
        let descriptor = mkstemps(&template, 5)
        guard descriptor >= 0 else {
            throw CommandFailure("editor", "No file for the editor can be made in \(folder.path).")
        }
        let path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        defer { unlink(path) }
        Output.write(text, to: descriptor)
        close(descriptor)
        let environment = ProcessInfo.processInfo.environment
        let editor = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
        // As git does it: the variable may hold options, so a shell takes it apart.
        let child = ChildProcess(arguments: ["/bin/sh", "-c", editor + " \"$@\"", editor, path])
        guard case .success(let running) = child.start(), running.wait() == .exited(0) else {
            throw CommandFailure("editor", "The editor \(editor) failed; nothing was sent.")
        }
        guard let data = FileManager.default.contents(atPath: path),
            let edited = String(validating: data, as: UTF8.self)
        else { throw CommandFailure("editor", "What the editor saved cannot be read.") }
        return edited
    }
}
