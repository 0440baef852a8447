import Synchronization

/// Work that is given up when it takes too long, whatever it is doing.
enum Hurry {
    /// The value, or nil when the time is over first or the work failed.
    ///
    /// Work that does not come to an end is left behind: the process is about to end anyway.
    static func value<Value: Sendable>(
        within limit: Duration,
        of work: @escaping @Sendable () async throws -> Value
    ) async -> Value? {
        let (answers, continuation) = AsyncStream<Value?>.makeStream()
        let tasks = [
            Task.detached { () -> Void in
                let value = try? await work()
                continuation.yield(value)
            },
            Task.detached { () -> Void in
                try? await Task.sleep(for: limit)
                continuation.yield(nil)
            },
        ]
        defer { for task in tasks { task.cancel() } }
        for await answer in answers { return answer }
        return nil
    }
}
