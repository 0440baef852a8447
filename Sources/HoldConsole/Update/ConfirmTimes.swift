package import HoldCore

/// How long sheets arm and decisions can be taken back, by risk class.
///
/// A person may make them longer, and shorter down to a floor: below it, a slip of the hand would
/// decide.
package struct ConfirmTimes: Hashable, Sendable {
    /// The times of one risk class.
    package struct Times: Hashable, Sendable {
        package var arming: Span
        package var hold: Span

        package init(arming: Span, hold: Span) {
            self.arming = arming
            self.hold = hold
        }
    }

    private var own: [RiskClass: Times] = [:]

    /// The times of the tiers.
    package static let standard = ConfirmTimes()

    /// The most that either may be: a sheet that never arms would be no sheet.
    package static let longest = Span(seconds: 60)

    /// The times of a risk class; setting shorter ones than its floor gives the floor.
    package subscript(riskClass: RiskClass) -> Times {
        get {
            let tier = ConfirmTier.of(riskClass)
            return own[riskClass] ?? Times(arming: tier.arming, hold: tier.hold)
        }
        set {
            let floor = Self.floor(of: riskClass)
            own[riskClass] = Times(
                arming: min(max(newValue.arming, floor.arming), Self.longest),
                hold: min(max(newValue.hold, floor.hold), Self.longest)
            )
        }
    }

    /// The least that a class may have: the arming of its tier, and half of its hold.
    package static func floor(of riskClass: RiskClass) -> Times {
        let tier = ConfirmTier.of(riskClass)
        return Times(
            arming: tier.arming,
            hold: Span(milliseconds: tier.hold.milliseconds / 2)
        )
    }
}
