import HoldCore
import HoldWire
import Testing

@Suite struct RPCErrorTests {
    @Test func `the codes are those of the protocol`() {
        #expect(
            ErrorCode.allCases.map(\.rawValue).joined(separator: " ")
                == """
                not_open unsupported_protocol frame_too_large unknown_workflow unknown_step \
                unknown_item already_decided stale conflict forbidden unwinding must_wait \
                unlisted_action confirm_required reason_required last_tier too_many halted \
                read_only store_unavailable ambiguous already_open
                """
        )
        #expect(
            RPCError.Fault.allCases.map(\.rawValue) == [-32700, -32600, -32601, -32602, -32603]
        )
    }

    @Test func `a refusal carries its code and what the caller needs`() {
        let error = RPCError(.mustWait, "waits for 4826", data: ["wait_for": [4826]])
        #expect(error.code == -32000)
        #expect(error.refusalCode == .mustWait)
        #expect(error.fault == nil)
        #expect(error.data == ["code": "must_wait", "wait_for": [4826]])
        #expect(error.description == "must_wait: waits for 4826")
    }

    @Test func `an unknown code is no refusal that we know`() {
        #expect(RPCError(code: -32000, message: "m", data: ["code": "new"]).refusalCode == nil)
        #expect(RPCError(code: -1, message: "m", data: ["code": "stale"]).refusalCode == nil)
        #expect(RPCError(.methodNotFound, "m").refusalCode == nil)
        #expect(
            RPCError.methodNotFound("a\u{1B}").description
                == #""a\u001b" is no method of this socket"#
        )
    }
}
