import HoldCore
import HoldJournal
import Testing

/// A rule that every store keeps.
struct JournalLaw: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let check: @Sendable (any Journal) throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (any Journal) throws -> Void) {
        testDescription = name
        self.check = check
    }

    static let all: [JournalLaw] =
        appends + projections + lists + filters + searches + courtesies
}

/// The laws, each on each store.
struct JournalLaws {
    @Test(arguments: Store.allCases, JournalLaw.all)
    func `every store keeps every law`(store: Store, law: JournalLaw) throws {
        let scratch = Scratch()
        try law.check(try store.make(in: scratch))
    }
}

extension Journal {
    /// Appends what must become durable.
    @discardableResult
    func appendDurably(_ batch: Batch) throws -> [Entry] {
        let outcome = append(batch)
        guard case .durable(let entries) = outcome else {
            Issue.record("not durable: \(outcome)")
            return []
        }
        return entries
    }

    /// Everything, in order.
    func allEntries() throws -> [Entry] { try entries(after: 0, limit: 10_000) }
}

extension AppendOutcome {
    var loser: WorkflowKey? {
        guard case .lostRace(let id) = self else { return nil }
        return id
    }

    var fault: JournalFault? {
        switch self {
        case .refused(let fault), .unknown(let fault): fault
        case .durable, .lostRace: nil
        }
    }
}
