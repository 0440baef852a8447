import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// One process of the service, as its shell holds it.
struct Host {
    /// nil while it is down.
    var broker: Broker?
    var anchor = ClockAnchor(boot: "", offset: 0)
    var latest = Instant(milliseconds: 0)
    /// Counts the processes; what belongs to an earlier one reaches nobody.
    var epoch = 0
    var inbox: [Submission] = []
    var tickets: [Ticket: Int] = [:]
    var nextTicket: UInt64 = 1
    var isScheduled = false
    var isPaused = false
    var wakeAt: Instant?
    var generation = 0
    var undos: Set<UndoCall> = []
    /// The journal's end as far as this process has told of it.
    var publishedSeq: Int64 = 0
}

/// The shell around the broker: what the service's lane, timer and undo runner are in production.
extension World {
    /// The journal's time, and while no process tells it, what people's own clocks say.
    var journalTime: Instant {
        guard !host.anchor.boot.isEmpty else { return Instant(milliseconds: HostClock.epoch + now) }
        let time = host.anchor.now(at: clock.reading(at: now))
        host.latest = max(host.latest, time)
        return host.latest
    }

    // MARK: - Life of a process

    func start(_ epoch: Int) {
        guard epoch == host.epoch, host.broker == nil else { return }
        do throws(JournalFault) {
            if journal.hasCrashed { journal.restart(on: try store.reopen(journal.inner)) }
            let reading = clock.reading(at: now)
            let kept = try journal.setting(ClockAnchor.setting)
                .flatMap { ClockAnchor(bytes: $0) }
            let anchor = ClockAnchor(at: reading, kept: kept, last: try journal.head().at)
            if anchor != kept { try journal.keep(anchor.bytes, as: ClockAnchor.setting) }
            if anchor.boot != kept?.boot { clock.anchor() }
            host.anchor = anchor
            host.latest = anchor.now(at: reading)
            var broker = try Broker(
                journal: journal,
                manifest: manifest,
                separation: .enforced,
                redactionKey: [1],
                cacheLimit: 16
            )
            host.publishedSeq = try journal.head().seq
            planFates()
            let effects = try broker.resume(at: journalTime)
            host.broker = broker
            carryOut(effects)
        } catch {
            plan(.start(epoch: epoch), in: 1000)
        }
    }

    /// The process dies where it stands.
    func crash() {
        guard host.broker != nil else { return }
        coverage.saw(.crash)
        let epoch = host.epoch + 1
        host = Host()
        host.epoch = epoch
        journal.restart()
        if let reopened = try? store.reopen(journal.inner) { journal.restart(on: reopened) }
        let isReboot = has(.reboot) && faultRandom.percent(50)
        if isReboot {
            coverage.saw(.reboot)
            clock.reboot(at: now)
            zombie = nil
        }
        plan(.start(epoch: epoch), in: isReboot ? 20_000 : faultRandom.within(50...2500))
    }

    /// Holds what became part of the journal against the rules.
    func takeCommits() {
        for (entries, drafts) in journal.takeCommits() {
            for entry in entries { trace.mix(entry.hash) }
            coverage.take(drafts)
            for (entry, draft) in zip(entries, drafts) {
                trace.tell("event \(entry.seq): \(draft.workflow.text) \(draft.event)")
            }
            for draft in drafts {
                guard case .undoResolved(let data) = draft.event else { continue }
                // Whoever says so has done it.
                deeds.settle(
                    ItemReference(workflow: draft.workflow, step: data.step),
                    key: Workflow.undoKey(of: data.step, in: draft.workflow)
                )
            }
            checker.committed(
                entries,
                drafts,
                trueTime: now,
                clock: clock,
                deeds: deeds
            )
        }
        for fate in journal.spent { coverage.saw(fate) }
    }

    // MARK: - The lane

    func arrive(_ number: Int) {
        guard host.broker != nil else { return }
        let call = calls[number]
        var ask = call.ask
        if swarm.usesCodec {
            do {
                ask = try SimulationCodec.carried(
                    call.ask,
                    in: call.workflow,
                    chunk: 1 + networkRandom.below(200)
                )
                if ask != call.ask { checker.note("codec", "\(call.ask) arrived as \(ask)") }
            } catch { checker.note("codec", "\(call.ask): \(error)") }
        }
        let ticket = Ticket(host.nextTicket)
        host.nextTicket += 1
        host.tickets[ticket] = number
        host.inbox.append(
            Submission(
                ticket: ticket,
                workflow: call.workflow,
                party: party(call.client),
                request: ask.request
            )
        )
        coverage.asked(ask, of: checker.workflows[call.workflow])
        scheduleWork()
    }

