extension TextField {
    /// Takes an editing key; whether it was one.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let scalar): insert(String(Character(scalar)))
        case .backspace, .control("h"): deleteBackward()
        case .delete, .control("d"): deleteForward()
        case .left, .control("b"): moveLeft()
        case .right, .control("f"): moveRight()
        case .home, .control("a"): moveToStart()
        case .end: moveToEnd()
        case .control("u"): deleteToStart()
        case .control("w"): deleteWord()
        case .enter where isMultiline: insert("\n")
        case .control, .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .function,
            .mouse, .paste, .focusIn, .focusOut, .resize, .unknown:
            return false
        }
        return true
    }
}
