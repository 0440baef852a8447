import Glibc
import HoldCore
import HoldService
import NIOCore
import NIOPosix
import TestAccounts
import Testing

@Suite struct PeerCredentialsTests {
    @Test func `a connection's peer is who the kernel says`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.at("s.sock")
        let group = MultiThreadedEventLoopGroup.singleton
        let credentials = PeerCredentials(realm: "test")
        let promise = group.next().makePromise(of: Peer.self)
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                let peer = credentials.peer(of: channel)
                peer.cascade(to: promise)
                return peer.map { _ in }
            }
            .withBoundSocket(try SocketClaim.listen(at: path, mode: 0o600)).get()

        let client = try await ClientBootstrap(group: group).connect(unixDomainSocketPath: path)
            .get()
        let peer = try await promise.futureResult.get()

        #expect(peer.uid == getuid())
        #expect(peer.pid == getpid())
        #expect(peer.user == String(cString: getpwuid(getuid()).pointee.pw_name))
        #expect(peer.groups.contains(String(cString: getgrgid(getgid()).pointee.gr_name)))
        try await client.close()
        try await server.close()
    }

    @Test func `an account without a name is its number`() throws {
        let peer = try PeerCredentials(realm: "test").peer(uid: 4_294_967_294, pid: 7)

        #expect(peer == Peer(uid: 4_294_967_294, user: "4294967294", groups: [], pid: 7))
    }

    @Test(arguments: [UInt32(65_534), .max])
    func `an account that the host does not map is refused`(_ uid: UInt32) {
        #expect(throws: PeerProblem.self) {
            try PeerCredentials(realm: "test").peer(uid: uid, pid: 7)
        }
    }

    @Test func `a remembered account keeps each connection's own process`() throws {
        let credentials = PeerCredentials(realm: "test", lifetime: .seconds(3600))

        let first = try credentials.peer(uid: 0, pid: 1)
        let second = try credentials.peer(uid: 0, pid: 2)

        #expect(first.pid == 1)
        #expect(second == Peer(uid: 0, user: first.user, groups: first.groups, pid: 2))
    }
}
