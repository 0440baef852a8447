import CNcurses

/// Where the tasks of the process run.
package enum Workers {
    /// Runs all tasks from now on on two threads that wake for a task and for nothing else.
    ///
    /// The language's own pool wakes once a second as long as the process lives. Must be called
    /// before the first task leaves the main thread, and is for ever.
    ///
    /// - Returns: Whether it could be done; if not, all is as it was.
    @discardableResult package static func takeOver() -> Bool { hs_jobs_take_over() == 0 }
}
