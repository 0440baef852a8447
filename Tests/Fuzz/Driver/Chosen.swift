import Foundation
import FuzzSurfaces

/// The surface that `HOLDSHORT_FUZZ` names.
enum Chosen {
    /// What does not hold for an input; nil when no surface has the name that was given.
    static let check: (@Sendable ([UInt8]) -> String?)? = {
        let name = ProcessInfo.processInfo.environment["HOLDSHORT_FUZZ"] ?? ""
        if name == Canary.name { return { Canary.problem(in: $0) } }
        guard let surface = Surface(rawValue: name) else { return nil }
        return { surface.problem(in: $0) }
    }()

    static func explain() {
        let names = Surface.allCases.map(\.rawValue) + [Canary.name]
        print("HOLDSHORT_FUZZ names one of: \(names.joined(separator: ", "))")
    }
}
