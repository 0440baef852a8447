import Glibc
import HoldCore
import HoldService
import Testing

@Suite struct RuntimeDirectoryTests {
    @Test func `a missing directory is made for this account alone`() throws {
        let home = try TemporaryDirectory()

        let directory = try RuntimeDirectory.claim(home.at("state/holdshort/run"))

        #expect(home.mode("state/holdshort/run")?.permissions == 0o700)
        #expect(home.mode("state")?.permissions == 0o700)
        #expect(directory.separation == .none)
        #expect(directory.socketMode == 0o600)
    }

    @Test(arguments: [mode_t(0o755), 0o750, 0o710, 0o701])
    func `a directory that others can reach is no single-user one`(_ mode: mode_t) throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("run"), 0o700)
        chmod(home.at("run"), mode)

        let directory = try RuntimeDirectory.claim(home.at("run"))

        #expect(directory.separation == .enforced)
        #expect(directory.socketMode == 0o660)
        #expect(home.mode("run")?.permissions == mode)
    }

    @Test(arguments: [mode_t(0o777), 0o1777, 0o770, 0o702])
    func `a directory that others can write to is refused`(_ mode: mode_t) throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("run"), 0o700)
        chmod(home.at("run"), mode)

        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim(home.at("run"))
        }

        #expect(error?.code == .unsafe)
        #expect(error?.sentence.contains("chmod go-w \(home.at("run"))") == true)
    }

    @Test(.enabled(if: getuid() == 0)) func `another account's directory is refused`() throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("run"), 0o700)
        chown(home.at("run"), 4242, 4242)

        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim(home.at("run"))
        }

        #expect(error?.code == .unsafe)
        #expect(error?.sentence.contains("belongs to uid 4242") == true)
    }

    @Test func `a symbolic link is refused and left as it is`() throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("real"), 0o700)
        symlink(home.at("real"), home.at("run"))

        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim(home.at("run"))
        }

        #expect(error?.code == .occupied)
        #expect(home.mode("run")?.kind == S_IFLNK)
        #expect(home.mode("real/" + RuntimeDirectory.lockName) == nil)
    }

    @Test func `a file in the way is refused and left as it is`() throws {
        let home = try TemporaryDirectory()
        home.write("mine", to: "run")

        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim(home.at("run"))
        }

        #expect(error?.code == .occupied)
        #expect(home.read("run") == "mine")
    }

    @Test func `a second claim is refused while the first one lives, naming its process`() throws {
        let home = try TemporaryDirectory()
        var first: RuntimeDirectory? = try RuntimeDirectory.claim(home.at("run"))

        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim(home.at("run"))
        }

        #expect(error?.code == .alreadyRunning)
        #expect(error?.sentence.contains("(pid \(getpid()))") == true)

        #expect(first != nil)
        first = nil
        #expect(throws: Never.self) { try RuntimeDirectory.claim(home.at("run")) }
    }

    @Test func `a lock left by a crash holds nobody up`() throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("run"), 0o700)
        home.write("12345\n", to: "run/" + RuntimeDirectory.lockName)

        let directory = try RuntimeDirectory.claim(home.at("run"))

        withExtendedLifetime(directory) {
            #expect(home.read("run/" + RuntimeDirectory.lockName) == "\(getpid())\n")
        }
    }

    @Test func `a symbolic link in place of the lock is not followed`() throws {
        let home = try TemporaryDirectory()
        mkdir(home.at("run"), 0o700)
        home.write("precious", to: "other")
        symlink(home.at("other"), home.at("run/" + RuntimeDirectory.lockName))

        #expect(throws: StartProblem.self) { try RuntimeDirectory.claim(home.at("run")) }
        #expect(home.read("other") == "precious")
    }

    @Test func `a place where nothing can be made is named`() {
        let error = #expect(throws: StartProblem.self) {
            try RuntimeDirectory.claim("/proc/holdshort/run")
        }

        #expect(error?.sentence.contains("/proc/holdshort") == true)
    }
}
