import HoldService
import Testing

@Suite struct RuntimePathsTests {
    @Test func `without any variable everything lies below the home directory`() throws {
        let paths = try RuntimePaths(environment: ["HOME": "/home/ada"])

        #expect(paths.runtimeDirectory == "/home/ada/.local/state/holdshort/run")
        #expect(paths.agentSocket == "/home/ada/.local/state/holdshort/run/agent.sock")
        #expect(paths.reviewSocket == "/home/ada/.local/state/holdshort/run/review.sock")
        #expect(paths.store == "/home/ada/.local/state/holdshort/journal.sqlite")
        #expect(paths.manifest == "/home/ada/.config/holdshort/manifest.yaml")
        #expect(!paths.storeIsServer)
    }

    @Test func `the base directories of the desktop are followed`() throws {
        let paths = try RuntimePaths(environment: [
            "HOME": "/home/ada", "XDG_RUNTIME_DIR": "/run/user/7/", "XDG_STATE_HOME": "/state",
            "XDG_CONFIG_HOME": "/config",
        ])

        #expect(paths.runtimeDirectory == "/run/user/7/holdshort")
        #expect(paths.store == "/state/holdshort/journal.sqlite")
        #expect(paths.manifest == "/config/holdshort/manifest.yaml")
    }

    @Test func `our own variables win`() throws {
        let paths = try RuntimePaths(environment: [
            "XDG_RUNTIME_DIR": "/run/user/7", "HOLDSHORT_RUNTIME_DIR": "/run/holdshort/",
            "HOLDSHORT_STORE": "postgres://db/holdshort", "HOLDSHORT_MANIFEST": "/etc/gates.yaml",
        ])

        #expect(paths.agentSocket == "/run/holdshort/agent.sock")
        #expect(paths.store == "postgres://db/holdshort")
        #expect(paths.storeIsServer)
        #expect(paths.manifest == "/etc/gates.yaml")
    }

    @Test func `a relative path of ours is meant from the working directory`() throws {
        let paths = try RuntimePaths(
            environment: [
                "HOLDSHORT_RUNTIME_DIR": "run", "HOLDSHORT_STORE": "a/j.sqlite",
                "HOLDSHORT_MANIFEST": "m.yaml",
            ],
            workingDirectory: "/srv"
        )

        #expect(paths.reviewSocket == "/srv/run/review.sock")
        #expect(paths.store == "/srv/a/j.sqlite")
        #expect(paths.manifest == "/srv/m.yaml")
    }

    @Test func `a relative base directory and an empty variable are passed over`() throws {
        let paths = try RuntimePaths(environment: [
            "HOME": "/home/ada", "XDG_RUNTIME_DIR": "run", "XDG_STATE_HOME": "",
            "HOLDSHORT_MANIFEST": "",
        ])

        #expect(paths.runtimeDirectory == "/home/ada/.local/state/holdshort/run")
        #expect(paths.store == "/home/ada/.local/state/holdshort/journal.sqlite")
        #expect(paths.manifest == "/home/ada/.config/holdshort/manifest.yaml")
    }

    @Test func `without HOME the account's own home directory counts`() throws {
        let paths = try RuntimePaths(environment: [:], home: "/home/bo")

        #expect(paths.manifest == "/home/bo/.config/holdshort/manifest.yaml")
    }

    @Test func `a socket path of 107 bytes is the longest`() throws {
        // "/review.sock" has 12 bytes.
        let longest = "/" + String(repeating: "d", count: 94)
        let environment = ["HOME": "/home/ada"]

        let paths = try RuntimePaths(
            environment: environment.merging(["HOLDSHORT_RUNTIME_DIR": longest]) { $1 }
        )
        #expect(paths.reviewSocket.utf8.count == RuntimePaths.socketPathLimit)

        let error = #expect(throws: StartProblem.self) {
            try RuntimePaths(
                environment: environment.merging(["HOLDSHORT_RUNTIME_DIR": longest + "d"]) { $1 }
            )
        }
        #expect(error?.code == .pathTooLong)
        #expect(error?.sentence.contains("has 108 bytes") == true)
        #expect(error?.sentence.contains("HOLDSHORT_RUNTIME_DIR") == true)
    }
}
