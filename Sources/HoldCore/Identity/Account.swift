/// Who the kernel says is at the other end: an account of one realm.
///
/// The realm is the store's own id, or, where several hosts share one user directory, the name that the
/// manifest gives (`realm:`). The account alone is authority: what an agent says of itself never is.
public struct Account: Sendable, Hashable {
    /// The realm: 1–64 letters, digits, dots and hyphens; empty only for the service's own.
    public let realm: String
    /// The account's number in the realm.
    public let uid: UInt32

    /// The account of this number in a realm.
    public init(realm: String, uid: UInt32) {
        self.realm = realm
        self.uid = uid
    }

    /// The owner of what no account may touch: the service's own workflows.
    public static let service = Account(realm: "", uid: .max)

    /// Whether a text may be a realm's name: nothing in it has a meaning in ``text``.
    public static func isRealm(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
                default: false
                }
            }
    }
}

extension Account: CustomStringConvertible, Codable {
    /// The written form: the number, `@`, the realm.
    public var text: String { "\(uid)@\(realm)" }
    /// The written form.
    public var description: String { text }

    /// Reads the written form; nil when the text is none.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let uid = UInt32(parts[0]), "\(uid)" == parts[0] else { return nil }
        let realm = String(parts[1])
        guard realm.isEmpty ? uid == .max : Account.isRealm(realm) else { return nil }
        self.init(realm: realm, uid: uid)
    }

    /// Reads the written form from a decoder.
    ///
    /// - Throws: `DecodingError` when the text is no account.
    public init(from decoder: any Decoder) throws {
        self = try decoder.value(orSay: "is no account: a number, @ and a realm") { Account($0) }
    }

    /// Writes the written form.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
