import NIOCore
import NIOPosix

extension Task where Success == Never, Failure == Never {
    /// Sleeps at least so long, as `Task.sleep(for:)` does, and wakes for nothing else.
    ///
    /// `Task.sleep` goes by Dispatch even where the process runs its tasks otherwise, and Dispatch
    /// then looks after its threads once a second as long as the process lives.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package static func rest(for duration: Duration) async throws {
        let nanoseconds = Int64(min(max(duration / .nanoseconds(1), 0), 9e18))
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
            in: .nanoseconds(nanoseconds)
        ) {}
        try await withTaskCancellationHandler {
            do {
                try await timer.futureResult.get()
            } catch {
                throw _Concurrency.CancellationError()
            }
        } onCancel: {
            timer.cancel()
        }
    }
}
