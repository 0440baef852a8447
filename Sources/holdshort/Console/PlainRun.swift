import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldTerminal
import HoldWire
import Synchronization

/// One run of plain mode: reads lines, writes lines, nothing else; no byte of it steers a terminal.
struct PlainRun {
    var paths: RuntimePaths
    /// Why it is plain although nobody asked for that; nil when somebody did.
    var reason: SafeText?

    /// Runs until the person quits or the input ends.
    ///
    /// - Throws: `CommandFailure` when the host gives no descriptor to wait with.
    func run() async throws {
        let connection = HoldClient.Connection.start(
            ConnectionOptions(
                path: paths.reviewSocket,
                client: WireParty(name: "plain", version: Holdshort.version)
            )
        )
        try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                defer { connection.close() }
                do {
                    let waker = try Waker()
                    let inbox = Inbox(waker: waker)
                    let link = ConsoleLink(connection: connection, inbox: inbox, place: "")
                    if let reason { Output.write(reason.plain + "\n", to: STDOUT_FILENO) }
                    var loop = PlainLoop(
                        address: paths.reviewSocket,
                        inbox: inbox,
                        link: link,
                        hasEditor: PlainRun.hasEditor
                    )
                    loop.run()
                    link.close()
                    continuation.resume()
                } catch {
                    continuation.resume(
                        throwing: CommandFailure("no_descriptor", "\(error)")
                    )
                }
            }
            thread.stackSize = 8 * 1_024 * 1_024
            thread.start()
        }
    }

    /// Whether the person can edit here: with an editor that was chosen, on a terminal.
    private static var hasEditor: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && ChosenProgram.hasEditor
    }
}

/// Plain mode made real: one thread that waits for lines and for news.
private struct PlainLoop {
    private var session: PlainSession
    private let inbox: Inbox
    private let link: any ConsoleRequests
    private let isASCII = !PlainLoop.isUTF8
    private let stopKey: StopKey
    private var lines = LineBuffer()

    init(address: String, inbox: Inbox, link: any ConsoleRequests, hasEditor: Bool) {
        self.inbox = inbox
        self.link = link
        stopKey = StopKey(waker: inbox.waker)
        session = PlainSession(
            address: address,
            columns: PlainLoop.columns,
            hasEditor: hasEditor,
            now: ConsoleLoop.now()
        )
    }

