import Dispatch

/// Where the end-to-end tests run: on one thread of their own.
///
/// They wait for processes, and would else keep the threads that all other tests share.
@globalActor actor OffStage {
    static let shared = OffStage()

    private static let executor = QueueExecutor()

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        OffStage.executor.asUnownedSerialExecutor()
    }
}

/// Runs an actor's jobs on a dispatch queue.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "holdshort.end-to-end")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
