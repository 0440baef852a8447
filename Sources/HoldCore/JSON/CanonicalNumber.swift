/// Numbers as ECMAScript spells them, which RFC 8785 takes for canonical.
enum CanonicalNumber {
    /// The canonical spelling; a value that JSON cannot say becomes `null`.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard value != 0 else { return "0" }
        let (digits, point) = shortest(value.magnitude)
        let sign = value < 0 ? "-" : ""
        let count = digits.utf8.count
        if point > 21 || point <= -6 {
            let rest = digits.dropFirst()
            let exponent = point - 1
            let fraction = rest.isEmpty ? "" : ".\(rest)"
            return
                "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
        if point <= 0 { return "\(sign)0.\(zeros(-point))\(digits)" }
        if count <= point { return "\(sign)\(digits)\(zeros(point - count))" }
        return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    /// The fewest digits that tell the value from its neighbours, as `0.digits × 10^point`.
    ///
    /// The standard library's description has the same digits as ECMAScript (fewest, then
    /// closest) and differs only in where it puts the point and the exponent.
    private static func shortest(_ value: Double) -> (digits: String, point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = (parts.first ?? "").split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        let whole = mantissa.first ?? ""
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = (whole + fraction)[...]
        var point = whole.utf8.count
        if parts.count > 1, let exponent = Int(parts[1]) { point += exponent }
        while digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), point)
    }
}
