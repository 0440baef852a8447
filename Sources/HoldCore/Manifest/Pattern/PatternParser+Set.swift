extension PatternParser {
    /// Reads a class after its opening bracket.
    mutating func set(from start: Int) throws(PatternError) -> ScalarSet {
        let isNegated = take("^")
        var sets: [ScalarSet] = []
        var isFirst = true
        while isFirst || peek() != "]" {
            isFirst = false
            let from = position
            if peek() == "[", position + 1 < scalars.count, scalars[position + 1] == ":" {
                throw error("classes like [:alpha:] are not known; write the range", at: from)
            }
            let lower = try member(of: start)
            guard let range = try range(from: lower, at: from, in: start) else {
                sets.append(lower.set)
                continue
            }
            sets.append(ScalarSet([range]))
        }
        position += 1
        let set = ScalarSet(union: sets)
        return isNegated ? set.complement : set
    }

    /// One member of a class: a single scalar, or a class of its own such as `\d`.
    private struct Member {
        var set: ScalarSet
        var scalar: Unicode.Scalar?
    }

    private mutating func member(of start: Int) throws(PatternError) -> Member {
        let from = position
        guard let scalar = next() else { throw error("this class is not closed", at: start) }
        guard scalar == "\\" else { return Member(set: ScalarSet(scalar), scalar: scalar) }
        if let scalar = try escapedScalar(from: from) {
            return Member(set: ScalarSet(scalar), scalar: scalar)
        }
        return Member(set: try escapedSet(from: from), scalar: nil)
    }

    /// Reads the rest of `a-z`; nil when the member stands alone.
    private mutating func range(
        from lower: Member,
        at from: Int,
        in start: Int
    ) throws(PatternError) -> ClosedRange<UInt32>? {
        guard peek() == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return nil
        }
        position += 1
        let upper = try member(of: start)
        guard let first = lower.scalar, let last = upper.scalar else {
            throw error("a range goes from one character to another", at: from)
        }
        guard first <= last else {
            throw error("the range's ends are the wrong way round", at: from)
        }
        return first.value...last.value
    }

    /// Reads what follows a backslash: a class such as `\d`, or one scalar.
    mutating func escapedSet(from start: Int) throws(PatternError) -> ScalarSet {
        let known: [Unicode.Scalar: ScalarSet] = [
            "d": .digits, "w": .word, "s": .space, "D": ScalarSet.digits.complement,
            "W": ScalarSet.word.complement, "S": ScalarSet.space.complement,
        ]
        if let scalar = peek(), let set = known[scalar] {
            position += 1
            return set
        }
        if let scalar = try escapedScalar(from: start) { return ScalarSet(scalar) }
        guard let scalar = peek() else {
            throw error("a backslash ends the pattern; a literal one is written ‘\\\\’", at: start)
        }
        if ScalarSet.digits.contains(scalar) {
            throw error("back-references are not known: matching takes linear time", at: start)
        }
        throw error("‘\\\(scalar)’ is not known", at: start)
    }

    /// Reads what follows a backslash if it is one scalar; nil, and nothing read, if not.
    private mutating func escapedScalar(
        from start: Int
    ) throws(PatternError) -> Unicode.Scalar? {
        let controls: [Unicode.Scalar: Unicode.Scalar] = [
            "t": "\t", "n": "\n", "r": "\r", "f": "\u{0C}", "v": "\u{0B}", "a": "\u{07}",
        ]
        guard let scalar = peek() else { return nil }
        if let control = controls[scalar] {
            position += 1
            return control
        }
        if scalar == "x" {
            position += 1
            return try hexadecimal(from: start)
        }
        guard scalar.isASCII, !ScalarSet.word.contains(scalar) || scalar == "_" else { return nil }
        position += 1
        return scalar
    }

    /// Reads `41` or `{1F600}` after `\x`.
    private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while count < (isBraced ? 6 : 2), let scalar = peek(), scalar.isASCII,
            let digit = Character(scalar).hexDigitValue
        {
            value = value * 16 + UInt32(digit)
            count += 1
            position += 1
        }
        guard isBraced ? count > 0 && take("}") : count == 2, let scalar = Unicode.Scalar(value)
        else { throw error("a character by number is ‘\\x41’ or ‘\\x{1F600}’", at: start) }
        return scalar
    }
}
