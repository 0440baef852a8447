public import HoldWire

/// Why a call of a client brought no answer that can be used.
public enum ClientError: Error, Hashable, Sendable {
    /// Nobody answers at the socket, or nobody who can be trusted; the sentence says which.
    ///
    /// What was asked was not done: it was never sent, or is harmless to have been asked.
    case noService(path: String, sentence: String)
    /// The service turned the request down.
    case refused(RPCError)
    /// What came is not the protocol.
    case protocolBroken(String)
    /// No answer within the time; asking again is safe.
    case timedOut
    /// It was sent, and the connection or the time ended before the answer: it may have been done.
    ///
    /// Ask how things stand (`item.get`) before anything else; never send it again unseen.
    case unconfirmed(String)
    /// The task that asked was cancelled.
    case cancelled
}

extension ClientError: CustomStringConvertible {
    /// One plain sentence.
    public var description: String {
        switch self {
        case .noService(let path, let sentence): "no service at \(path): \(sentence)"
        case .refused(let error): error.description
        case .protocolBroken(let sentence): "the service does not speak the protocol: \(sentence)"
        case .timedOut: "the service did not answer in time"
        case .unconfirmed(let sentence): "not confirmed: \(sentence)"
        case .cancelled: "cancelled"
        }
    }
}
