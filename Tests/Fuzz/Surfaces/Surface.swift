/// A place where bytes of strangers enter: what a fuzzer feeds, and what must hold whatever it feeds.
public enum Surface: String, Sendable, CaseIterable {
    /// The cutting of a stream into lines.
    case frames
    /// JSON texts and their canonical form.
    case json
    /// Messages of the protocol, and what each method makes of its parameters.
    case wire
    /// Action manifests.
    case manifest
    /// Text on its way to a screen.
    case display
    /// Entries of a journal from anywhere.
    case audit
    /// One workflow, driven by bytes.
    case workflow
    /// The keyboard, and the console behind it.
    case keys

    /// What does not hold for this input, in one sentence; nil when everything holds.
    ///
    /// What traps shows itself.
    public func problem(in bytes: [UInt8]) -> String? {
        switch self {
        case .frames: FrameSurface.problem(in: bytes)
        case .json: JSONSurface.problem(in: bytes)
        case .wire: WireSurface.problem(in: bytes)
        case .manifest: ManifestSurface.problem(in: bytes)
        case .display: DisplaySurface.problem(in: bytes)
        case .audit: AuditSurface.problem(in: bytes)
        case .workflow: WorkflowSurface.problem(in: bytes)
        case .keys: KeySurface.problem(in: bytes)
        }
    }
}

/// A fault planted on purpose: a fuzzer that does not find it finds nothing.
public enum Canary {
    /// The name by which the fuzzer is asked for it.
    public static let name = "canary"

    /// Wrong for one input in 2^32, which blind luck does not meet, and a fuzzer that sees which way the
    /// code goes meets soon.
    public static func problem(in bytes: [UInt8]) -> String? {
        guard bytes.count >= 4, bytes[0] == 0x68 else { return nil }
        guard bytes[1] == 0x6F else { return nil }
        guard bytes[2] == 0x6C else { return nil }
        return bytes[3] == 0x64 ? "the planted fault was found" : nil
    }
}
