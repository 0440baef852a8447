import Foundation

/// A text in the person's own editor.
enum Editor {
    /// Opens an editor on a private file with this text, and reads what was saved.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be opened, or ends with an error.
    static func edit(_ text: String) throws(CommandFailure) -> String {
        let file: ScratchFile
        do {
            file = try ScratchFile(name: "holdshort-edit.json", content: Array(text.utf8))
        } catch {
            throw CommandFailure("editor", "No file for the editor can be made: \(error)")
        }
        let editor = ChosenProgram.editor
        let child = ChildProcess(arguments: editor.arguments(opening: file.path))
        guard case .success(let running) = child.start(), running.wait() == .exited(0) else {
            throw CommandFailure("editor", "The editor \(editor.command) failed; nothing was sent.")
        }
        guard let bytes = file.content(), let edited = String(validating: bytes, as: UTF8.self)
        else { throw CommandFailure("editor", "What the editor saved cannot be read.") }
        return edited
    }
}
