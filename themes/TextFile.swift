import Foundation

/// A text file that a person wrote, read with care: never a pipe, a device or too much.
package enum TextFile {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - bytesMax: One byte more than this is read at most, so that too long ones are found out.
    /// - Returns: Its text, as long as it is UTF-8.
    /// - Throws: A problem in plain words that names the file.
    package static func read(_ path: String, bytesMax: Int) throws(FileProblem) -> String {
        func problem(_ message: String) -> FileProblem {
            FileProblem(file: path, line: 0, column: 0, severity: .error, message: message)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw problem("there is no such file")
        }
        // A pipe would make the reader wait; a device might never end.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        )
        guard !isFolder.boolValue, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw problem("this is not a regular file")
        }
        guard let handle = FileHandle(forReadingAtPath: path),
            let bytes = try? handle.read(upToCount: bytesMax + 1)
        else { throw problem("the file cannot be read") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw problem("the file is not UTF-8")
        }
        guard text.utf8.count <= bytesMax else {
            throw problem("the file is longer than \(bytesMax) bytes")
        }
        return text
    }
}
