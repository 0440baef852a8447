/// One line, or several, that a person is typing, with the cursor between two characters.
package struct TextField: Hashable, Sendable {
    package private(set) var before = ""
    package private(set) var after = ""
    /// Whether line feeds are kept.
    package let isMultiline: Bool
    /// No more than so many bytes of UTF-8 get in.
    package let bytesMax: Int

    package init(_ text: String = "", isMultiline: Bool = false, bytesMax: Int = 4_096) {
        self.isMultiline = isMultiline
        self.bytesMax = bytesMax
        insert(text)
    }

    /// The whole text.
    package var text: String { before + after }
    package var isEmpty: Bool { before.isEmpty && after.isEmpty }

    /// Puts in a text at the cursor; control characters are left out, and what has no room.
    package mutating func insert(_ text: String) {
        var room = bytesMax - before.utf8.count - after.utf8.count
        for scalar in text.unicodeScalars {
            let kept: Unicode.Scalar
            switch scalar.value {
            case 0x0A where isMultiline: kept = scalar
            case 0x09, 0x0A: kept = " "
            case 0..<0x20, 0x7F..<0xA0: continue
            default: kept = scalar
            }
            room -= UTF8.width(kept)
            guard room >= 0 else { return }
            before.unicodeScalars.append(kept)
        }
    }

    /// Takes the character before the cursor away.
    package mutating func deleteBackward() {
        if !before.isEmpty { before.removeLast() }
    }

    /// Takes the character after the cursor away.
    package mutating func deleteForward() {
        if !after.isEmpty { after.removeFirst() }
    }

    /// Takes everything before the cursor away.
    package mutating func deleteToStart() { before = "" }

    /// Takes the word before the cursor away, and the spaces behind it.
    package mutating func deleteWord() {
        while before.last == " " { before.removeLast() }
        while let last = before.last, last != " " { before.removeLast() }
    }

    package mutating func moveLeft() {
        guard let character = before.popLast() else { return }
        after.insert(character, at: after.startIndex)
    }

    package mutating func moveRight() {
        guard !after.isEmpty else { return }
        before.append(after.removeFirst())
    }

    package mutating func moveToStart() {
        after = before + after
        before = ""
    }

    package mutating func moveToEnd() {
        before += after
        after = ""
    }
}
