import HoldConsole

/// Which news is an answer to the last key, and so belongs to what the key does: it is drawn at
/// once, and not only as often as news.
struct AwaitedAnswers {
    /// For so long what comes may be what the last key has asked for.
    private static let time = Duration.milliseconds(500)

    private var count = 0
    private var isWindowAwaited = false
    private var until = ContinuousClock.now

    /// Takes note of what a key, or the answer to one, has made the model ask for.
    ///
    /// - Parameters:
    ///   - requests: What the model asks for.
    ///   - awaitsWindow: Whether the part of the queue that is asked for is what shows; one that only
    ///     reads ahead is news.
    mutating func expect(_ requests: [Request], awaitsWindow: Bool) {
        let questions = requests.count(where: \.isQuestion)
        let asksWindow = requests.contains(where: \.isSubscription)
        guard questions > 0 || asksWindow else { return }
        count = questions
        isWindowAwaited = asksWindow && awaitsWindow
        until = .now + Self.time
    }

    /// Whether a message is one of those answers; each is so once.
    mutating func take(_ message: Message) -> Bool {
        if message.isWindow {
            defer { isWindowAwaited = false }
            return isWindowAwaited && .now < until
        }
        guard count > 0, message.isAnswer else { return false }
        count -= 1
        return .now < until
    }
}

extension Request {
    /// Whether it asks the service for a part of the queue.
    fileprivate var isSubscription: Bool {
        if case .subscribe = self { true } else { false }
    }

    /// Whether it asks the service for anything else to show.
    fileprivate var isQuestion: Bool {
        switch self {
        case .loadDetail, .findNumber, .loadWorkflow, .loadHistory, .shift: true
        default: false
        }
    }
}

extension Message {
    /// Whether it answers a subscription.
    fileprivate var isWindow: Bool {
        switch self {
        // What is shown until the answer is there is none.
        case .queueChanged(let window): !window.isProvisional
        case .queueFailed: true
        default: false
        }
    }

    /// Whether it answers another question.
    fileprivate var isAnswer: Bool {
        switch self {
        case .detailLoaded, .detailFailed, .numberFound,
            .numberNotFound, .workflowLoaded, .workflowFailed, .historyLoaded, .historyFailed,
            .shift:
            true
        default: false
        }
    }
}
