import Dispatch

/// Where tests run that work for long without a pause: on one thread of their own, so that they do not
/// keep the threads that all other tests share.
@globalActor actor OffThread {
    static let shared = OffThread()

    private static let executor = QueueExecutor()

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        OffThread.executor.asUnownedSerialExecutor()
    }
}

/// Runs an actor's jobs on a dispatch queue.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "holdshort.off-thread", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