    func scheduleWork() {
        guard !host.isScheduled, !host.isPaused else { return }
        host.isScheduled = true
        plan(.work(epoch: host.epoch), in: networkRandom.within(0...2))
    }

    func work(_ epoch: Int) {
        guard epoch == host.epoch, !host.isPaused, host.broker != nil else { return }
        host.isScheduled = false
        if has(.pause), !host.inbox.isEmpty, faultRandom.percent(4) { return pause() }
        let submissions = Array(host.inbox.prefix(Broker.batchLimit))
        host.inbox.removeFirst(submissions.count)
        guard !submissions.isEmpty else { return }
        planFates()
        let time = journalTime
        let effects = host.broker?.process(submissions, at: time) ?? []
        carryOut(effects)
        if !host.inbox.isEmpty { scheduleWork() }
    }

    func fireTimer(_ epoch: Int, _ generation: Int) {
        guard epoch == host.epoch, generation == host.generation, host.broker != nil else { return }
        // A process that is stopped finds the timer due when it goes on.
        guard !host.isPaused else { return }
        host.wakeAt = nil
        planFates()
        let time = journalTime
        let effects = host.broker?.passTime(at: time) ?? []
        carryOut(effects)
    }

    private func carryOut(_ effects: [Effect]) {
        takeCommits()
        // The process died in the middle: nothing of this reaches anyone.
        guard !journal.hasCrashed else { return crash() }
        for effect in effects {
            switch effect {
            case .answer(let ticket, let answer):
                guard let call = host.tickets.removeValue(forKey: ticket) else { continue }
                tell(answer, to: call)
            case .wake(let moment): wake(at: moment)
            case .runUndo(let call, _): runUndo(call, epoch: host.epoch)
            case .publish(let publication): checkPublication(publication)
            case .runDrill: checker.note("I10", "no operation here has a drill")
            }
        }
    }

    private func wake(at moment: Instant) {
        if let standing = host.wakeAt, standing <= moment { return }
        host.wakeAt = moment
        host.generation += 1
        // No sleep is longer than this: time that passes while the host sleeps is noticed.
        let span = min(max(moment - journalTime, .zero), Span(seconds: 30))
        plan(.timer(epoch: host.epoch, generation: host.generation), in: span.milliseconds)
    }

    // MARK: - Answers

    func tell(_ answer: Answer, to number: Int) {
        let call = calls[number]
        switch answer {
        case .done(let workflow, _):
            checkTold(workflow, to: call)
            if let step = call.ask.step, let standing = workflow.step(step),
                case .agent = call.client
            {
                var said = StepAnswer(standing, in: workflow, at: journalTime)
                if swarm.usesCodec {
                    do {
                        let heard = try SimulationCodec.carried(said)
                        if heard != said { checker.note("codec", "\(said) arrived as \(heard)") }
                        said = heard
                    } catch { checker.note("codec", "\(said): \(error)") }
                }
                if case .command(.finish) = call.ask {
                    send(.workflow(workflow), to: number)
                } else {
                    send(.step(said), to: number)
                }
            } else {
                send(.workflow(workflow), to: number)
            }
        case .reviewed: break
        case .refused(let refusal): send(.refused(refusal), to: number)
        case .unavailable:
            coverage.saw(.unavailable)
            send(.unavailable, to: number)
        }
    }

    private func send(_ reply: Reply, to call: Int) {
        guard let delay = transit() else { return }
        plan(.answer(call: call, reply), in: delay)
        if has(.duplicate), networkRandom.percent(10) {
            plan(.answer(call: call, reply), in: delay + networkRandom.within(0...2000))
        }
    }

    /// How long a message is under way; nil: it never arrives.
    func transit() -> Int64? {
        if has(.drop), networkRandom.percent(8) {
            coverage.saw(.messageLost)
            return nil
        }
        if has(.delay), networkRandom.percent(20) { return networkRandom.within(0...4000) }
        return networkRandom.within(0...3)
    }
}
