import Glibc

/// Why the service cannot start: what stands in the way, where, and what to do about it.
package struct StartProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What to branch on.
    package enum Code: String, Sendable, Hashable {
        /// A path is longer than a socket's address can hold.
        case pathTooLong
        /// The environment does not say where something is to be.
        case nowhere
        /// Another service runs there.
        case alreadyRunning
        /// Something that is not ours stands in the way; it was left as it is.
        case occupied
        /// Other accounts could change what we rely on.
        case unsafe
        /// This account may not do it.
        case noPermission
        /// A setting of the environment makes no sense.
        case setting
        /// The manifest cannot be read, or has errors.
        case manifest
        /// The system refused.
        case system
    }

    /// What to branch on.
    package var code: Code
    /// The whole story in plain words.
    package var sentence: String

    package init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// The problem in plain words.
    package var description: String { sentence }

    /// What a failed system call means.
    ///
    /// - Parameters:
    ///   - number: Its `errno`.
    ///   - what: What was tried and where, as the start of a sentence.
    package init(errno number: Int32, _ what: String) {
        let reason = StartProblem.reason(number)
        switch number {
        case EACCES, EPERM, EROFS:
            let account = geteuid()
            self.init(
                .noPermission,
                "\(what): \(reason). Give the account with uid \(account) leave to write there, "
                    + "or set HOLDSHORT_RUNTIME_DIR to a directory of its own."
            )
        default: self.init(.system, "\(what): \(reason).")
        }
    }

    /// The system's words for an `errno`.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
