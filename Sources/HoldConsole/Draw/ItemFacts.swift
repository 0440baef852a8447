import HoldCore

/// What the action pane says of an item beside the lines of its action, as far as nothing but the
/// item tells it: made once with its texts, and not each frame.
struct ItemFacts: Hashable, Sendable {
    /// What would run, and for whom.
    let head: [PaneRow]
    /// How it is undone; nil where that says how long ago something was, which is another each time.
    let undo: [PaneRow]?
    /// How risky it is.
    let risk: [PaneRow]
    /// What the agent says in a sentence.
    let says: [PaneRow]
    /// Which gate it waits at; nil where somebody claimed it, which ends by itself.
    let gate: [PaneRow]?
    /// What stands to be checked, before and behind the words on the lines that were seen.
    private let checkBefore: [StyledLine]
    private let checkBehind: [StyledLine]
    private let width: Int

    /// - Parameters:
    ///   - key: The item, and how it is shown.
    ///   - hidden: How many characters of its action are not what they seem.
    ///   - notShown: How many bytes of it the display's limits leave out.
    init(_ key: ItemPages.Key, hidden: Int, notShown: Int) {
        let (detail, width) = (key.detail, key.actionColumns)
        head = Self.head(detail.item, width: width)
        let tellsAge = detail.undoOperation != nil && detail.item.undoProvenAt != nil
        undo = tellsAge ? nil : Self.undo(detail, at: nil, width: width)
        risk = PaneRow.fact("RISK", Self.riskPieces(detail.item), width: width)
        says = Self.says(detail.item, width: width, glyphs: key.glyphs)
        gate = detail.item.claimedBy == nil ? Self.gate(detail.item, width: width) : nil
        checkBefore = Self.revision(detail.item, glyphs: key.glyphs)
        checkBehind = Self.notAsItSeems(hidden: hidden, notShown: notShown)
        self.width = width
    }

    /// What stands to be checked: revision, digest, lines seen, what is not shown as it is.
    func check(_ seen: SeenLines?) -> [PaneRow] {
        let pieces = checkBefore + [Self.words(of: seen)] + checkBehind
        return PaneRow.fact("CHECK", pieces, width: width)
    }

    private static func says(_ item: QueueItem, width: Int, glyphs: GlyphSet) -> [PaneRow] {
        guard let summary = item.summary, !summary.isEmpty else { return [] }
        var head = StyledLine("SAYS", Ink.panel.label)
        head.pad(to: width < 48 ? 5 : PaneRow.labelWidth, Ink.panel.text)
        let line = SafeText(untrusted: summary, pane: .prose).line
        return Array(PaneRow.agent(line, head: head, width: width, glyphs: glyphs).prefix(3))
    }

    /// Which gate it waits at, with what else there is to say of that.
    static func gate(_ item: QueueItem, _ more: [StyledLine] = [], width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var pieces = [
            StyledLine("queue \(Words.name(item.queue))", ink.text),
            StyledLine("tier \(Words.name(item.tier))", ink.text),
            StyledLine(
                item.mode == .sync ? "sync: the agent waits" : "async: the agent goes on",
                ink.text
            ),
        ]
        if item.separation == .none {
            pieces.append(StyledLine("separation: none", ink(.warn, .bold)))
        }
        return PaneRow.fact("GATE", pieces + more, width: width)
    }

    private static func revision(_ item: QueueItem, glyphs: GlyphSet) -> [StyledLine] {
        let digest = item.digest.description.dropFirst("sha256:".count)
        let short =
            SafeText(ascii: String(digest.prefix(4))) + .dots(glyphs)
            + SafeText(ascii: String(digest.suffix(4)))
        return [
            StyledLine("rev \(item.revision)", Ink.panel.text),
            StyledLine("sha \(short)", Ink.panel.text),
        ]
    }

    private static func words(of seen: SeenLines?) -> StyledLine {
        let ink = Ink.panel
        guard let seen, seen.total > 0 else { return StyledLine("not read yet", ink(.warn)) }
        let count = seen.count
        guard count >= seen.total else {
            return StyledLine("\(count) of \(seen.total) lines seen", ink(.warn, .bold))
        }
        return StyledLine(
            seen.total == 1 ? "the 1 line seen" : "all \(seen.total) lines seen",
            ink.text
        )
    }

    private static func notAsItSeems(hidden: Int, notShown: Int) -> [StyledLine] {
        let ink = Ink.panel
        var pieces = [
            hidden == 0
                ? StyledLine("0 hidden", ink.text)
                : StyledLine(" \(hidden) HIDDEN: x shows ", .neutralised)
        ]
        if notShown > 0 {
            pieces.append(
                StyledLine("\(notShown) bytes not shown: o opens", ink(.danger, .bold))
            )
        }
        return pieces
    }

    private static func head(_ item: QueueItem, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        // An asynchronous step does not wait for the review, and a final one is past it: to say
        // that they will run would be wrong.
        let label: SafeText =
            !item.state.isPending ? "ACTION" : item.mode == .sync ? "WILL RUN" : "MAY RUN"
        var pieces = [
            StyledLine(Words.name(item.action), ink.bold),
            StyledLine("by \(Words.name(item.agent))", ink.text),
            StyledLine("as \(Words.name(item.requestedBy))", ink.text),
        ]
        if item.mode != .sync, item.state.isPending {
            pieces.append(StyledLine("without waiting for you", ink(.warn)))
        }
        return PaneRow.fact(label, pieces, width: width)
    }

    /// How it is undone, and how long ago that was proven at a time.
    static func undo(_ detail: ItemDetail, at now: Instant?, width: Int) -> [PaneRow] {
        PaneRow.fact("UNDO", undoPieces(detail, at: now), width: width)
    }

    private static func undoPieces(_ detail: ItemDetail, at now: Instant?) -> [StyledLine] {
        let ink = Ink.panel
        let item = detail.item
        guard let operation = detail.undoOperation else {
            return [StyledLine("none: nothing takes this step back", ink(.danger, .bold))]
                + rejectionPieces(item)
        }
        let proven: StyledLine =
            if let at = item.undoProvenAt, let now {
                StyledLine("proven \(Clock.age(now - at)) ago", ink(.ok))
            } else {
                StyledLine("never proven", ink(.warn))
            }
        return [StyledLine("yes: \(Words.name(operation))", ink.text), proven]
            + rejectionPieces(item)
    }

    private static func rejectionPieces(_ item: QueueItem) -> [StyledLine] {
        guard item.state.isPending else { return [] }
        let steps: SafeText = item.undoSteps > 0 ? .count(item.undoSteps, "step") : "nothing"
        return [StyledLine("rejecting undoes \(steps)", Ink.panel.text)]
    }

    private static func riskPieces(_ item: QueueItem) -> [StyledLine] {
        let ink = Ink.panel
        let word: SafeText = item.riskClass == .irreversible ? "IRREVERSIBLE" : item.riskClass.badge
        let given: StyledLine =
            if let risk = item.risk {
                StyledLine("the agent says \(SafeText(ascii: Self.number(risk)))", ink.text)
            } else {
                StyledLine("the agent gave none", ink.text)
            }
        var pieces = [StyledLine(word, item.riskClass.style(on: ink)), given]
        if item.approvalsNeeded > 1 {
            pieces.append(
                StyledLine(
                    "\(item.approvalsGiven) of \(item.approvalsNeeded) approvals",
                    ink.text
                )
            )
        }
        return pieces
    }

    /// A share with two decimals.
    private static func number(_ share: Double) -> String {
        let hundredths = Int((min(max(share, 0), 1) * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
