import Foundation

/// How much of a long run is made: all of it with `HOLDSHORT_LONG=1`.
enum Length {
    static let isLong: Bool = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"
}
