import HoldBroker
import HoldCore
import HoldJournal

/// What goes wrong, and when it no longer does.
extension World {
    /// Draws what becomes of the next appends.
    func planFates() {
        guard !isHealed else { return journal.plan([], fault: JournalFault(.io, "")) }
        var fates: [FaultJournal.Fate] = []
        for _ in 0..<3 {
            var fate = FaultJournal.Fate.good
            for (fault, drawn) in World.commitFaults where has(fault) {
                if faultRandom.percent(12) { fate = drawn }
            }
            fates.append(fate)
        }
        let code = faultRandom.pick([.io, .full, .busy, .readOnly], else: JournalFault.Code.io)
        journal.plan(fates, fault: JournalFault(code, "as the world has it"))
    }

    private static let commitFaults: [(Swarm.Fault, FaultJournal.Fate)] = [
        (.commitRefused, .refused), (.commitLost, .lost), (.commitApplied, .applied),
        (.crashBeforeCommit, .crashBefore), (.crashAfterCommit, .crashAfter),
    ]

    func makeTrouble() {
        guard !isHealed else { return }
        if has(.crash), faultRandom.percent(25) { plan(.crash, in: faultRandom.within(0...3000)) }
        if has(.wallJump), faultRandom.percent(40) {
            let jumps: [Int64] = [
                3_600_000, -3_600_000, 315_360_000_000, -315_360_000_000, 1000, -1000, 0,
            ]
            clock.setWall(off: faultRandom.pick(jumps, else: 0))
            coverage.saw(.wallJump)
        }
        if has(.storeAway), faultRandom.percent(25) {
            coverage.saw(.storeAway)
            journal.goAway(true)
        } else {
            journal.goAway(false)
        }
        if has(.pause), faultRandom.percent(15) { plan(.pause, in: faultRandom.within(0...3000)) }
        plan(.trouble, in: faultRandom.within(2000...9000))
    }

    /// The process is stopped; if it stays so for long, another one takes its place.
    func pause() {
        guard has(.pause), host.broker != nil, !host.isPaused, zombie == nil else { return }
        host.isPaused = true
        let span = faultRandom.within(500...40_000)
        let isReplaced = span > 10_000 && store.allowsSecondProcess && faultRandom.percent(60)
        plan(.goOn(epoch: host.epoch, isReplaced), in: span)
        guard isReplaced else { return }
        zombie = host
        let epoch = host.epoch + 1
        host = Host()
        host.epoch = epoch
        plan(.start(epoch: epoch), in: 3000)
    }

    func endPause(_ epoch: Int, _ isReplaced: Bool) {
        if isReplaced { return wakeZombie(epoch) }
        guard epoch == host.epoch, host.isPaused else { return }
        host.isPaused = false
        host.isScheduled = false
        if !host.inbox.isEmpty { scheduleWork() }
        if host.wakeAt != nil { plan(.timer(epoch: epoch, generation: host.generation), in: 0) }
    }

    /// The stopped process goes on with what it had, against a store that has moved on.
    ///
    /// No version that it knows may still be taken for the newest. Then it notices that it was
    /// replaced, and ends.
    private func wakeZombie(_ epoch: Int) {
        guard var old = zombie, old.epoch == epoch else { return }
        zombie = nil
        guard !isHealed, !old.inbox.isEmpty, !journal.hasCrashed else { return }
        coverage.saw(.zombie)
        journal.plan([], fault: JournalFault(.io, ""))
        let time = max(old.latest, old.anchor.now(at: clock.reading(at: now)))
        let effects = old.broker?.process(old.inbox, at: time) ?? []
        takeCommits()
        for case .answer(let ticket, let answer) in effects {
            if let call = old.tickets[ticket] { tell(answer, to: call) }
        }
        for case .runUndo(let call, _) in effects { runUndo(call, epoch: host.epoch) }
        // What it wrote is news to the process that took its place, as after any other writer.
        crash()
    }

    /// From here on all is well: the service is started afresh or goes on, and everybody comes back.
    func heal() {
        isHealed = true
        zombie = nil
        poisoned = []
        journal.goAway(false)
        journal.plan([], fault: JournalFault(.io, ""))
        if host.broker == nil {
            journal.restart()
            plan(.start(epoch: host.epoch), in: 0)
        } else if seed.isMultiple(of: 2) {
            crash()
        } else {
            // It has to come round by itself.
            endPause(host.epoch, false)
        }
        for agent in agents.indices where agents[agent].isGone && agents[agent].comesBack {
            agents[agent].isGone = false
            for lane in agents[agent].lanes.indices {
                plan(.agent(agent, lane: lane), in: 1000 + Int64(lane))
            }
        }
    }
}
