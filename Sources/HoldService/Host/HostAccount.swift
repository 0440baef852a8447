import Glibc

/// An account of this host, as its user database says.
struct HostAccount: Sendable, Hashable {
    var uid: UInt32
    var gid: UInt32
    var name: String
    var home: String

    /// The account of this number; nil when the host knows none.
    init?(uid: UInt32) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4096)
        var status = getpwuid_r(uid, &entry, &buffer, buffer.count, &found)
        while status == ERANGE, buffer.count < 1 << 20 {
            buffer = [CChar](repeating: 0, count: buffer.count * 4)
            status = getpwuid_r(uid, &entry, &buffer, buffer.count, &found)
        }
        guard status == 0, found != nil, let name = entry.pw_name else { return nil }
        // The entry points into the buffer, which lives until the end of this initialiser.
        self = withExtendedLifetime(buffer) {
            HostAccount(
                uid: uid,
                gid: entry.pw_gid,
                name: String(cString: name),
                home: entry.pw_dir.map { String(cString: $0) } ?? ""
            )
        }
    }

    /// The account that a person names, by its name or its number; nil when the host knows none.
    init?(given: String) {
        if let uid = UInt32(given) {
            self.init(uid: uid)
            return
        }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4096)
        var status = getpwnam_r(given, &entry, &buffer, buffer.count, &found)
        while status == ERANGE, buffer.count < 1 << 20 {
            buffer = [CChar](repeating: 0, count: buffer.count * 4)
            status = getpwnam_r(given, &entry, &buffer, buffer.count, &found)
        }
        guard status == 0, found != nil else { return nil }
        self.init(uid: entry.pw_uid)
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
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 4096)
        var status = getgrgid_r(gid, &entry, &buffer, buffer.count, &found)
        while status == ERANGE, buffer.count < 1 << 22 {
            buffer = [CChar](repeating: 0, count: buffer.count * 4)
            status = getgrgid_r(gid, &entry, &buffer, buffer.count, &found)
        }
        guard status == 0, found != nil, let name = entry.gr_name else { return nil }
        return withExtendedLifetime(buffer) { String(cString: name) }
    }
}
