import Foundation
import HoldBroker
import HoldCore
import HoldJournal
import HoldJournalSQLite
import HoldManifest
import TestAccounts

/// Fills a store by way of the real broker, in full batches and without sockets.
enum Prefill {
    /// Opens this many items, ten a workflow, and tells how long that took.
    @discardableResult
    static func fill(_ site: Site, items: Int) throws -> Duration {
        let began = ContinuousClock.now
        let file = site.file("manifest.yaml")
        let loaded = ManifestLoader.load(Array(try Data(contentsOf: file)), file: file.path)
        guard let manifest = loaded.manifest else { throw InvalidRun(loaded.report) }
        let journal = try SQLiteJournal(path: site.file("store/journal.sqlite").path)
        var broker = try Broker(
            journal: journal,
            manifest: manifest,
            separation: .none,
            redactionKey: Array(repeating: 7, count: 32)
        )
        let wall = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        var made = 0
        while made < items {
            let count = min(Broker.batchLimit, items - made)
            let batch = (made..<made + count).map { submission($0) }
            for case .answer(_, .refused(let refusal)) in broker.process(batch, at: wall) {
                throw InvalidRun("the store cannot be filled: \(refusal)")
            }
            made += count
        }
        return .now - began
    }

    private static func submission(_ number: Int) -> Submission {
        let workflow = "old\(number / 10)"
        let proposal = Proposal(
            step: StepID("\(workflow)/\(number % 10)"),
            action: "ship",
            arguments: ["number": .integer(Int64(number))],
            summary: "ship number \(number)"
        )
        return Submission(
            ticket: Ticket(UInt64(number) + 1),
            workflow: WorkflowKey(workflow),
            party: .agent(AgentIdentity(name: "old", user: "old", account: .bots)),
            request: .command(.propose(proposal))
        )
    }
}
