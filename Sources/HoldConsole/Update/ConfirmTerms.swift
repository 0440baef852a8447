package import HoldCore

/// What it takes to approve one item from this console.
package struct ConfirmTerms: Hashable, Sendable {
    /// How long the sheet is on the screen before it takes a confirmation.
    package let arming: Span
    /// How long the confirmed decision can be taken back before it is sent.
    package let hold: Span
    /// What has to be typed; nil: the confirm key.
    package let typed: String?
    /// Too little time is left to hold it: `goes out at once, no take-back`.
    package let goesAtOnce: Bool
}

/// The tiers of care, by risk class.
package struct ConfirmTier: Hashable, Sendable {
    package let riskClass: RiskClass
    package let arming: Span
    package let hold: Span
    /// Whether the named value has to be typed.
    package let isTyped: Bool

    /// From little to much.
    package static let table: [ConfirmTier] = [
        ConfirmTier(
            riskClass: .low,
            arming: Span(milliseconds: 400),
            hold: Span(seconds: 2),
            isTyped: false
        ),
        ConfirmTier(
            riskClass: .medium,
            arming: Span(seconds: 1),
            hold: Span(seconds: 5),
            isTyped: false
        ),
        ConfirmTier(
            riskClass: .high,
            arming: Span(seconds: 1),
            hold: Span(seconds: 10),
            isTyped: false
        ),
        ConfirmTier(
            riskClass: .irreversible,
            arming: Span(seconds: 2),
            hold: Span(seconds: 10),
            isTyped: true
        ),
    ]

    /// The tier of a risk class.
    package static func of(_ riskClass: RiskClass) -> ConfirmTier {
        table.first { $0.riskClass == riskClass } ?? strictest
    }

    private static let strictest = ConfirmTier(
        riskClass: .irreversible,
        arming: Span(seconds: 2),
        hold: Span(seconds: 10),
        isTyped: true
    )
}

extension ConfirmTerms {
    /// What is kept free between the end of a hold and the item's deadline.
    package static let margin = Span(seconds: 2)

    /// The terms for an item with so much time left.
    ///
    /// A hold never outlasts its item: with too little time the decision goes out at once, and then
    /// it takes the typed form, because nobody can take it back.
    package init(for item: QueueItem, left: Span, times: ConfirmTimes = .standard) {
        let tier = ConfirmTier.of(item.riskClass)
        let own = times[item.riskClass]
        let atOnce = left < own.hold + Self.margin
        let typed = tier.isTyped || item.confirm == .type || atOnce
        self.init(
            arming: typed ? max(own.arming, times[.irreversible].arming) : own.arming,
            hold: atOnce ? .zero : own.hold,
            typed: typed ? item.action : nil,
            goesAtOnce: atOnce
        )
    }
}
