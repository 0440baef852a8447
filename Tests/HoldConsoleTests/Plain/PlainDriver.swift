import HoldCore
import Testing

@testable import HoldConsole

/// Plain mode without a terminal and without a service: lines, time and answers as a test says.
struct PlainDriver {
    var session: PlainSession
    /// Everything that was asked for, oldest first.
    private(set) var requests: [Request] = []
    /// Everything that was said, oldest first.
    private(set) var lines: [PlainLine] = []
    /// All of it as a person reads it, with the answers typed.
    private(set) var transcript = ""
    /// The question that stands.
    private(set) var prompt = ""
    /// When it was asked.
    private(set) var askedAt: Moment
    private(set) var isOver = false
    /// What the service would answer to ``Request/loadDetail(_:)``; none: it stays silent.
    var details: [ItemReference: ItemDetail] = [:]
    private(set) var now: Moment

    /// When the sample items of ``ConsoleDriver`` are asked about.
    static let usualTime = Instant(milliseconds: 1_790_000_000_000)

    init(columns: Int = 110, hasEditor: Bool = true, at time: Instant = usualTime) {
        now = Moment(steady: Span(seconds: 1_000), wall: time)
        askedAt = now
        session = PlainSession(
            address: "/run/review.sock",
            columns: columns,
            hasEditor: hasEditor,
            now: now
        )
    }

    /// One that is connected and has said the list.
    static func showing(
        _ items: [QueueItem],
        details: [ItemDetail]? = nil,
        columns: Int = 110,
        at time: Instant = usualTime
    ) -> PlainDriver {
        var driver = PlainDriver(columns: columns, at: time)
        for detail in details ?? items.map(ItemDetail.sample) {
            driver.details[detail.item.reference] = detail
        }
        driver.send(
            .connected(Connection(place: "", user: "alice", separation: .enforced))
        )
        driver.show(items)
        return driver
    }

    mutating func send(_ message: Message) { feed(.news(message)) }

    /// Types a line and Enter.
    mutating func type(_ answers: String...) {
        for answer in answers {
            transcript += answer + "\n"
            feed(.line(answer))
        }
    }

    mutating func end() { feed(.ended) }

    /// Lets time go by, ticking as asked for, with the service heard of all along.
    mutating func advance(ms: Int64, hearing: Bool = true) {
        let target = now.adding(Span(milliseconds: ms))
        while now < target {
            let next = min(session.wake, target)
            now = next > now ? next : now.adding(Span(milliseconds: 1))
            if hearing { send(.heard(serviceTime: nil)) }
            feed(.time)
        }
    }

    /// Jumps ahead without a tick in between, as over a stopped process.
    mutating func jump(ms: Int64) {
        now = now.adding(Span(milliseconds: ms))
        feed(.time)
    }

    mutating func feed(_ event: PlainSession.Event) {
        var outputs = session.take(event, at: now)
        while !outputs.isEmpty {
            var asked: [ItemReference] = []
            for output in outputs { take(output, &asked) }
            outputs = session.take(.written, at: now)
            for reference in asked {
                guard let detail = details[reference] else { continue }
                outputs += session.take(.news(.detailLoaded(detail)), at: now)
            }
        }
    }

    private mutating func take(_ output: PlainOutput, _ asked: inout [ItemReference]) {
        switch output {
        case .say(let line):
            lines.append(line)
            for row in line.rows(columns: session.columns) { transcript += row + "\n" }
        case .ask(let question):
            prompt = question.plain
            askedAt = now
            transcript += prompt + " "
        case .request(let request):
            requests.append(request)
            if case .loadDetail(let reference) = request { asked.append(reference) }
        case .end: isOver = true
        }
    }

    /// The service's queue becomes this.
    mutating func show(_ items: [QueueItem], sequence: Int64 = 1) {
        guard let query = session.model.queue.asked else { return }
        var window = Sample.window(items.filter(\.state.isPending), for: query)
        window.sequence = sequence
        send(.queueChanged(window))
    }

    /// The item changes at the service: another revision, other arguments, another digest.
    mutating func revise(_ item: QueueItem) -> QueueItem {
        var revised = item
        revised.revision += 1
        revised.digest = Digest(of: Array("\(item.number) \(revised.revision)".utf8))
        var detail = ItemDetail.sample(revised)
        detail.arguments = ["revision": .integer(Int64(revised.revision)), "online": true]
        detail.proposedArguments = detail.arguments
        details[item.reference] = detail
        return revised
    }

    /// Answers the decision that is under way.
    mutating func record(_ state: ItemState) {
        guard let verdict = decisions.last else { return }
        send(.recorded(verdict.id, Recorded(state: state)))
    }

    var decisions: [Verdict] {
        requests.compactMap {
            switch $0 {
            case .decide(let verdict), .escalate(let verdict): verdict
            default: nil
            }
        }
    }

    var approvals: [Verdict] { decisions.filter { $0.kind == .approve || $0.kind == .modify } }

    func hasSaid(_ words: String) -> Bool { transcript.contains(words) }
}

extension PlainDriver: CustomTestStringConvertible {
    var testDescription: String { String(transcript.suffix(1_500)) }
}
