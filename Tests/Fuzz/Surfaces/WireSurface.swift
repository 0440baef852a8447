import HoldCore
import HoldWire

/// One line of the wire, and what its method makes of it.
enum WireSurface {
    static func problem(in bytes: [UInt8]) -> String? {
        let message: RPCMessage
        do {
            message = try RPCMessage(line: bytes, limits: .answers)
        } catch {
            return again(error.answer)
        }
        if let problem = again(message) { return problem }
        switch message {
        case .request(_, let method, let params):
            return check(request: params ?? [:], of: method)
        case .notification(let method, let params):
            return check(notification: params ?? [:], of: method)
        case .response(let id, let result):
            // An answer does not say what it answers: its id chooses.
            guard case .integer(let number) = id else { return nil }
            let method = methods[Int(number.magnitude % UInt64(methods.count))]
            return method.reply(result)
        case .error: return nil
        }
    }

    /// A message is one line, and that line says the same.
    private static func again(_ message: RPCMessage) -> String? {
        let line = message.line
        guard line.last == 0x0A, !line.dropLast().contains(0x0A) else { return "not one line" }
        let read = try? RPCMessage(line: Array(line.dropLast()), limits: .answers)
        return read == message ? nil : "the line of \(message) says something else"
    }

    private static func check(request params: JSONValue, of name: String) -> String? {
        let named = methods.filter { $0.name == name }
        for method in named.isEmpty ? [methods[name.utf8.count % methods.count]] : named {
            if let problem = method.params(params) { return "\(method.name): \(problem)" }
        }
        return nil
    }

    private static func check(notification params: JSONValue, of name: String) -> String? {
        let notice =
            notices.first { $0.name == name } ?? notices[name.utf8.count % notices.count]
        return notice.params(params).map { "\(notice.name): \($0)" }
    }

    private struct Method: Sendable {
        let name: String
        let params: @Sendable (JSONValue) -> String?
        let reply: @Sendable (JSONValue) -> String?

        init<M: WireMethod & SendableMetatype>(_ method: M.Type) {
            name = M.method
            params = { value in
                let params: M.Params
                do throws(RPCError) {
                    params = try M.params(from: value)
                } catch {
                    return error.message.isEmpty ? "an error says nothing" : nil
                }
                return same(params) { try M.params(from: $0) }
            }
            reply = { value in
                guard let reply = try? M.reply(from: value) else { return nil }
                return same(reply) { try M.reply(from: $0) }
            }
        }
    }

    private struct Notice: Sendable {
        let name: String
        let params: @Sendable (JSONValue) -> String?

        init<N: WireNotification & SendableMetatype>(_ notice: N.Type) {
            name = N.method
            params = { value in
                guard let params = try? N.params(from: value) else { return nil }
                return same(params) { try N.params(from: $0) }
            }
        }
    }

    private static let methods: [Method] = [
        Method(SessionOpen.self), Method(StepPropose.self), Method(StepWait.self),
        Method(StepFinish.self), Method(StepWithdraw.self), Method(WorkflowOpen.self),
        Method(WorkflowGet.self), Method(WorkflowSettle.self), Method(WorkflowFinish.self),
        Method(CheckpointSave.self), Method(CheckpointLoad.self), Method(UndoServe.self),
        Method(UndoRun.self), Method(QueueList.self), Method(QueueSubscribe.self),
        Method(ItemGet.self), Method(ItemClaim.self), Method(ItemRelease.self),
        Method(ItemDecide.self), Method(ItemsDecide.self), Method(ItemEscalate.self),
        Method(ItemSnooze.self), Method(UndoPreview.self), Method(ControlHalt.self),
        Method(ControlResume.self), Method(WorkflowList.self), Method(UndoRetry.self),
        Method(UndoSkip.self), Method(UndoResolve.self), Method(AuditList.self),
        Method(AuditVerify.self), Method(StatsGet.self), Method(ServiceStatus.self),
        Method(ItemNote.self), Method(HandoffGet.self), Method(HandoffNote.self),
    ]

    private static let notices: [Notice] = [
        Notice(QueueChanged.self), Notice(ItemDecided.self), Notice(WorkflowUnwinding.self),
        Notice(WorkflowUnwound.self), Notice(WorkflowStuck.self),
    ]
}

/// What was decoded can be encoded, and decodes to the same.
private func same<Value: Codable & Hashable>(
    _ value: Value,
    _ read: (JSONValue) throws -> Value
) -> String? {
    guard let said = try? JSONValue(encoding: value) else { return "cannot be encoded" }
    do {
        return try read(said) == value ? nil : "\(said.asciiText) decodes to something else"
    } catch {
        return "\(said.asciiText) is not decoded: \(error)"
    }
}
