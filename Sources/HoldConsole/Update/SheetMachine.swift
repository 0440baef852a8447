/// The way of one approval from the opened sheet to the recorded decision.
///
/// Pure: times, texts and digests are compared outside and come in as inputs. The whole table is
/// in the tests, to be read.
package enum SheetMachine {
    /// Where one approval is.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// The sheet is open and has not been painted whole. → arming, closed
        case opened
        /// The sheet has been on the screen for less than the arming time. → armed, closed
        case arming
        /// It takes a confirmation. → arming, holding, closed
        case armed
        /// Confirmed; it can still be taken back. → sending, closed
        case holding
        /// It is on its way. → decided, closed, unknown
        case sending
        /// Nobody knows whether it counts. → asking, decided, closed
        case unknown
        /// The service was asked. → decided, closed, unknown
        case asking
        /// It was recorded.
        case decided
        /// Nothing was recorded.
        case closed
    }

    /// What can happen to it.
    package enum Input: String, Hashable, Sendable, CaseIterable {
        /// The sheet is on the screen, border to border.
        case painted
        case armingOver
        /// The confirm key, or Enter behind the right words; digest the same, every line seen.
        case confirm
        /// As above, but lines of the action were never on the screen.
        case confirmUnread
        /// Enter behind other words than the right ones.
        case confirmWrong
        /// A key for the text field of a typed confirmation.
        case text
        case paste
        case escape
        case otherKey
        /// Keys came too fast to be meant.
        case burst
        case takeBack
        /// The item has another digest, or is decided, or gone.
        case itemChanged
        case focusLost
        case focusGained
        case resized
        case suspended
        case disconnected
        case quit
        case holdOver
        case recorded
        case refused
        case noAnswer
        /// The service can be asked.
        case reachable
        /// The service's record has the decision.
        case foundRecorded
        /// The service's record does not have it.
        case foundAbsent
    }

    /// What follows.
    package enum Effect: String, Hashable, Sendable {
        case startArming
        /// Unread keys are dropped and the arming starts again.
        case restartArming
        case dropKey
        case editText
        case sayUnread
        case sayWrong
        case hold
        case send
        case ask
        /// Away with the sheet or the hold; nothing was sent.
        case sayNothingSent
        case sayRecorded
        case sayRefused
        case sayUnknown
        case sayNotRecorded
    }

    /// One step of the way.
    package static func next(_ state: State, _ input: Input) -> (State, [Effect]) {
        switch state {
        case .opened: opened(input)
        case .arming: arming(input)
        case .armed: armed(input)
        case .holding: holding(input)
        case .sending: sending(input)
        case .unknown: unknown(input)
        case .asking: asking(input)
        case .decided, .closed: (state, [])
        }
    }

    private static func opened(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .painted: (.arming, [.startArming])
        case .confirm, .confirmUnread, .confirmWrong, .text, .paste: (.opened, [.dropKey])
        case .focusGained: (.opened, [.restartArming])
        case .escape, .otherKey, .burst, .itemChanged, .focusLost, .resized, .suspended,
            .disconnected, .quit:
            (.closed, [.sayNothingSent])
        case .armingOver, .takeBack, .holdOver, .recorded, .refused, .noAnswer, .reachable,
            .foundRecorded, .foundAbsent:
            (.opened, [])
        }
    }

    private static func arming(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .armingOver: (.armed, [])
        case .confirm, .confirmUnread, .confirmWrong, .text, .paste:
            (.opened, [.dropKey, .restartArming])
        case .focusGained: (.opened, [.restartArming])
        case .escape, .otherKey, .burst, .itemChanged, .focusLost, .resized, .suspended,
            .disconnected, .quit:
            (.closed, [.sayNothingSent])
        case .painted, .takeBack, .holdOver, .recorded, .refused, .noAnswer, .reachable,
            .foundRecorded, .foundAbsent:
            (.arming, [])
        }
    }

    private static func armed(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .confirm: (.holding, [.hold])
        case .confirmUnread: (.armed, [.dropKey, .sayUnread])
        case .confirmWrong: (.armed, [.sayWrong])
        case .text: (.armed, [.editText])
        case .paste: (.opened, [.dropKey, .restartArming])
        case .focusGained: (.opened, [.restartArming])
        case .escape, .otherKey, .burst, .itemChanged, .focusLost, .resized, .suspended,
            .disconnected, .quit:
            (.closed, [.sayNothingSent])
        case .painted, .armingOver, .takeBack, .holdOver, .recorded, .refused, .noAnswer,
            .reachable, .foundRecorded, .foundAbsent:
            (.armed, [])
        }
    }

    private static func holding(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .holdOver: (.sending, [.send])
        case .takeBack, .itemChanged, .suspended, .disconnected, .quit:
            (.closed, [.sayNothingSent])
        case .painted, .armingOver, .confirm, .confirmUnread, .confirmWrong, .text, .paste,
            .escape, .otherKey, .burst, .focusLost, .focusGained, .resized, .recorded, .refused,
            .noAnswer, .reachable, .foundRecorded, .foundAbsent:
            (.holding, [])
        }
    }

    private static func sending(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .recorded: (.decided, [.sayRecorded])
        case .refused: (.closed, [.sayRefused])
        case .noAnswer, .disconnected: (.unknown, [.sayUnknown])
        case .painted, .armingOver, .confirm, .confirmUnread, .confirmWrong, .text, .paste,
            .escape, .otherKey, .burst, .takeBack, .itemChanged, .focusLost, .focusGained,
            .resized, .suspended, .quit, .holdOver, .reachable, .foundRecorded, .foundAbsent:
            (.sending, [])
        }
    }

    private static func unknown(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .reachable: (.asking, [.ask])
        case .recorded: (.decided, [.sayRecorded])
        case .refused: (.closed, [.sayRefused])
        case .painted, .armingOver, .confirm, .confirmUnread, .confirmWrong, .text, .paste,
            .escape, .otherKey, .burst, .takeBack, .itemChanged, .focusLost, .focusGained,
            .resized, .suspended, .disconnected, .quit, .holdOver, .noAnswer, .foundRecorded,
            .foundAbsent:
            (.unknown, [])
        }
    }

    private static func asking(_ input: Input) -> (State, [Effect]) {
        switch input {
        case .foundRecorded, .recorded: (.decided, [.sayRecorded])
        case .foundAbsent: (.closed, [.sayNotRecorded])
        case .refused: (.closed, [.sayRefused])
        case .noAnswer, .disconnected: (.unknown, [])
        case .painted, .armingOver, .confirm, .confirmUnread, .confirmWrong, .text, .paste,
            .escape, .otherKey, .burst, .takeBack, .itemChanged, .focusLost, .focusGained,
            .resized, .suspended, .quit, .holdOver, .reachable:
            (.asking, [])
        }
    }
}
