import HoldBroker
import HoldCore
import HoldJournal

/// The day of reckoning: after all is healed, what was promised must be so, and nothing may hang.
extension World {
    func conclude() {
        checkLiveness()
        guard checker.violations.isEmpty else { return }
        checkPromises()
        checkDeeds()
        // Reading everything anew is dear: every second world pays for it.
        if seed.isMultiple(of: 2) { checkFold() }
    }

    private func checkLiveness() {
        guard !isQuiet else { return }
        if host.broker == nil { checker.note("L4", "the service does not start", isLiveness: true) }
        for agent in agents where !agent.isOver {
            checker.note(
                "L3",
                "\(agent.workflow.text) waits for ever: \(agent.lanes)",
                isLiveness: true
            )
        }
        for (id, workflow) in checker.workflows.sorted(by: { $0.key < $1.key }) {
            if workflow.isRunning {
                checker.note("L1", "the chain of \(id.text) never ends", isLiveness: true)
            }
            for item in workflow.pending.sorted() {
                checker.note("L2", "\(item.text) pends for ever", isLiveness: true)
            }
        }
    }

    private func checkPromises() {
        func step(_ item: ItemReference) -> ReferenceStep? {
            checker.workflows[item.workflow]?.steps[item.step]
        }
        for item in notes.proposed.keys where step(item) == nil {
            checker.note("I1", "the proposal \(item.step.text) was acknowledged and is lost")
        }
        for (item, decision) in notes.decided where step(item)?.item?.decision != decision {
            checker.note("I2", "the decision on \(item.step.text) is not the one told")
        }
        for (item, _) in notes.broken {
            checker.note("I2", "two decisions on \(item.step.text) were told")
        }
        for (item, outcome) in notes.reported where step(item)?.outcome != outcome {
            checker.note("I1", "the report of \(item.step.text) was acknowledged and is lost")
        }
        for id in notes.finished.keys where checker.workflows[id]?.isFinished != true {
            checker.note("I1", "the end of \(id.text) was acknowledged and is lost")
        }
    }

    private func checkDeeds() {
        for (id, workflow) in checker.workflows {
            for step in workflow.order.compactMap({ workflow.steps[$0] }) {
                let deed = deeds.deed(ItemReference(workflow: id, step: step.id))
                let isUnwound = workflow.planned.contains(step.id)
                let isExcused = step.link == .skipped
                if isUnwound, !isExcused, deed.net != 0 {
                    checker.note("I7", "\(step.id.text) is unwound, its net effect is \(deed.net)")
                }
                if !isUnwound, deed.undone > 0 {
                    checker.note("I8", "\(step.id.text) was undone, and no unwind holds it")
                }
                if deed.done > 1 { checker.note("I12", "\(step.id.text) ran \(deed.done) times") }
                if isUnwound, !step.isLinkClosed {
                    checker.note("I7", "\(step.id.text) is in a plan and still open")
                }
            }
        }
    }

    /// I14 and I17: the chain holds, and the state that the broker tells is the fold of it.
    private func checkFold() {
        do {
            let inner = journal.inner
            if seed.isMultiple(of: 4), let bad = try AuditVerifier.verify(inner).firstBad {
                checker.note("I14", "the chain breaks at event \(bad)")
            }
            for id in checker.workflows.keys.sorted() {
                var folded = Workflow(id: id)
                for entry in try inner.entries(of: id, after: 0) {
                    folded.evolve(
                        try Event(type: entry.type, data: entry.data),
                        at: entry.at,
                        by: entry.actor
                    )
                }
                checkTold(folded)
                try checkRows(of: folded, in: inner)
            }
        } catch { checker.note("I17", "the journal cannot be read: \(error)") }
    }

    private func checkTold(_ folded: Workflow) {
        let ticket = Ticket(.max)
        let time = journalTime
        let effects =
            host.broker?.process(
                [
                    Submission(
                        ticket: ticket,
                        workflow: folded.id,
                        party: .service,
                        request: .peek
                    )
                ],
                at: time
            ) ?? []
        for case .answer(ticket, .done(let told, _)) in effects where told != folded {
            checker.note("I17", "the state of \(folded.id.text) is not the fold of its events")
        }
    }

    private func checkRows(of folded: Workflow, in inner: any Journal) throws {
        let query = QueueQuery(
            states: ItemState.allCases,
            workflow: folded.id,
            sort: .age,
            limit: 1000,
            now: journalTime
        )
        let rows = try inner.queue(query).entries.map(\.item).sorted { $0.number < $1.number }
        let wanted = folded.steps.compactMap { folded.itemRow(of: $0) }
            .sorted { $0.number < $1.number }
        for (row, want) in zip(rows, wanted) where row != want {
            checker.note("I17", "the row of item \(row.number) is \(row), not \(want)")
        }
        if rows.count != wanted.count { checker.note("I17", "\(folded.id.text) has other rows") }
    }
}
