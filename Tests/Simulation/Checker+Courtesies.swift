import HoldCore
import HoldJournal

/// What may be told of an item, from the words of the rules alone.
extension ReferenceWorkflow {
    /// Which rules a claim, a release, a snooze or a note breaks.
    func brokenCourtesies(in moment: Checker.Moment) -> [Checker.Violation] {
        let (now, uid) = (moment.draft.at, moment.draft.actor.uid)
        switch moment.event {
        case .itemClaimed(let data):
            var broken = broken(data.step, moment)
            guard let item = steps[data.step]?.item else { return broken }
            if data.until <= now || data.until > item.deadline {
                broken += [said("\(data.step.text) is claimed to \(data.until.rfc3339)")]
            }
            if let other = item.claim, other.uid != uid, other.until > now {
                broken += [said("\(data.step.text) is claimed by two")]
            }
            return broken
        case .itemReleased(let data):
            guard let claim = steps[data.step]?.item?.claim, claim.uid == uid, claim.until > now
            else { return [said("\(data.step.text) is released by who did not hold it")] }
            return broken(data.step, moment)
        case .itemSnoozed(let data):
            let broken = broken(data.step, moment)
            guard let item = steps[data.step]?.item, data.until > now,
                (item.deadline - data.until).seconds < 120
            else { return broken }
            return broken + [said("\(data.step.text) is out of sight when it is urgent")]
        case .itemNoted(let data): return broken(data.step, moment)
        default: return []
        }
    }

    private func broken(_ id: StepID, _ moment: Checker.Moment) -> [Checker.Violation] {
        guard let step = steps[id], let item = step.item, item.isPending else {
            return [said("\(id.text) is not open, and \(moment.event.name)")]
        }
        var broken: [Checker.Violation] = []
        if moment.draft.actor.uid == step.requester {
            broken += [
                Checker.Violation(
                    rule: "I13",
                    story: "\(moment.event.name) by who asked: \(id.text)"
                )
            ]
        }
        if moment.draft.at >= item.deadline {
            broken += [said("\(moment.event.name) after the deadline of \(id.text)")]
        }
        return broken
    }

    private func said(_ story: String) -> Checker.Violation {
        Checker.Violation(rule: "courtesy", story: story)
    }
}
