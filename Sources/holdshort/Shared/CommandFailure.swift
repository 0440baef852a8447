import HoldClient
import HoldCore
import HoldWire

/// Why a verb failed: what it prints, and the exit code.
struct CommandFailure: Error, Hashable {
    /// For programs to branch on.
    var code: String
    /// One plain sentence for people; may carry text of others.
    var message: String
    var data: JSONValue?
    var status: ExitStatus

    init(_ code: String, _ message: String, data: JSONValue? = nil, status: ExitStatus = .failed) {
        self.code = code
        self.message = message
        self.data = data
        self.status = status
    }

    /// The verb was called with something that makes no sense.
    static func usage(_ message: String) -> CommandFailure {
        CommandFailure("usage", message, status: .usage)
    }

    /// What a client's error comes to.
    init(_ error: ClientError) {
        switch error {
        case .noService(let path, let sentence):
            self.init(
                "no_service",
                error.description,
                data: ["path": .string(path), "reason": .string(sentence)],
                status: .noService
            )
        case .refused(let refusal): self.init(refusal)
        case .protocolBroken: self.init("protocol_broken", error.description)
        case .timedOut: self.init("no_answer", error.description, status: .noService)
        case .unconfirmed:
            self.init("unconfirmed", "\(error); ask with `holdshort show` what became of it")
        case .cancelled: self.init("cancelled", error.description)
        }
    }

    /// What a service's error comes to.
    init(_ error: RPCError) {
        let code = error.refusalCode?.rawValue ?? error.data?["code"]?.text
        self.init(
            code ?? error.fault.map(CommandFailure.name(of:)) ?? "error",
            error.message,
            data: error.data,
            status: ExitStatus(error)
        )
    }

    /// What any error comes to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ClientError: self.init(error)
        case let error as RPCError: self.init(error)
        default: self.init("error", "\(error)")
        }
    }

    /// `{"code","message","data"}`.
    var json: JSONValue {
        ["code": .string(code), "message": .string(message), "data": data ?? .null]
    }

    private static func name(of fault: RPCError.Fault) -> String {
        switch fault {
        case .parseError: "parse_error"
        case .invalidRequest: "invalid_request"
        case .methodNotFound: "method_not_found"
        case .invalidParams: "invalid_params"
        case .internalError: "internal_error"
        }
    }
}
