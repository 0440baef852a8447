/// A pattern as a program for a machine that follows every way at once (Thompson's construction).
struct PatternProgram: Sendable {
    /// The most instructions of a program.
    static let instructionsMax = 10_000

    private enum Instruction: Sendable {
        case read(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case start
        case end
        case accept
    }

    private var instructions: [Instruction] = []

    /// The program of a tree whose size is within the limit.
    init(_ node: PatternNode) {
        emit(node)
        instructions.append(.accept)
    }

    private mutating func emit(_ node: PatternNode) {
        switch node {
        case .empty: break
        case .one(let set): instructions.append(.read(set))
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .sequence(let parts): for part in parts { emit(part) }
        case .anyOf(let parts): emit(anyOf: parts)
        case .repeated(let part, let least, let most):
            for _ in 0..<least { emit(part) }
            if let most { emit(part, optional: most - least) } else { emit(loop: part) }
        }
    }

    private mutating func emit(anyOf parts: [PatternNode]) {
        var ends: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                emit(part)
                break
            }
            let split = reserve()
            emit(part)
            ends.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func emit(loop part: PatternNode) {
        let split = reserve()
        emit(part)
        instructions.append(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
    }

    private mutating func emit(_ part: PatternNode, optional times: Int) {
        var splits: [Int] = []
        for _ in 0..<times {
            splits.append(reserve())
            emit(part)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    /// Makes room for an instruction whose target is not known yet.
    private mutating func reserve() -> Int {
        instructions.append(.accept)
        return instructions.count - 1
    }

    /// Whether the whole text leads to the end of the program.
    func matches(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var scalar = scalars.next()
        var ways = Ways(count: instructions.count)
        var next = ways
        follow(0, in: &ways, atStart: true, atEnd: scalar == nil)
        while let read = scalar {
            scalar = scalars.next()
            next.clear()
            for place in ways.reading {
                guard case .read(let set) = instructions[place], set.contains(read) else {
                    continue
                }
                follow(place + 1, in: &next, atStart: false, atEnd: scalar == nil)
            }
            swap(&ways, &next)
            if ways.reading.isEmpty && scalar != nil { return false }
        }
        return ways.accepted
    }

    /// Adds every place that can be reached from here without reading.
    private func follow(_ first: Int, in ways: inout Ways, atStart: Bool, atEnd: Bool) {
        ways.waiting.append(first)
        while let place = ways.waiting.popLast() {
            guard ways.visit(place) else { continue }
            switch instructions[place] {
            case .read: ways.reading.append(place)
            case .split(let left, let right): ways.waiting += [left, right]
            case .jump(let target): ways.waiting.append(target)
            case .start: if atStart { ways.waiting.append(place + 1) }
            case .end: if atEnd { ways.waiting.append(place + 1) }
            case .accept: ways.accepted = true
            }
        }
    }

    /// The places of the program that are reached after some of the text, each at most once.
    private struct Ways {
        var reading: [Int] = []
        var waiting: [Int] = []
        var accepted = false
        private var visited: [Int]
        private var round = 1

        init(count: Int) { visited = Array(repeating: 0, count: count) }

        /// Whether the place is new in this round.
        mutating func visit(_ place: Int) -> Bool {
            guard visited[place] != round else { return false }
            visited[place] = round
            return true
        }

        mutating func clear() {
            reading.removeAll(keepingCapacity: true)
            accepted = false
            round += 1
        }
    }
}
