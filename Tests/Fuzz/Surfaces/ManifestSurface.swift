import HoldCore
import HoldManifest

/// One file: problems with their places, or a manifest that explains each of its own actions.
enum ManifestSurface {
    private static let file = "m.yaml"

    static func problem(in bytes: [UInt8]) -> String? {
        let loaded = ManifestLoader.load(bytes, file: file)
        guard (loaded.manifest == nil) != loaded.errors.isEmpty else {
            return "neither a manifest nor an error"
        }
        let lines = lineLengths(String(decoding: bytes, as: UTF8.self))
        for problem in loaded.problems {
            if let wrong = check(problem, lines) { return "\(wrong): \(problem)" }
        }
        guard isPrintable(loaded.report, lines: true) else { return "a report that is not text" }
        guard (try? JSONValue(parsing: loaded.json.canonical)) == loaded.json else {
            return "a report that is not JSON"
        }
        return loaded.manifest.flatMap(explain)
    }

    private static func check(_ problem: ManifestProblem, _ lines: [Int]) -> String? {
        guard !problem.message.isEmpty else { return "it says nothing" }
        guard isPrintable(problem.description) else { return "it is not one line" }
        guard (1...lines.count).contains(problem.line) else { return "the line is not there" }
        // The end of a line is a place too.
        guard (1...lines[problem.line - 1] + 1).contains(problem.column) else {
            return "the column is not there"
        }
        return nil
    }

    /// The scalars of every line, as YAML ends lines.
    private static func lineLengths(_ text: String) -> [Int] {
        var lengths = [0]
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lengths.append(0)
            default: lengths[lengths.count - 1] += 1
            }
            previous = scalar
        }
        // The carriage return of a pair is a scalar of its line.
        return lengths.map { $0 + 1 }
    }

    private static func isPrintable(_ text: String, lines: Bool = false) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control: lines && scalar == "\n"
            case .format, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
    }

    private static func explain(_ manifest: Manifest) -> String? {
        let names = manifest.actions.keys.sorted().prefix(8) + ["an action of nobody"]
        for name in names {
            for risk in [nil, 1.0] {
                let request = GateRequest(
                    action: name,
                    arguments: ["amount": 7, "text": "x"],
                    risk: risk,
                    agent: "fuzzer",
                    depth: 1,
                    provenAt: [:],
                    now: Instant(milliseconds: 0),
                    separation: .enforced
                )
                if let wrong = check(request, manifest) { return "\(name): \(wrong)" }
            }
        }
        return nil
    }

    private static func check(_ request: GateRequest, _ manifest: Manifest) -> String? {
        let explanation: ManifestExplanation
        do {
            explanation = try ManifestExplanation(of: request, under: manifest)
        } catch {
            return manifest.actions[request.action] == nil ? nil : "refused: \(error)"
        }
        guard isPrintable(explanation.text, lines: true) else {
            return "the explanation is not text: \(JSONValue.string(explanation.text).asciiText)"
        }
        guard (try? JSONValue(parsing: explanation.json.canonical)) == explanation.json else {
            return "the explanation is not JSON"
        }
        let resolution = explanation.resolution
        guard resolution.depthLimit >= 1 else { return "a depth limit of \(resolution.depthLimit)" }
        guard (0...1).contains(resolution.sample) else { return "a sample of \(resolution.sample)" }
        guard resolution.needsApproval == (resolution.mode != .autonomous) else {
            return "\(resolution.mode) with approval \(resolution.needsApproval)"
        }
        guard resolution.needsApproval else { return nil }
        // A gate always asks somebody for some time (I3).
        guard !resolution.policy.tiers.isEmpty, resolution.policy.approvals >= 1,
            resolution.policy.tiers.allSatisfy({ $0.span > .zero })
        else { return "a gate that asks nobody" }
        return nil
    }
}
