import Dispatch

/// Lets this much time pass.
func pause(_ time: Duration) async {
    await withCheckedContinuation { continuation in
        let nanoseconds = Int(max(time, .zero) / .nanoseconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) {
            continuation.resume()
        }
    }
}

/// Runs what blocks on a thread that tasks do not share.
func offThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: body()) }
    }
}

/// Looks until it is so, at most for this long.
func eventually(
    within limit: Duration,
    every interval: Duration = .milliseconds(10),
    _ isSo: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await isSo() { return true }
        await pause(interval)
    }
    return try await isSo()
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
    var seconds: Double { self / .seconds(1) }
}
