import HoldCore

/// How plain mode says things: words where the console has colours and columns.
enum PlainWords {
    /// A length of time to be heard: `52 s`, `3 min 10 s`, `2 h 5 min`, `4 d`.
    static func left(_ span: Span) -> SafeText {
        let seconds = max(span.milliseconds / 1_000, 0)
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<360_000: "\(seconds / 3_600) h \(seconds / 60 % 60) min"
        default: "\(min(seconds / 86_400, 9_999)) d"
        }
    }

    /// A number and what it counts.
    static func count(_ number: Int, _ one: SafeText, _ many: SafeText) -> SafeText {
        "\(number) " + (number == 1 ? one : many)
    }

    static func seconds(_ span: Span) -> SafeText {
        count(Int(max(span.milliseconds, 0) / 1_000), "second", "seconds")
    }

    /// Lengths of time in whole minutes: `5, 15, 30`.
    static func minutes(_ spans: [Span]) -> SafeText {
        spans.map { SafeText($0.milliseconds / 60_000) }.joined(separator: ", ")
    }

    /// A name of others, short enough to stand in a sentence of ours.
    static func name(_ raw: String) -> SafeText {
        SafeText(lines: [
            Words.name(raw).line.prefix(cells: nameMax, ellipsis: .asciiEllipsis)
        ])
    }

    private static let nameMax = 60

    /// A sentence that may quote others, on one line.
    static func sentence(_ raw: String) -> SafeText {
        SafeText(lines: [SafeText(untrusted: raw, pane: .line).line])
    }

    // MARK: - The list

    /// How many wait, and how fresh that is.
    static func status(_ model: Model) -> SafeText {
        var text: SafeText = "review> \(model.queue.total) waiting"
        text += ", \(model.queue.counts["urgent"] ?? 0) urgent"
        let stuck = model.queue.counts["stuck"] ?? 0
        if stuck > 0 { text += ", \(stuck) with a STUCK undo" }
        if model.queue.filter != nil { text += ", by the filter" }
        text += ". \(freshness(model.freshness))"
        if model.link.separation == .none { text += " Separation: none." }
        return text
    }

    /// How old what is known is.
    static func freshness(_ freshness: Freshness) -> SafeText {
        switch freshness {
        case .connecting: "Not connected yet."
        case .live(let age): "Live, \(seconds(age)) old."
        case .stale(let age): "Stale, \(seconds(age)) old."
        case .tooStale(let age): "Nothing heard for \(seconds(age)): decisions are off."
        case .disconnected(let age): "Not connected for \(seconds(age)): decisions are off."
        }
    }

    /// One row of the list; it fits a row of the terminal, so that no agent's words begin one.
    static func row(
        _ row: QueueList.Row,
        index: Int?,
        count: Int,
        model: Model
    ) -> PlainLine {
        let item = row.item
        let time =
            item.state.isPending
            ? left(item.left(at: model.serviceNow)) : SafeText(ascii: item.state.words)
        var head: SafeText = .empty
        if let index {
            head = SafeText(lines: [SafeText(index).line.padded(to: String(count).count)]) + "  "
        }
        head += SafeText(lines: [item.riskClass.badge.line.padded(to: 5)])
        head += "  \(SafeText(lines: [time.line.padded(to: 11)]))  \(item.number)  "
        let tail = tail(row, model)
        var words: SafeText = "\(name(item.agent)): \(name(item.action))"
        if let summary = item.summary, !summary.isEmpty { words += " \(sentence(summary))" }
        let room = max(model.size.columns - 2 - head.width - tail.width, 8)
        return .ours("\(head)\(words.line.prefix(cells: room, ellipsis: .asciiEllipsis))\(tail)")
    }

    private static func tail(_ row: QueueList.Row, _ model: Model) -> SafeText {
        var tail: SafeText = .empty
        if row.item.isStuck { tail += ", undo STUCK" }
        if row.isChanged { tail += ", revision \(row.item.revision), changed" }
        if let claimer = row.item.claimedBy {
            tail +=
                claimer == model.link.user ? ", claimed by you" : ", claimed by \(name(claimer))"
        }
        return tail
    }
}

extension Obstacle {
    /// The obstacle as plain mode says it: its words for what to do, not the console's keys.
    var spoken: SafeText {
        switch self {
        case .nothingSelected: "Read an item first: type its number."
        case .loading: "The item is still being read: try again."
        case .onHold: "A decision on it is on hold: type undo to take it back."
        case .unread(.lines(let count)):
            "\(PlainWords.count(max(1, count), "line is", "lines are")) not read yet: type more,"
                + " or again from the start."
        case .unread(.hidden(let count)):
            "\(PlainWords.count(count, "hidden character", "hidden characters")):"
                + " type hidden to hear them first."
        case .unread(.bytes(let count)):
            "\(PlainWords.count(count, "byte was", "bytes were")) left out: type full to hear all"
                + " of it first."
        case .lastTier(let tier):
            "Nobody is left to ask: \(PlainWords.name(tier)) is the last tier."
        case .stale, .connecting, .disconnected, .tooSmall, .locked, .decided, .unanswered,
            .editingForbidden, .readOnly, .justMoved:
            PlainWords.sentence(sentence)
        }
    }
}
