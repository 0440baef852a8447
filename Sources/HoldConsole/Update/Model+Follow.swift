import HoldCore

/// Follow mode: the cursor goes where something happens, but never from under a person's hands.
extension Model {
    /// Off, the newest activity, the workflow of the selected item, off.
    mutating func nextFollow() {
        follow.followed = activity.first?.sequence ?? follow.followed
        switch follow.mode {
        case .off:
            follow.mode = .newest
            say(.info, "The cursor follows what happens, two seconds after your last key.")
        case .newest:
            guard let workflow = queue.selection?.workflow else {
                follow.mode = .off
                return say(.info, "The cursor stays.")
            }
            follow.mode = .workflow(workflow)
            say(.info, "The cursor follows \(workflow.text).")
        case .workflow:
            follow.mode = .off
            say(.info, "The cursor stays.")
        }
    }

    /// Moves the cursor to what happened last, if the person is looking at the list and is still.
    mutating func followActivity() {
        guard follow.mode != .off, screen == .triage, zoomed == nil, focus == .queue,
            sheet == nil, prompt == nil, !isLocked, !queue.isPaused, !isRaw,
            now.since(lastKey) >= Self.quiet
        else { return }
        for line in activity.prefix(while: { $0.sequence > follow.followed }) {
            guard let step = line.step else { continue }
            let reference = ItemReference(workflow: line.workflow, step: step)
            guard isFollowed(line), isReachable(reference) else { continue }
            follow.followed = line.sequence
            return moveCursor(to: reference)
        }
    }

    private func isFollowed(_ line: ActivityLine) -> Bool {
        switch follow.mode {
        case .off: false
        case .newest: true
        case .workflow(let workflow): line.workflow == workflow
        }
    }

    private func isReachable(_ reference: ItemReference) -> Bool {
        queue.row(reference) != nil
            || queue.newItems.contains { $0.reference == reference }
    }

    private mutating func moveCursor(to reference: ItemReference) {
        if queue.row(reference) == nil, let window = queue.incoming { takeInAtRest(window) }
        guard let index = queue.index(of: reference),
            queue.selection != reference
        else { return }
        select(at: index)
        follow.movedAt = now
        // What was typed meanwhile was meant for another item.
        outbox.append(.flushInput)
    }

    /// Whether the cursor was moved so lately that a key may have been meant for another item.
    var hasJustFollowed: Bool {
        follow.movedAt.map { now.since($0) < Follow.pause } ?? false
    }
}
