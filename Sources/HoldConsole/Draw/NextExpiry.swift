import HoldCore

/// What runs out first.
struct NextExpiry {
    let deadline: Instant
    let number: Int64
}

extension Model {
    /// The item whose time runs out first, as far as this console knows: the queue's order has it
    /// among the first, so only the top of the list can tell.
    ///
    /// The service counts over everything that is open; rows that a filter or another order left tell
    /// nothing of the rest.
    var nextExpiry: NextExpiry? {
        if let time = queue.counts["next_deadline_ms"],
            let number = queue.counts["next_deadline_number"]
        {
            return NextExpiry(
                deadline: Instant(milliseconds: Int64(time)),
                number: Int64(number)
            )
        }
        guard queue.offset == 0, queue.shownFilter == nil, queue.shownSort == .urgency else {
            return nil
        }
        return queue.rows.lazy.filter { $0.item.state.isPending && !$0.isGone }.map(\.item)
            .min { $0.deadline < $1.deadline }
            .map { NextExpiry(deadline: $0.deadline, number: $0.number) }
    }
}
