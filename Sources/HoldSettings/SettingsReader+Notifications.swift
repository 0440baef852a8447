import HoldConsole
import HoldThemes
import Yams

extension SettingsReader {
    /// Reads what a person wants to be told, and how.
    mutating func readNotifications(_ node: Node) {
        let known = ["way", "through_tmux", "bell", "quiet"]
        let parts = source.entries(of: node, called: "`notifications`", known: known)
        if let node = parts["way"],
            let way = source.choice(node, of: NotificationWay.self, called: "way")
        {
            settings.notifications.way = way
        }
        if let node = parts["through_tmux"] {
            read(node, "through_tmux", into: \.notifications.passesTmux)
        }
        if let node = parts["bell"] { read(node, "bell", into: \.notifications.rings) }
        if let node = parts["quiet"], node.null == nil {
            guard let hours = node.string.flatMap(QuietHours.init(text:)) else {
                return source.report(
                    node,
                    "`quiet` is a part of the day in UTC, such as \"22:00-06:00\""
                )
            }
            settings.notifications.quiet = hours
        }
    }
}

extension QuietHours {
    /// Reads `22:00-06:00`.
    init?(text: String) {
        let times = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { QuietHours.minute($0) }
        guard times.count == 2, let from = times[0], let until = times[1] else { return nil }
        self.init(from: from, until: until)
    }

    /// The minute of the day of `06:30`; nil when it is no time.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ part in
                part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}
