import HoldConsole
import HoldCore
import HoldWire

/// What `stats` prints: a table for each way of counting.
enum StatsText {
    static func text(_ stats: StatsGet.Reply) -> String {
        var parts = [facts(stats)]
        let sections: [(name: SafeText, rows: [WireStatsRow])] = [
            ("BY ACTION", stats.byAction), ("BY REVIEWER", stats.byReviewer),
            ("BY HOUR, UTC", stats.byHour), ("BY WORKFLOW", stats.byWorkflow),
            ("BY AGENT", stats.byAgent),
        ]
        for section in sections where !section.rows.isEmpty {
            parts.append(table(section.name, section.rows))
        }
        if stats.waits.contains(where: { $0.opened > 0 || $0.count > 0 }) {
            parts.append(waits(stats.waits))
        }
        if let signs = stats.signs { parts.append(self.signs(signs)) }
        return parts.joined(separator: "\n\n")
    }

    private static func facts(_ stats: StatsGet.Reply) -> String {
        let total = stats.total
        var facts = Facts()
        facts.add("from", stats.since.map { SafeText($0) } ?? "the first event")
        facts.add("to", SafeText(stats.until))
        facts.add("items", SafeText(total.items))
        facts.add("open", SafeText(total.pending))
        facts.add("approved", share(total.approved, of: total, more: "\(total.modified) modified"))
        facts.add("rejected", share(total.rejected, of: total))
        facts.add("timed out", share(total.timeout, of: total))
        facts.add("withdrawn", share(total.withdrawn, of: total))
        facts.add("escalated", SafeText(total.escalated))
        facts.add("undone", "\(total.undone), \(total.undoFailed) failed")
        facts.add(
            "waiting time",
            total.latency.map { latency in
                "p50 \(time(latency.p50)), p90 \(time(latency.p90)), p95 \(time(latency.p95)),"
                    + " p99 \(time(latency.p99)), longest \(time(latency.max))"
            }
        )
        facts.add(
            "depth",
            "deepest now \(stats.depth.current), deepest \(stats.depth.max), mean"
                + " \(hundredths(stats.depth.mean))"
        )
        return facts.text
    }

    private static func share(
        _ count: Int,
        of total: WireStatsRow,
        more: SafeText? = nil
    ) -> SafeText {
        var text = SafeText(count)
        if total.items > 0 { text += " (\((count * 100 + total.items / 2) / total.items)%)" }
        return more.map { text + ", " + $0 } ?? text
    }

    private static func table(_ name: SafeText, _ rows: [WireStatsRow]) -> String {
        var table = Table([
            .init(name), .init("ITEMS", .right), .init("OPEN", .right),
            .init("APPROVED", .right), .init("MODIFIED", .right), .init("REJECTED", .right),
            .init("TIMEOUT", .right), .init("WITHDRAWN", .right), .init("ESCALATED", .right),
            .init("UNDONE", .right), .init("FAILED", .right), .init("P50", .right),
            .init("P95", .right), .init("LONGEST", .right),
        ])
        for row in rows {
            let counts = [
                row.items, row.pending, row.approved, row.modified, row.rejected, row.timeout,
                row.withdrawn, row.escalated, row.undone, row.undoFailed,
            ]
            let latency = row.latency
            let times = [latency?.p50, latency?.p95, latency?.max]
            table.add(
                [.foreign(row.name)] + counts.map { SafeText($0) }
                    + times.map { $0.map(time) ?? "-" }
            )
        }
        return table.text(isHeaded: true)
    }

    private static func waits(_ waits: [WireWait]) -> String {
        var table = Table([
            .init("TEN MINUTES FROM"), .init("OPENED", .right), .init("DECIDED", .right),
            .init("P50", .right), .init("P95", .right),
        ])
        for wait in waits {
            table.add([
                SafeText(wait.at), SafeText(wait.opened), SafeText(wait.count),
                wait.p50.map(time) ?? "-", wait.p95.map(time) ?? "-",
            ])
        }
        return table.text(isHeaded: true)
    }

    private static func signs(_ signs: WireReviewSigns) -> String {
        var facts = Facts()
        facts.add("decided under 5 s", "\(signs.quick) of \(signs.decided)")
        facts.add("HIGH or IRREV approved under 20 s", SafeText(signs.quickHigh))
        facts.add("longest run of approvals", SafeText(signs.longestApprovalRun))
        for share in signs.classes {
            facts.add(
                "approved \(SafeText(share.riskClass))",
                "\(share.approved) of \(share.decided)"
            )
        }
        if let most = signs.mostApproved {
            facts.add(
                "most approved",
                "\(most.approved) of \(most.of) were \(SafeText.foreign(most.action))"
                    + " \(SafeText(most.riskClass))"
            )
        }
        return "YOURS, AND SHOWN TO YOU ALONE\n" + facts.text
    }

    private static func time(_ seconds: Double) -> SafeText { Clock.left(Span(seconds: seconds)) }

    private static func hundredths(_ value: Double) -> SafeText {
        let hundredths = Int((min(max(value, 0), 1e9) * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
