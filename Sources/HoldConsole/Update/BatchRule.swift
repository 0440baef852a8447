package import HoldCore

/// Why an item is left out of a batch.
package enum BatchRule: Hashable, Sendable {
    /// It is no longer what was marked, or changed while the sheet was open.
    case changed
    case decided(ItemState)
    /// It is not among the rows: nobody can see it.
    case notListed
    /// A decision of this console on it waits for its time.
    case onHold
    /// A decision of this console on it is not answered.
    case unanswered
    case irreversible
    /// Only LOW is approved in a batch.
    case risk(RiskClass)
    /// Not all lines of it were on the screen.
    case notRead
    /// So many characters are not what they seem.
    case hidden(Int)
    /// A colleague holds it.
    case claimed(String)
    /// Who would approve asked for it.
    case ownRequest
    /// The manifest wants its confirmation typed.
    case typed
    /// It runs out before a hold could be over.
    case expiring
    /// It is not the action of the first one.
    case otherAction(String)
    /// Its arguments are built in another way than those of the first one: another kind of target.
    case otherTarget

    /// The rule in few words; a name in it is raw.
    package var words: String {
        switch self {
        case .changed: "changed, look again"
        case .decided(let state): "already \(state.words)"
        case .notListed: "not in the list now"
        case .onHold: "a decision on it is on hold"
        case .unanswered: "a decision on it is not answered"
        case .irreversible: "IRREV: never in a batch"
        case .risk(let risk): "\(risk.rawValue): only LOW goes in a batch"
        case .notRead: "not opened: see all its lines first"
        case .hidden(let count): "\(count) hidden characters"
        case .claimed(let user): "claimed by \(user)"
        case .ownRequest: "your own request"
        case .typed: "its confirmation has to be typed"
        case .expiring: "runs out too soon for a hold"
        case .otherAction(let action): "not \(action), as the first"
        case .otherTarget: "aimed at something else than the first"
        }
    }
}
