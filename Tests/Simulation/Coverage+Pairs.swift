import HoldCore

/// Which state met which request: every pair has to be reached, or a rule of the table was never tried.
extension Coverage {
    /// One state of one thing, and what was asked in it.
    struct Pair: Hashable {
        var thing: Thing
        var state: Int
        var ask: Int
    }

    /// What has a state.
    enum Thing: String, CaseIterable {
        case item, link, chain

        /// The words of its states; the first stands for a step or a workflow that nobody knows.
        var states: [String] {
            switch self {
            case .item: ["unknown", "none", "begun without"] + ItemState.allCases.map(\.rawValue)
            case .link: ["unknown"] + UndoLink.State.allCases.map(\.rawValue)
            case .chain: ["unknown", "idle", "running", "stuck"]
            }
        }
    }

    mutating func note(_ thing: Thing, state: Int, _ ask: Ask) {
        guard let ask = ask.kind else { return }
        seen.insert(Pair(thing: thing, state: state, ask: ask.rawValue))
    }

    static func item(_ step: ReferenceStep?) -> Int {
        guard let step else { return 0 }
        guard let item = step.item else { return step.permit == nil ? 1 : 2 }
        return 3 + (ItemState.allCases.firstIndex(of: item.state) ?? 0)
    }

    static func link(_ state: UndoLink.State) -> Int {
        1 + (UndoLink.State.allCases.firstIndex(of: state) ?? 0)
    }

    /// How many pairs were reached.
    package var pairsReached: Int { seen.count }

    /// The pairs that can be and were never reached, in words.
    package var pairsMissing: [String] {
        Thing.allCases.flatMap { thing in
            thing.states.indices.flatMap { state in
                Ask.Kind.allCases.compactMap { ask in
                    let pair = Pair(thing: thing, state: state, ask: ask.rawValue)
                    let words = "\(thing.rawValue) \(thing.states[state]) × \(ask)"
                    return seen.contains(pair) || Coverage.cannotBe.contains(words) ? nil : words
                }
            }
        }
    }

    /// Pairs that nothing can bring about: an undo is only ever called for a step that began, and with
    /// its chain every item that pends on it is withdrawn.
    static let cannotBe: Set<String> = [
        "item unknown × reportUndo", "item none × reportUndo", "item pending_review × reportUndo",
        "item modified × reportUndo", "link unknown × reportUndo", "link recorded × reportUndo",
        "chain unknown × reportUndo",
    ]
}

extension Ask {
    /// What can be asked of a step.
    enum Kind: Int, CaseIterable {
        case propose, finish, withdraw, wait, approve, reject, modify, escalate
        case claim, release, snooze, note
        case reportUndo, retryUndo, skipUndo, resolveUndo
    }

    /// What kind of request it is; nil when it is not about a step.
    var kind: Kind? {
        switch self {
        case .wait: .wait
        case .settle, .look: nil
        case .command(let command): command.kind
        }
    }

    /// In one word.
    var name: String {
        switch self {
        case .settle: "settle"
        case .look: "look"
        case .wait, .command: kind.map { "\($0)" } ?? "something else"
        }
    }
}

extension Command {
    fileprivate var kind: Ask.Kind? {
        switch self {
        case .propose: .propose
        case .finish: .finish
        case .withdraw: .withdraw
        case .review(let review):
            switch review.verdict {
            case .approve: .approve
            case .reject: .reject
            case .modify: .modify
            }
        case .escalate: .escalate
        case .claim: .claim
        case .release: .release
        case .snooze: .snooze
        case .note: .note
        case .reportUndo: .reportUndo
        case .retryUndo: .retryUndo
        case .skipUndo: .skipUndo
        case .resolveUndo: .resolveUndo
        default: nil
        }
    }
}
