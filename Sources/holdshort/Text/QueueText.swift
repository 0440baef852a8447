import HoldConsole
import HoldCore
import HoldWire

/// What `list` prints: a line an item.
enum QueueText {
    static func text(_ items: [WireItem], at now: Instant, isHeaded: Bool) -> String {
        var table = Table([
            .init("NUMBER", .right), .init("RISK"), .init("LEFT", .right), .init("STATE"),
            .init("MODE"), .init("ACTION"), .init("ITEM"), .init("AGENT"), .init("SUMMARY"),
        ])
        for item in items {
            table.add([
                SafeText(item.number), SafeText(item.riskClass), left(item, at: now),
                state(item), SafeText(item.mode), .foreign(item.action),
                "\(SafeText.foreign(item.workflow)):\(SafeText.foreign(item.step))",
                .foreign(item.agent), item.summary.map { "┊ \(SafeText.foreign($0))" } ?? "",
            ])
        }
        return table.text(isHeaded: isHeaded)
    }

    private static func left(_ item: WireItem, at now: Instant) -> SafeText {
        switch item.state {
        case .pendingReview, .modified: Clock.countdown(to: item.deadline, at: now)
        case .approved, .rejected, .timeout, .withdrawn: "-"
        }
    }

    private static func state(_ item: WireItem) -> SafeText {
        var text: SafeText = item.attention == .undoStuck ? "UNDO STUCK" : SafeText(item.state)
        if item.approvals.needed > 1 {
            text += " \(item.approvals.given)/\(item.approvals.needed)"
        }
        return text
    }
}
