#if FAILPOINTS
    import NIOCore
    import Synchronization

    extension BrokerLane {
        /// Lets the process die once the effects of the hit are in their sockets.
        ///
        /// Answers hop onto the loop and are written there, so what is put behind them runs when
        /// they are out. The lane waits: nothing of a later batch becomes durable first. A command
        /// that undoes something is started by a task of its own, and need not have begun.
        func whenCarriedOut(on loop: any EventLoop, _ failPoints: FailPoints) {
            carriedOut.withLock {
                $0 = {
                    guard failPoints.isDue else { return }
                    try? loop.submit { failPoints.die() }.wait()
                }
            }
        }
    }
#endif
