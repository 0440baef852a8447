import HoldConsole
import HoldCore
import HoldThemes
import Yams

extension SettingsReader {
    private static let classes: [(name: String, riskClass: RiskClass)] = [
        ("low", .low), ("med", .medium), ("high", .high), ("irrev", .irreversible),
    ]

    /// Reads how long sheets arm and decisions can be taken back.
    mutating func readTimes(_ node: Node) {
        let parts = source.entries(of: node, called: "`confirm`", known: Self.classes.map(\.name))
        for (name, riskClass) in Self.classes {
            guard let node = parts[name] else { continue }
            let floor = ConfirmTimes.floor(of: riskClass)
            var times = settings.times[riskClass]
            let parts = source.entries(
                of: node,
                called: "`\(name)`",
                known: ["arming_seconds", "take_back_seconds"]
            )
            if let node = parts["arming_seconds"],
                let span = span(node, "arming_seconds", from: floor.arming)
            {
                times.arming = span
            }
            if let node = parts["take_back_seconds"],
                let span = span(node, "take_back_seconds", from: floor.hold)
            {
                times.hold = span
            }
            settings.times[riskClass] = times
        }
    }

    /// A number of seconds between a floor and the longest.
    private mutating func span(_ node: Node, _ name: String, from floor: Span) -> Span? {
        let longest = ConfirmTimes.longest.seconds
        guard let seconds = node.float, (floor.seconds...longest).contains(seconds) else {
            source.report(
                node,
                "`\(name)` is a number of seconds from \(floor.seconds), below which a slip of "
                    + "the hand would decide, to \(longest)"
            )
            return nil
        }
        return Span(seconds: seconds)
    }
}
