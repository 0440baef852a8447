extension Key {
    /// The key of a name as help shows it and as settings are written: `j`, `Ctrl-d`, `Enter`,
    /// `Space`, `F1`; nil when no key has that name.
    package init?(name: String) {
        if let key = Self.named[name.lowercased()] {
            self = key
            return
        }
        let scalars = Array(name.unicodeScalars)
        if scalars.count == 1, let scalar = scalars.first, scalar.properties.isPrintable {
            self = .character(scalar)
            return
        }
        let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
        if parts.count == 2, ["ctrl", "c"].contains(parts[0].lowercased()),
            let scalar = parts[1].lowercased().unicodeScalars.first,
            parts[1].unicodeScalars.count == 1, Self.isControllable(scalar)
        {
            self = .control(scalar)
            return
        }
        if name.first == "F" || name.first == "f", let number = Int(name.dropFirst()),
            (1...24).contains(number)
        {
            self = .function(number)
            return
        }
        return nil
    }

    /// The keys whose names are words, by these names in lower case.
    private static let named: [String: Key] = {
        let keys: [Key] = [
            .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down,
            .left, .right, .pageUp, .pageDown, .home, .end,
        ]
        return Dictionary(keys.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    }()

    /// Whether terminals have a byte for Ctrl and this scalar that is no key of its own.
    private static func isControllable(_ scalar: Unicode.Scalar) -> Bool {
        let isLetter = ("a"..."z").contains(scalar) && !["i", "j", "m"].contains(scalar)
        return isLetter || ["@", "\\", "]", "^", "_"].contains(scalar)
    }
}

extension Unicode.Scalar.Properties {
    /// Whether a keyboard could produce it as a letter, digit, sign or symbol.
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
            false
        default: true
        }
    }
}
