import HoldCore
import HoldJournal
import HoldWire
import TestAccounts

/// Entries from anywhere: an odd first byte says that the rest is a text of entries, an even one that
/// it says how a good chain is to be falsified.
enum AuditSurface {
    static func problem(in bytes: [UInt8]) -> String? {
        var source = ByteSource(bytes)
        return source.flag() ? imported(source.rest) : falsified(&source)
    }

    // MARK: Entries as text

    /// Lines of audit events, each as `audit.list` gives them.
    private static func imported(_ bytes: [UInt8]) -> String? {
        var verifier = AuditVerifier()
        var workflow = Workflow(id: WorkflowKey("w"))
        var count = 0
        for line in bytes.split(separator: 0x0A).prefix(64) {
            guard let value = try? JSONValue(parsing: line, limits: .answers) else { continue }
            if let event = try? value.decode(WireAuditEvent.self),
                let said = try? JSONValue(encoding: event)
            {
                guard (try? said.decode(WireAuditEvent.self)) == event else {
                    return "an audit event changes when it is written"
                }
            }
            guard let entry = try? value.decode(Entry.self) else { continue }
            count += 1
            guard (try? JSONValue(encoding: entry).decode(Entry.self)) == entry else {
                return "an entry changes when it is written"
            }
            verifier.add([entry])
            if let problem = fold(entry, into: &workflow) { return problem }
        }
        guard verifier.result.events <= count else { return "more events than entries" }
        guard verifier.result.ok == (verifier.result.firstBad == nil) else {
            return "a bad result without a bad event"
        }
        return nil
    }

    /// Any event that can be read can be written, and folded into any workflow.
    private static func fold(_ entry: Entry, into workflow: inout Workflow) -> String? {
        guard let event = try? Event(type: entry.type, data: entry.data) else { return nil }
        guard let (type, data) = try? event.encoded(), type == entry.type,
            (try? Event(type: type, data: data)) == event
        else { return "\(entry.type) changes when it is written" }
        let version = workflow.version
        workflow.evolve(event, at: entry.at, by: entry.actor)
        guard workflow.version == version + 1 else { return "\(entry.type) was not counted" }
        WorkflowSurface.read(workflow)
        return nil
    }

    // MARK: Falsified entries

    private static func falsified(_ source: inout ByteSource) -> String? {
        var entries = chain
        guard entries.count == 12 else { return "there is no good chain" }
        let index = source.below(entries.count)
        let change = source.below(12)
        switch change {
        case 10: entries.remove(at: index)
        case 11: entries.insert(entries[source.below(entries.count)], at: index)
        default: entries[index] = falsified(entries[index], change, &source)
        }
        // With the falsified entry's own hash worked out anew, the next one must give it away.
        let isSealed = source.flag() && change < 10
        if isSealed { entries[index] = sealed(entries[index]) }
        var verifier = AuditVerifier()
        verifier.add(entries)
        let result = verifier.result
        guard entries != chain else {
            return result.ok ? nil : "an untouched chain does not hold"
        }
        let changed = "change \(change) of entry \(index + 1)"
        guard entries.prefix(min(result.events, index)).elementsEqual(chain.prefix(index)) else {
            return "\(changed) spoilt what stands before it"
        }
        guard result.ok else {
            let latest = Int64(index) + (isSealed ? 2 : 1)
            return (result.firstBad ?? .max) <= latest ? nil : "\(changed) was found too late"
        }
        // Only at the very end can an entry be cut off or replaced unseen; then the last hash tells.
        let isAtEnd = index == chain.count - 1 && (isSealed || change == 10)
        return isAtEnd && verifier.last.hash != chain[index].hash ? nil : "\(changed) was accepted"
    }

    private static func falsified(
        _ entry: Entry,
        _ change: Int,
        _ source: inout ByteSource
    ) -> Entry {
        var entry = entry
        switch change {
        case 0: entry.seq = Int64(bitPattern: source.word())
        case 1: entry.workflow = WorkflowKey(source.text())
        case 2: entry.version = Int(Int64(bitPattern: source.word()))
        case 3: entry.type = source.text()
        case 4: entry.at = Instant(milliseconds: Int64(bitPattern: source.word()))
        case 5:
            let kinds: [Actor.Kind] = [.agent, .reviewer, .service]
            entry.actor = Actor(
                kind: kinds[source.below(3)],
                user: source.flag() ? source.text() : nil,
                uid: source.flag() ? UInt32(truncatingIfNeeded: source.word()) : nil
            )
        case 6: entry.manifest = Digest(of: source.run())
        case 7:
            // Any JSON, or the entry's own data with one member more.
            if let value = try? JSONValue(parsing: source.run()) {
                entry.data = value
            } else if case .object(var members) = entry.data {
                members[source.text()] = .bool(source.flag())
                entry.data = .object(members)
            }
        case 8: entry.previous = Digest(of: source.run())
        default: entry.hash = Digest(of: source.run())
        }
        return entry
    }

    private static func sealed(_ entry: Entry) -> Entry {
        var entry = entry
        entry.hash = entry.chained(over: entry.data.canonical)
        return entry
    }

    /// Twelve entries of two workflows.
    private static let chain: [Entry] = {
        let agent = AgentIdentity(name: "loader", user: "bots", uid: 100)
        let manifest = Digest(of: [UInt8]())
        let under = Circumstances(manifest: Manifest(digest: manifest, file: "m.yaml"))
        var workflows = ["a", "b"].map { Workflow(id: WorkflowKey($0)) }
        var entries: [Entry] = []
        for place in 0..<12 {
            let at = Instant(milliseconds: 1_763_719_200_000 + Int64(place))
            let index = place % 3 == 0 ? 0 : 1
            let version = workflows[index].version
            let saved = CheckpointSaved(step: nil, blob: Digest(of: [UInt8(place)]), bytes: place)
            let command: Command =
                version == 0 ? .openWorkflow(title: "t", labels: nil) : .saveCheckpoint(saved)
            guard
                let event = try? workflows[index]
                    .decide(command, by: .agent(agent), at: at, under: under).first
            else { continue }
            workflows[index].evolve(event, at: at, by: Party.agent(agent).actor)
            let draft = EventDraft(
                workflow: workflows[index].id,
                event: event,
                at: at,
                actor: Party.agent(agent).actor,
                manifest: manifest
            )
            let entry = try? Entry(
                seq: Int64(place) + 1,
                version: version + 1,
                draft: draft,
                previous: entries.last?.hash ?? Entry.origin
            )
            if let entry { entries.append(entry) }
        }
        return entries
    }()
}
