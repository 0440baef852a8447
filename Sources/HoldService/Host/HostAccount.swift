import Dispatch
import Glibc

/// An account of this host, as its user database says.
struct HostAccount: Sendable, Hashable {
    var uid: UInt32
    var gid: UInt32
    var name: String
    var home: String

    /// Where lookups wait that may take long (a directory server): never on an event loop, nor where
    /// lists are read.
    static let lookups = DispatchQueue(label: "holdshort.accounts", qos: .userInitiated)

    /// The account of this number; nil when the host knows none.
    init?(uid: UInt32) {
        self.init { getpwuid_r(uid, $0, $1, $2, $3) }
    }

    /// The account that a person names, by its name or its number; nil when the host knows none.
    init?(given: String) {
        if let uid = UInt32(given) {
            self.init(uid: uid)
        } else {
            self.init { getpwnam_r(given, $0, $1, $2, $3) }
        }
    }

    private init?(lookup: Lookup<passwd>) {
        let account = HostAccount.found(in: passwd(), upTo: 1 << 20, lookup) { entry in
            entry.pw_name.map { name in
                HostAccount(
                    uid: entry.pw_uid,
                    gid: entry.pw_gid,
                    name: String(cString: name),
                    home: entry.pw_dir.map { String(cString: $0) } ?? ""
                )
            }
        }
        guard let account else { return nil }
        self = account
    }

    private init(uid: UInt32, gid: UInt32, name: String, home: String) {
        self.uid = uid
        self.gid = gid
        self.name = name
        self.home = home
    }

    /// The names of the account's groups; a group without a name is left out.
    var groups: [String] {
        var numbers = [gid_t](repeating: 0, count: 64)
        var count = Int32(numbers.count)
        while getgrouplist(name, gid, &numbers, &count) < 0 {
            guard numbers.count < 65_536 else { return [] }
            numbers = [gid_t](repeating: 0, count: max(Int(count), numbers.count * 2))
            count = Int32(numbers.count)
        }
        return numbers.prefix(Int(count)).compactMap(HostAccount.groupName)
    }

    private static func groupName(_ gid: gid_t) -> String? {
        found(in: group(), upTo: 1 << 22, { getgrgid_r(gid, $0, $1, $2, $3) }) { entry in
            entry.gr_name.map { String(cString: $0) }
        }
    }

    /// A lookup of the C library: the entry, a buffer for its texts and the buffer's size, and where to
    /// say that it was found.
    private typealias Lookup<Entry> = (
        UnsafeMutablePointer<Entry>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>
    ) -> Int32

    /// What is read of the entry that a lookup finds, with a buffer of at most so many bytes.
    private static func found<Entry, Value>(
        in empty: Entry,
        upTo limit: Int,
        _ lookup: Lookup<Entry>,
        _ read: (Entry) -> Value?
    ) -> Value? {
        var entry = empty
        var found: UnsafeMutablePointer<Entry>?
        var buffer = [CChar](repeating: 0, count: 4096)
        var status = lookup(&entry, &buffer, buffer.count, &found)
        while status == ERANGE, buffer.count < limit {
            buffer = [CChar](repeating: 0, count: buffer.count * 4)
            status = lookup(&entry, &buffer, buffer.count, &found)
        }
        guard status == 0, found != nil else { return nil }
        // The entry points into the buffer, which has to live until it is read.
        return withExtendedLifetime(buffer) { read(entry) }
    }
}
