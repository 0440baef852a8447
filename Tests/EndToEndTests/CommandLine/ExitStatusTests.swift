import HoldClient
import HoldCore
import HoldWire
import Testing

@testable import holdshort

/// What the exit code and the JSON of an error say.
@Suite struct ExitStatusTests {
    @Test func `the codes are those of the documents`() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 10, 11, 12, 13, 14, 64, 69, 75, 77])
    }

    @Test func `each final state has its own code`() {
        let codes = WireItemState.allCases.map { ExitStatus($0)?.rawValue }
        #expect(codes == [nil, nil, 0, 10, 11, 12])
    }

    @Test func `each refusal has its own code`() {
        var codes: [ErrorCode: Int32] = [:]
        for code in ErrorCode.allCases {
            codes[code] = CommandFailure(RPCError(code, "no")).status.rawValue
        }
        #expect(codes[.alreadyDecided] == 13)
        #expect(codes[.stale] == 14)
        #expect(codes[.forbidden] == 77)
        #expect(codes[.confirmRequired] == 64)
        #expect(codes[.reasonRequired] == 64)
        #expect(codes[.ambiguous] == 64)
        #expect(codes.values.filter { $0 == 1 }.count == ErrorCode.allCases.count - 6)
        #expect(CommandFailure(RPCError(.invalidParams, "params.limit: no")).status == .usage)
        #expect(CommandFailure(RPCError(.internalError, "no")).status == .failed)
    }

    @Test func `without a service the code is 69`() {
        let absent = ClientError.noService(path: "/run/x", sentence: "nobody listens")
        #expect(CommandFailure(absent).status == .noService)
        #expect(CommandFailure(ClientError.timedOut).status == .noService)
        #expect(CommandFailure(ClientError.unconfirmed("lost")).status == .failed)
        #expect(CommandFailure(ClientError.protocolBroken("x")).status == .failed)
        #expect(
            CommandFailure(absent).json == [
                "code": "no_service", "message": "no service at /run/x: nobody listens",
                "data": ["path": "/run/x", "reason": "nobody listens"],
            ]
        )
    }

    @Test func `an error keeps what its caller needs to go on`() {
        let error = RPCError(.stale, "The item has changed.", data: ["digest": "sha256:00"])
        #expect(
            CommandFailure(error).json == [
                "code": "stale", "message": "The item has changed.",
                "data": ["code": "stale", "digest": "sha256:00"],
            ]
        )
        #expect(CommandFailure.usage("no").json["data"] == .null)
    }

    @Test func `with several items the worst code counts`() {
        #expect(ExitStatus.done.worse(.stale) == .stale)
        #expect(ExitStatus.forbidden.worse(.alreadyDecided) == .forbidden)
        #expect(ExitStatus.done.worse(.done) == .done)
    }
}
