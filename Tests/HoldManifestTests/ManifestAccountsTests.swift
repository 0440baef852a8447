import HoldCore
import HoldManifest
import Testing

/// Which accounts a manifest names, and for what.
struct ManifestAccountsTests {
    private func manifest(_ more: String) throws -> Manifest {
        let text = "actions: { a: { approval_required: false, side_effects: false } }\n" + more
        return try #require(ManifestLoader.load(Array(text.utf8), file: "m").manifest)
    }

    private func complaints(_ more: String) -> [String] {
        problems("actions: { a: { approval_required: false, side_effects: false } }\n" + more)
    }

    @Test func `a name is verified for the accounts that the file gives it to, and for no other`()
        throws
    {
        let manifest = try manifest("agents: { deploy: { users: [bots, ci] } }\n")
        #expect(manifest.isVerified(agent: "deploy", user: "ci"))
        #expect(!manifest.isVerified(agent: "deploy", user: "mallory"))
        #expect(!manifest.isVerified(agent: "other", user: "ci"))
    }

    @Test func `an operation names the accounts that may serve it`() throws {
        let manifest = try manifest("operations: { refund: { agent: { users: [payments] } } }\n")
        #expect(manifest.operations["refund"]?.executor == .agent(users: ["payments"]))
    }

    @Test func `a realm has letters, digits, dots and hyphens`() throws {
        #expect(try manifest("realm: example-org\n").realm == "example-org")
        #expect(
            complaints("realm: a/b\n") == [
                "m:2:1: error: ‘a/b’ is no realm: 1 to 64 letters, digits, dots and hyphens"
            ]
        )
    }

    @Test(arguments: ["agents: { deploy: {} }\n", "agents: { deploy: { users: [] } }\n"])
    func `a name that nobody may bear is an error`(text: String) {
        #expect(complaints(text).count == 1)
        #expect(complaints(text).first?.contains("no account could bear the name") == true)
    }

    @Test(arguments: ["agent: {}", "agent: { users: [] }"])
    func `an operation that nobody may serve is an error`(executor: String) {
        let found = complaints("operations: { refund: { \(executor) } }\n")
        #expect(found.contains { $0.contains("names no users: nobody could run it") })
    }
}
