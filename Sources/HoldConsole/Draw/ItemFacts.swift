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

    init(_ detail: ItemDetail, width: Int) {
        head = Self.head(detail.item, width: width)
        let tellsAge = detail.undoOperation != nil && detail.item.undoProvenAt != nil
        undo = tellsAge ? nil : Self.undo(detail, at: nil, width: width)
        risk = PaneRow.fact("RISK", Self.riskPieces(detail.item), width: width)
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
