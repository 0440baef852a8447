package import HoldCore

/// How a batch becomes entries: the same in every store.
extension Batch {
    /// A workflow that is not at the version expected of it, or whose new item would have a number that
    /// is given away; nil when the batch was decided on what is there.
    package func loser<Failure: Error>(
        nextItemNumber: Int64,
        against version: (WorkflowKey) throws(Failure) -> Int
    ) throws(Failure) -> WorkflowKey? {
        #if PlantedFaults
            if PlantedFault.active == .noCompareAndSet { return nil }
        #endif
        for workflow in expected.keys.sorted()
        where try version(workflow) != expected[workflow] {
            return workflow
        }
        for draft in events {
            guard case .itemOpened(let data) = draft.event, data.number < nextItemNumber
            else { continue }
            return draft.workflow
        }
        return nil
    }

    /// The batch's events, numbered and chained to what stands before them.
    package func entries(
        after head: JournalHead,
        nextVersion: (WorkflowKey) throws(JournalFault) -> Int
    ) throws(JournalFault) -> [Entry] {
        var added: [Entry] = []
        added.reserveCapacity(events.count)
        var previous = head.hash
        for (place, draft) in events.enumerated() {
            let version = try nextVersion(draft.workflow)
            do {
                let entry = try Entry(
                    seq: head.seq + Int64(place) + 1,
                    version: version,
                    draft: draft,
                    previous: previous
                )
                previous = entry.hash
                added.append(entry)
            } catch {
                throw JournalFault(.io, "\(draft.event.name) cannot be written as JSON: \(error)")
            }
        }
        return added
    }
}