    /// The terminal's width; 80 in a pipe, which may well end at a terminal.
    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }

    /// Whether the locale is UTF-8; elsewhere bytes of a letter may be control characters.
    private static var isUTF8: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
            .first { !$0.isEmpty }
        let name = (locale ?? "").lowercased()
        return name.contains("utf-8") || name.contains("utf8")
    }

    mutating func run() {
        link.follow()
        while !session.isOver {
            // A line is taken only as an answer: what comes before its question is left unread.
            while session.isAsking, let line = lines.next() { feed(.line(line)) }
            if session.isAsking, lines.hasEnded { feed(.ended) }
            guard !session.isOver else { return }
            wait()
            if stopKey.take() { stop() }
            for message in inbox.takeAll() { feed(.news(message)) }
            if ConsoleLoop.now() >= session.wake { feed(.time) }
        }
    }

    private mutating func wait() {
        let left = session.wake.steady.milliseconds - ConsoleLoop.now().steady.milliseconds
        let wantsInput = session.isAsking && !lines.hasEnded
        var waits = [
            pollfd(fd: inbox.waker.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wantsInput ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waits, 2, Int32(clamping: max(0, left))) > 0 else { return }
        if waits[0].revents != 0 { inbox.waker.take() }
        if waits[1].revents != 0 { lines.read(STDIN_FILENO) }
    }

    /// Drops what is on hold, and stops until the shell goes on with us.
    private mutating func stop() {
        feed(.news(.resumed))
        kill(getpid(), SIGSTOP)
    }

    private mutating func feed(_ event: PlainSession.Event) {
        var outputs = session.take(event, at: ConsoleLoop.now())
        while !outputs.isEmpty {
            // Before the question is there, so that no answer to it is lost.
            if outputs.contains(.request(.flushInput)) { flushInput() }
            var text = ""
            for output in outputs {
                switch output {
                case .say(let line):
                    let rows = line.rows(columns: session.columns, isASCII: isASCII)
                    for row in rows { text += row + "\n" }
                case .ask(let question):
                    text += (isASCII ? PlainLine.ascii(question.plain) : question.plain) + " "
                case .request, .end: break
                }
            }
            if !text.isEmpty { Output.write(text, to: STDOUT_FILENO) }
            for case .request(let request) in outputs { perform(request) }
            link.drawn()
            outputs = session.take(.written, at: ConsoleLoop.now())
        }
    }

    private mutating func perform(_ request: Request) {
        switch request {
        case .openEditor(let job): edit(job)
        case .subscribe, .loadDetail, .decide, .escalate, .halt, .askOutcome, .retryConnection,
            .shift, .loadWorkflow, .steer, .loadHistory, .checkHistory, .decideAll, .findNumber:
            link.perform(request)
        case .flushInput, .openPager, .redraw, .bell, .setTitle, .suspend, .quit, .notify, .mouse,
            .copy, .expectDetails:
            break
        }
    }

    /// What was typed before a question is no answer to it; in a pipe nobody types.
    private mutating func flushInput() {
        guard isatty(STDIN_FILENO) == 1 else { return }
        tcflush(STDIN_FILENO, TCIFLUSH)
        lines.clear()
    }

    private mutating func edit(_ job: EditorJob) {
        do {
            let file = try ScratchFile(
                name: "holdshort-edit-\(job.target.number).json",
                content: Array(job.text.utf8)
            )
            let editor = ChosenProgram.editor
            let child = ChildProcess(arguments: editor.arguments(opening: file.path))
            let isSaved =
                switch child.start() {
                case .success(let running): running.wait() == .exited(0)
                case .failure: false
                }
            inbox.put(.editorReturned(job, isSaved ? file.content() : nil))
        } catch {
            inbox.put(.editorReturned(job, nil))
            inbox.put(.requestFailed("the editor: \(error)"))
        }
    }
}

/// Whether Ctrl-Z was pressed: the loop stops the process itself, once nothing is on hold.
private final class StopKey: Sendable {
    private let isPressed = Mutex(false)

    init(waker: Waker) {
        signal(SIGTSTP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTSTP, queue: .global())
        // It keeps itself alive by its handler, for as long as the process runs.
        source.setEventHandler {
            withExtendedLifetime(source) {
                self.isPressed.withLock { $0 = true }
                waker.wake()
            }
        }
        source.resume()
    }

    func take() -> Bool {
        isPressed.withLock { isPressed in
            defer { isPressed = false }
            return isPressed
        }
    }
}

/// Bytes of standard input as lines.
struct LineBuffer {
    /// A longer line is an answer to nothing; its beginning is kept.
    private static let lineMax = 65_536

    private var bytes: [UInt8] = []
    private(set) var hasEnded = false

    /// The next whole line, without its end; at the end of the input also what has none.
    mutating func next() -> String? {
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        let line = bytes[..<end].prefix(Self.lineMax)
        bytes.removeFirst(end + 1)
        return String(decoding: line, as: UTF8.self)
    }

    /// Reads what is there; a line that is never ended is forgotten with the input's end.
    mutating func read(_ descriptor: Int32) {
        var chunk = [UInt8](repeating: 0, count: 4_096)
        let count = chunk.withUnsafeMutableBytes {
            Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
        if count > 0 {
            if bytes.count < 2 * Self.lineMax { bytes += chunk[..<count] }
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            hasEnded = true
        }
    }

    mutating func clear() { bytes = [] }
}
