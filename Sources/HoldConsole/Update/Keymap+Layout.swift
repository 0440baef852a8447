extension Keymap {
    /// A keyboard layout of another script: which of its letters share a key with which Latin one.
    package enum Layout: String, Hashable, Sendable, CaseIterable {
        case russian = "ru"
        case greek = "el"

        private static let keys = "qwertyuiopasdfghjklzxcvbnm"

        private var letters: String {
            switch self {
            case .russian: "йцукенгшщзфывапролдячсмить"
            case .greek: ";ςερτυθιοπασδφγηξκλζχψωβνμ"
            }
        }

        /// The Latin letter on the same key, in the same case; nil when there is none.
        package func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
            guard scalar.value > 0x7F else { return nil }
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            for (own, latin) in zip(letters.unicodeScalars, Self.keys.unicodeScalars)
            where lower.elementsEqual([own]) {
                guard !lower.elementsEqual([scalar]) else { return latin }
                return latin.properties.uppercaseMapping.unicodeScalars.first
            }
            return nil
        }
    }
}
