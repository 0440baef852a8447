package import HoldCore

/// What the screen shows.
package enum Screen: Hashable, Sendable {
    /// The queue with everything around it.
    case triage
    /// One item over the whole screen.
    case item
    /// The workflows by the depth that they use.
    case workflows
    /// The steps of one workflow.
    case workflow(WorkflowKey)
    /// The undo chain of a workflow, and what to do where it is stuck.
    case undo(WorkflowKey)
    /// What happened, newest first.
    case history
    /// An item as it was shown and decided.
    case record(ItemReference)
    /// The keys, over what was there before.
    case help
    /// What the service counts.
    case stats
    /// What this shift hands to the next.
    case handoff
    /// What was said and rung for.
    case notifications

    /// Where keys are pressed on it.
    package var place: Keymap.Place {
        switch self {
        case .triage, .item: .queue
        case .workflows, .workflow: .workflows
        case .undo: .undo
        case .history, .record: .history
        case .help: .everywhere
        case .stats: .stats
        case .handoff: .handoff
        case .notifications: .notifications
        }
    }

    /// Whether it shows the panes around the queue, or some of them.
    package var hasPanes: Bool { self == .triage || self == .item }
}

extension Model {
    /// The screen that help lies over, or the one that is shown.
    package var screenBelow: Screen { screen == .help ? trail.last ?? .triage : screen }

    /// Shows a screen; going back leads to the one that is shown now.
    mutating func go(to next: Screen) {
        guard next != screen else { return }
        // A screen that is on the way back is gone back to, so that the way never grows in circles.
        if let index = trail.lastIndex(of: next) {
            trail.removeSubrange(index...)
        } else {
            trail.append(screen)
        }
        screen = next
        if next != .help { zoomed = nil }
    }

    /// Goes back one screen; whether there was one.
    mutating func leaveScreen() -> Bool {
        guard let previous = trail.popLast() else { return false }
        screen = previous
        helpScroll = 0
        helpSearch = nil
        return true
    }
}
