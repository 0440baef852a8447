/// Why a service does not start: what, where, and what to do, in plain sentences.
package struct StartFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
