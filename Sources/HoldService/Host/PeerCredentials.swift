import Dispatch
import Glibc
package import HoldCore
package import NIOCore
import Synchronization

/// Why a connection's other end cannot be told.
package struct PeerProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason in plain words.
    package var description: String
}

/// Tells who is at the other end of a connection: the kernel's word, and nothing that a peer says.
///
/// Names and groups come from the host's user database and are kept for a few seconds, so that a
/// burst of connections asks it once. Looking them up may take long (a directory server) and never
/// happens on an event loop.
package final class PeerCredentials: Sendable {
    private struct Known {
        var user: String
        var groups: [String]
        var until: ContinuousClock.Instant
    }

    /// The most accounts remembered.
    private static let limit = 1024

    private let realm: String
    private let lifetime: Duration
    private let overflow: UInt32
    private let known = Mutex<[UInt32: Known]>([:])

    /// Credentials of accounts of a realm, that remember names for so long.
    package init(realm: String, lifetime: Duration = .seconds(5)) {
        self.realm = realm
        self.lifetime = lifetime
        overflow =
            HostFile.text("/proc/sys/kernel/overflowuid").flatMap { UInt32($0) } ?? 65_534
    }

    /// Who connected.
    ///
    /// Fails with ``PeerProblem`` for an account that has no number here: one of another user
    /// namespace, which the kernel reports as the overflow uid that everybody unmapped shares.
    package func peer(of channel: any Channel) -> EventLoopFuture<Peer> {
        let loop = channel.eventLoop
        guard let provider = channel as? any SocketOptionProvider else {
            return loop.makeFailedFuture(
                PeerProblem(description: "The connection is no socket of this host.")
            )
        }
        let option: EventLoopFuture<Raw> = provider.unsafeGetSocketOption(
            level: NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET),
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        )
        return option.flatMap { [self] credentials in
            let promise = loop.makePromise(of: Peer.self)
            if let peer = remembered(credentials.uid, pid: credentials.pid) {
                promise.succeed(peer)
                return promise.futureResult
            }
            HostAccount.lookups.async { [self] in
                promise.completeWith(
                    Result { try peer(uid: credentials.uid, pid: credentials.pid) }
                )
            }
            return promise.futureResult
        }
    }

    /// The peer of these credentials.
    ///
    /// - Throws: ``PeerProblem`` for the overflow uid and for no uid at all.
    package func peer(uid: UInt32, pid: Int32) throws(PeerProblem) -> Peer {
        guard uid != overflow, uid != 65_534, uid != .max else {
            throw PeerProblem(
                description: "The connection comes from an account without a number on this host "
                    + "(uid \(uid)): a user namespace that does not map it. Connect from an "
                    + "account that this host knows."
            )
        }
        if let peer = remembered(uid, pid: pid) { return peer }
        let account = HostAccount(uid: uid)
        let fresh = Known(
            user: account?.name ?? String(uid),
            groups: account?.groups ?? [],
            until: ContinuousClock.now + lifetime
        )
        known.withLock { known in
            if known.count >= PeerCredentials.limit { known = [:] }
            known[uid] = fresh
        }
        return peer(uid, fresh, pid: pid)
    }

    private func remembered(_ uid: UInt32, pid: Int32) -> Peer? {
        let entry = known.withLock { $0[uid] }
        guard let entry, entry.until > .now else { return nil }
        return peer(uid, entry, pid: pid)
    }

    private func peer(_ uid: UInt32, _ known: Known, pid: Int32) -> Peer {
        Peer(
            account: Account(realm: realm, uid: uid),
            user: known.user,
            groups: known.groups,
            pid: pid
        )
    }

    /// Linux' `struct ucred`, field for field; the C library shows it only to programs that ask for
    /// its extensions.
    struct Raw: Sendable {
        var pid: Int32 = 0
        var uid: UInt32 = .max
        var gid: UInt32 = .max
    }
}
