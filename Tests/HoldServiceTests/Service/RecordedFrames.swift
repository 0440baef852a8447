import HoldCore

/// Frames as clients send them, and what becomes of them on a bad line.
struct RecordedFrames {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// What opens a session.
    static let opening = frame(
        "session.open",
        ["protocol": "holdshort/1", "client": ["name": "frames"]]
    )

    /// Every agent's request once, the proposals first.
    static let ofAgents: [[UInt8]] = [
        frame(
            "step.propose",
            [
                "workflow": "f", "step": "f/1", "action": "make_draft", "risk": 0.5,
                "arguments": ["n": 1, "text": "ä\u{1F600}"], "summary": "A draft",
                "undo": ["arguments": ["n": 1]],
            ]
        ),
        frame("step.propose", ["workflow": "f", "step": "f/2", "action": "drop_table"]),
        frame("workflow.open", ["workflow": "f", "title": "Frames", "labels": ["a": "b"]]),
        frame("step.wait", ["workflow": "f", "step": "f/1", "timeout_seconds": 0]),
        frame(
            "step.finish",
            ["workflow": "f", "step": "f/1", "permit": "none", "outcome": "succeeded"]
        ),
        frame("step.withdraw", ["workflow": "f", "step": "f/2", "reason": "no more"]),
        frame("workflow.get", ["workflow": "f"]),
        frame("workflow.settle", ["workflow": "f", "timeout_seconds": 0]),
        frame("checkpoint.save", ["workflow": "f", "data": ["at": 7]]),
        frame("checkpoint.load", ["workflow": "f"]),
        frame("undo.serve", ["operations": ["remove_draft"]]),
        frame("workflow.finish", ["workflow": "f", "outcome": "done"]),
    ]

    /// Every request of reviewers once.
    static let ofReviewers: [[UInt8]] = [
        frame("queue.list", ["limit": 10]), frame("queue.subscribe", ["offset": 0, "limit": 10]),
        frame("item.get", ["item": ["workflow": "f", "step": "f/1"]]),
        frame("item.claim", ["item": ["number": 1]]),
        frame("item.claim", ["item": ["workflow": "f", "step": "f/1"], "seconds": 5]),
        frame("item.release", ["item": ["workflow": "f", "step": "f/1"]]),
        frame("item.snooze", ["item": ["workflow": "f", "step": "f/1"], "seconds": 60]),
        frame("item.note", ["item": ["workflow": "f", "step": "f/1"], "text": "look"]),
        frame("handoff.get", ["since": "2026-11-21T10:12:00.000Z"]),
        frame("handoff.note", ["text": "see you"]),
        frame(
            "item.decide",
            [
                "item": ["workflow": "f", "step": "f/1"], "decision": "reject", "reason": "no",
                "digest": .string(Digest(of: [UInt8]()).description),
            ]
        ),
        frame("undo.preview", ["item": ["number": 1]]), frame("workflow.list", ["limit": 5]),
        frame("audit.list", ["after": 0, "limit": 20]), frame("audit.verify", [:]),
        frame("queue.list", ["text": "risk:>=0.5 -wf:g \"a b\" left:<2m claimed:me", "limit": 10]),
        frame(
            "audit.list",
            [
                "before": 90, "types": ["item_opened"], "kinds": ["agent"], "text": "draft",
                "since": "2026-01-01T00:00:00.000Z", "order": "newest", "with_items": true,
            ]
        ),
        frame("service.status", [:]), frame("stats.get", [:]),
        frame("control.resume", ["scope": "everything", "reason": "go"]),
    ]

    private static func frame(_ method: String, _ params: JSONValue) -> [UInt8] {
        let request: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params,
        ]
        return request.canonical + [UInt8(ascii: "\n")]
    }

    // MARK: At random

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(max(1, limit)))
    }

    /// One of the frames, changed in one to four places.
    mutating func mutated(of frames: [[UInt8]]) -> [UInt8] {
        var frame = frames[below(frames.count)]
        for _ in 0...below(4) { mutate(&frame, frames) }
        return frame
    }

    private mutating func mutate(_ frame: inout [UInt8], _ frames: [[UInt8]]) {
        guard !frame.isEmpty else { return }
        let place = below(frame.count)
        let end = min(frame.count, place + 1 + below(12))
        switch below(9) {
        case 0: frame[place] ^= 1 << UInt8(below(8))
        case 1: frame[place] = UInt8(below(256))
        case 2: frame.removeSubrange(place..<end)
        case 3: frame.insert(contentsOf: frame[place..<end], at: place)
        case 4: frame.insert(UInt8(below(256)), at: place)
        case 5: frame.removeSubrange(place...)
        case 6: frame.insert(UInt8(ascii: "\n"), at: place)
        case 7:
            let other = frames[below(frames.count)]
            frame.replaceSubrange(place..., with: other.dropFirst(below(other.count)))
        default:
            let words = [
                "null", "-1", "1e999", "9007199254740993", "[[[[[[", "{}", "\"\\ud800\"", "\"\"",
                "true", String(repeating: "[", count: 80), "0.1",
            ]
            frame.insert(contentsOf: words[below(words.count)].utf8, at: place)
        }
    }
}
