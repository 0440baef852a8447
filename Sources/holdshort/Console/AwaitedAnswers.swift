import HoldConsole

/// Which news is an answer to the last key, and so belongs to what the key does: it is drawn at
/// once, and not only as often as news.
struct AwaitedAnswers {
    /// For so long what comes may be what the last key has asked for.
    private static let time = Duration.milliseconds(500)

    private var count = 0
    private var until = ContinuousClock.now

    /// Takes note of what a key, or the answer to one, has made the model ask for.
    mutating func expect(_ requests: [Request]) {
        let questions = requests.count(where: \.isQuestion)
        guard questions > 0 else { return }
        count = questions
        until = .now + Self.time
    }

    /// Whether a message is one of those answers; each is so once.
    mutating func take(_ message: Message) -> Bool {
        guard count > 0, message.isAnswer else { return false }
        count -= 1
        return .now < until
    }
}

extension Request {
    /// Whether it asks the service for something to show.
    fileprivate var isQuestion: Bool {
        switch self {
        case .subscribe, .loadDetail, .findNumber, .loadWorkflow, .loadHistory, .shift: true
        default: false
        }
    }
}

extension Message {
    /// Whether it answers such a question.
    fileprivate var isAnswer: Bool {
        switch self {
        // What is shown until the answer is there is none.
        case .queueChanged(let window): !window.isProvisional
        case .queueFailed, .detailLoaded, .detailFailed, .numberFound,
            .numberNotFound, .workflowLoaded, .workflowFailed, .historyLoaded, .historyFailed,
            .shift:
            true
        default: false
        }
    }
}
