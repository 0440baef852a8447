package import HoldCore

/// Why a decision key does nothing at the moment.
package enum Obstacle: Hashable, Sendable {
    case connecting
    case disconnected
    /// Nothing was heard of the service for so long.
    case stale(Span)
    /// The screen cannot show what would be decided.
    case tooSmall(Size)
    /// Stray typing was seen.
    case locked
    case nothingSelected
    /// The item's detail has not come yet, or an older one is shown.
    case loading
    /// The item is final.
    case decided(ItemState)
    /// This console has a decision on it on hold.
    case onHold
    /// This console sent a decision on it that is not answered.
    case unanswered
    case unread(Unread)
    /// The manifest forbids editing.
    case editingForbidden
    /// Nobody is left to ask.
    case lastTier(String)
    /// The service can write nothing, in its own words, raw.
    case readOnly(String)
    /// Follow mode moved the cursor a moment ago.
    case justMoved

    /// The obstacle in a plain sentence.
    package var sentence: String {
        switch self {
        case .connecting: "Not connected yet: decisions are off."
        case .disconnected: "Not connected: decisions are off until we are back."
        case .stale(let age):
            "Nothing heard for \(Int(age.seconds)) s: decisions are off until the service answers."
        case .tooSmall: "Too small to decide: 40x10 at least."
        case .locked: "Stray typing seen. Decision keys locked. Esc unlocks."
        case .nothingSelected: "No item is selected."
        case .loading: "The item is still being read."
        case .decided(let state): "Already final: \(state.words)."
        case .onHold: "A decision on it is on hold: u takes it back."
        case .unanswered: "A decision on it was sent and is not answered yet."
        case .unread(.lines(let count)):
            SafeText.count(max(1, count), "line").plain
                + " not seen yet: press 2 and scroll to the end."
        case .unread(.hidden(let count)):
            "\(SafeText.count(count, "hidden character").plain): look with x first."
        case .unread(.bytes(let count)):
            "\(SafeText.count(count, "byte").plain) not shown: open it in full with o first."
        case .editingForbidden: "The manifest forbids editing these arguments."
        case .lastTier(let tier): "\(tier) is the last tier: nobody is left to ask."
        case .readOnly(let why): "The service cannot write, decisions are off: \(why)"
        case .justMoved: "The cursor has just moved by itself: look again."
        }
    }
}

extension ItemState {
    /// The state in words for a person.
    package var words: String {
        switch self {
        case .pendingReview: "waiting"
        case .modified: "edited, waits for another person"
        case .approved: "approved"
        case .rejected: "rejected"
        case .timeout: "expired"
        case .withdrawn: "withdrawn"
        }
    }
}

extension Model {
    /// The least size at which anything can be decided.
    package static let decidingSize = Size(columns: 40, rows: 10)

    /// Why nothing can be decided at all at the moment; nil: decisions are on.
    package var decisionsOff: Obstacle? {
        switch freshness {
        case .connecting: return .connecting
        case .disconnected: return .disconnected
        case .tooStale(let age): return .stale(age)
        case .live, .stale: break
        }
        if size.columns < Self.decidingSize.columns || size.rows < Self.decidingSize.rows {
            return .tooSmall(size)
        }
        if case .readOnly(let why) = health { return .readOnly(why) }
        return isLocked ? .locked : nil
    }

    /// Why a decision key does nothing to the selected item; nil: it opens its sheet.
    package func obstacle(to command: Keymap.Command) -> Obstacle? {
        if let decisionsOff { return decisionsOff }
        guard let row = queue.selectedRow else { return .nothingSelected }
        let reference = row.item.reference
        if hasJustFollowed { return .justMoved }
        if holds.contains(where: { $0.verdict.target.reference == reference }) { return .onHold }
        if outgoing.contains(where: { $0.verdict.target.reference == reference }) {
            return .unanswered
        }
        guard row.item.state.isPending else { return .decided(row.item.state) }
        guard let selected, selected.reference == reference, let detail = selected.detail,
            detail.item.digest == row.item.digest
        else { return .loading }
        guard detail.item.state.isPending else { return .decided(detail.item.state) }
        switch command {
        case .approve: return selected.unread.map(Obstacle.unread)
        case .modify:
            if detail.modify == .forbid { return .editingForbidden }
            return selected.unread.map(Obstacle.unread)
        case .escalate: return detail.isLastTier ? .lastTier(detail.item.tier) : nil
        case .moveDown, .moveUp, .pageDown, .pageUp, .halfPageDown, .halfPageUp, .first, .last,
            .nextPane, .previousPane, .open, .back, .quit, .reject, .takeBack, .rawText, .pager,
            .filter, .pauseList, .takeIn, .zoom, .nextTheme, .redraw, .suspend, .help,
            .commandLine, .retry, .viewFrozen, .wrapLines, .moveLeft, .moveRight, .nextBlock,
            .previousBlock, .nextMatch, .copyMenu:
            return nil
        case .stats, .handoff, .notifications, .claim, .snooze, .note, .snoozed, .follow,
            .testNotification:
            return nil
        case .workflows, .history, .undoChain, .pause, .retryUndo, .resolveUndo, .skipUndo:
            return nil
        case .previousMatch, .filterMenu, .sortMenu, .palette, .mark, .markRange,
            .clearMarks, .batch:
            return nil
        }
    }
}

extension ItemDetail {
    /// The tier that an escalation would ask; nil when there is none or it is not known.
    package var nextTier: String? {
        guard let index = tiers.firstIndex(of: item.tier), index + 1 < tiers.count else {
            return nil
        }
        return tiers[index + 1]
    }

    /// Whether it is known that nobody is left to ask.
    package var isLastTier: Bool { tiers.last == item.tier }
}
