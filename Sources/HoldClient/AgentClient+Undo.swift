import HoldCore
public import HoldWire
import Synchronization

/// What an undo could not do, for the service to act on.
public enum UndoProblem: Error, Hashable, Sendable {
    /// Not now: the service asks again after so long.
    case retry(after: Duration, String)
    /// Never: trying again is pointless, a person has to look.
    case terminal(String)
}

extension AgentClient {
    /// Offers to undo, on this connection and each that follows it.
    ///
    /// The undo must be idempotent by `key`, and undoing what was never done must succeed and leave
    /// a mark, so that a late run of the step is refused. Any error but ``UndoProblem`` makes the
    /// service try again.
    ///
    /// - Parameters:
    ///   - operations: The operations' names.
    ///   - workflows: The workflows to undo in; all when left out.
    ///   - undo: Undoes one step.
    /// - Throws: ``ClientError`` when the service refuses the offer.
    public func serveUndos(
        _ operations: [String],
        workflows: [String]? = nil,
        _ undo: @escaping @Sendable (UndoRun.Params) async throws -> UndoRun.Reply
    ) async throws(ClientError) {
        let params = try Connection.checked(
            UndoServe.self,
            UndoServe.Params(operations: operations, workflows: workflows)
        )
        let offered = OneShot<CallBook.Answer>()
        connection.state.withLock { state in
            state.handler = { method, params in
                guard method == UndoRun.method else { return .failure(.methodNotFound(method)) }
                return await Self.answer(params, undo)
            }
        }
        connection.stand(
            Connection.Standing(method: UndoServe.method, params: params) { offered.set($0) }
        )
        _ = try await offered.value.get()
    }

    private static func answer(
        _ params: JSONValue?,
        _ undo: @Sendable (UndoRun.Params) async throws -> UndoRun.Reply
    ) async -> Result<JSONValue, RPCError> {
        do {
            let reply = try await undo(try UndoRun.params(from: params))
            return .success(try JSONValue(encoding: reply))
        } catch let error as RPCError {
            return .failure(error)
        } catch UndoProblem.retry(let pause, let sentence) {
            let seconds = JSONValue(double: pause.seconds)
            return .failure(
                RPCError(
                    code: RPCError.refusal,
                    message: sentence,
                    data: ["retry_after_seconds": seconds]
                )
            )
        } catch UndoProblem.terminal(let sentence) {
            return .failure(
                RPCError(code: RPCError.refusal, message: sentence, data: ["terminal": true])
            )
        } catch {
            return .failure(RPCError(.internalError, "\(error)"))
        }
    }

    /// What happens to the workflows that this connection works on, from now on.
    public func notices() -> AsyncStream<AgentNotice> {
        let notifications = connection.notifications()
        return AsyncStream { continuation in
            let task = Task {
                for await notification in notifications {
                    if let notice = AgentNotice(notification) { continuation.yield(notice) }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// Something that the service tells an agent unasked.
public enum AgentNotice: Hashable, Sendable {
    case decided(HoldWire.ItemDecided.Params)
    case unwinding(WorkflowUnwinding.Params)
    case unwound(WorkflowUnwound.Params)
    case stuck(WorkflowStuck.Params)

    init?(_ notification: Connection.Notification) {
        let params = notification.params
        do {
            switch notification.method {
            case HoldWire.ItemDecided.method:
                self = .decided(try HoldWire.ItemDecided.params(from: params))
            case WorkflowUnwinding.method:
                self = .unwinding(try WorkflowUnwinding.params(from: params))
            case WorkflowUnwound.method: self = .unwound(try WorkflowUnwound.params(from: params))
            case WorkflowStuck.method: self = .stuck(try WorkflowStuck.params(from: params))
            default: return nil
            }
        } catch {
            // A newer service may tell more than this client can read; waiting tells it anyhow.
            return nil
        }
    }
}
