import HoldCore
import HoldWire
import Synchronization

/// One subscription of the queue, over however many connections.
final class QueueSubscription: Sendable {
    /// Set with the first answer.
    let began = OneShot<Result<Void, ClientError>>()
    let stream: AsyncStream<QueueWindow>
    let continuation: AsyncStream<QueueWindow>.Continuation
    /// Whether the present connection answered, so that its changes are of this subscription.
    private let isCurrent = Mutex(false)

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The service's answer to the subscription on a connection.
    func answered(_ answer: CallBook.Answer) {
        do {
            let window = try QueueSubscribe.reply(from: try answer.get())
            isCurrent.withLock { $0 = true }
            continuation.yield(window)
            began.set(.success(()))
        } catch {
            let error = (error as? ClientError) ?? .protocolBroken("\(error)")
            began.set(.failure(error))
            continuation.finish()
        }
    }

    /// A `queue.changed` of the present connection.
    func changed(_ params: JSONValue?) {
        guard isCurrent.withLock({ $0 }), let window = try? QueueChanged.params(from: params)
        else { return }
        continuation.yield(window)
    }
}

extension Connection {
    /// Follows a window of the queue instead of any other.
    func follow(_ subscription: QueueSubscription, _ params: JSONValue) {
        let method = QueueSubscribe.method
        let before = state.withLock { state in
            state.observers[QueueChanged.method] = { subscription.changed($0) }
            let before = state.subscription
            state.subscription = subscription
            return before
        }
        before?.continuation.finish()
        subscription.continuation.onTermination = { [weak self, weak subscription] _ in
            self?.state.withLock { state in
                guard state.subscription === subscription else { return }
                state.subscription = nil
                state.observers[QueueChanged.method] = nil
                state.standing[method] = nil
            }
        }
        stand(Standing(method: method, params: params) { subscription.answered($0) })
    }
}
