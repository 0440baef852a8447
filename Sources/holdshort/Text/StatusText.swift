import HoldConsole
import HoldCore
import HoldWire

/// What `status`, `halt` and `resume` print.
enum StatusText {
    static func text(_ status: ServiceStatus.Reply) -> String {
        var facts = Facts()
        facts.add(
            "service",
            "\(SafeText.foreign(status.service.id ?? status.service.name)),"
                + " version \(SafeText.foreign(status.service.version ?? "unknown"))"
        )
        facts.add("process", SafeText(status.pid))
        facts.add("started", SafeText(status.startedAt))
        facts.add("up", Clock.age(Span(seconds: status.uptimeSeconds)))
        facts.add("separation", SafeText(status.separation))
        facts.add("writes", status.readOnly ? "READ ONLY" : "yes")
        facts.add(
            "store",
            "\(SafeText.foreign(status.store.kind)) \(SafeText.foreign(status.store.location)),"
                + " \(status.store.events) events"
                + (status.store.bytes.map { ", \($0) bytes" } ?? "")
        )
        facts.add("manifest", status.manifest.file.map { .foreign($0) } ?? "none")
        facts.add("digest", status.manifest.digest.map { SafeText($0) })
        facts.add("problem", status.manifest.problem.map { .foreign($0) })
        facts.add(
            "connections",
            "\(status.connections.agents) agents, \(status.connections.reviewers) reviewers,"
                + " \(status.connections.executors) executors"
        )
        facts.add("pending", SafeText(status.pending))
        facts.add("workflows", SafeText(status.workflows))
        for halt in status.halts { facts.add("HALTED", line(halt)) }
        for warning in status.warnings { facts.add("warning", .foreign(warning)) }
        return facts.text
    }

    static func halts(_ halts: [WireHalt]) -> String {
        guard !halts.isEmpty else { return "nothing is halted" }
        return halts.map { ("halted: \(line($0))" as SafeText).plain }.joined(separator: "\n")
    }

    private static func line(_ halt: WireHalt) -> SafeText {
        var text = SafeText(halt.scope)
        if let id = halt.id { text += " \(SafeText.foreign(id))" }
        if let account = halt.account { text += " of the account \(SafeText.foreign(account))" }
        return text + " by \(SafeText.foreign(halt.by)) at \(SafeText(halt.at))"
            + " ┊ \(SafeText.foreign(halt.reason))"
    }
}
