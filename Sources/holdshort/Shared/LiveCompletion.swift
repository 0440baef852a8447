import ArgumentParser
import Foundation
import HoldClient
import HoldCore
import HoldManifest
import HoldService
import HoldThemes
import HoldWire
import Synchronization

/// What a shell offers for a word, asked of whatever is there at that moment.
///
/// It is quick and silent: where no service answers at once, there is nothing to offer. Shells
/// expand what they are offered, so an id with any character that means something to one of them is
/// left out; its owner still types it.
enum LiveCompletion {
    /// Numbers of pending items, the most urgent first.
    static let items = asked { client in
        try await client.list(QueueQuery(limit: LiveCompletion.most)).items.map { "\($0.number)" }
    }

    /// Ids of workflows.
    static let workflows = asked { client in
        try await client.workflows(status: nil, offset: 0, limit: LiveCompletion.most)
            .workflows.map(\.workflow)
    }

    /// Names of agents that have workflows.
    static let agents = asked { client in
        let reply = try await client.workflows(status: nil, offset: 0, limit: LiveCompletion.most)
        return Set(reply.workflows.map(\.agent)).sorted()
    }

    /// Names of themes.
    static let themes = CompletionKind.custom { _, _, _ in
        offered(ThemeLibrary(environment: ProcessInfo.processInfo.environment).names)
    }

    /// Operations of the manifest.
    static let operations = CompletionKind.custom { words, _, _ in
        offered(manifest(words).map { $0.operations.keys.sorted() } ?? [])
    }

    /// Actions of the manifest.
    static let actions = CompletionKind.custom { words, _, _ in
        offered(manifest(words).map { $0.actions.keys.sorted() } ?? [])
    }

    // MARK: - How

    private static let most = 200
    private static let patience = Duration.milliseconds(300)

    /// Words that every shell takes as they are.
    static func offered(_ words: [String]) -> [String] {
        words.filter { word in
            guard let first = word.utf8.first, word.utf8.count <= 200 else { return false }
            return first != 0x2D && word.utf8.allSatisfy(isPlain)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        // - . / @ _ +
        case 0x2D, 0x2E, 0x2F, 0x40, 0x5F, 0x2B: true
        default: false
        }
    }

    private static func asked(
        _ ask: @escaping @Sendable (ReviewClient) async throws -> [String]
    ) -> CompletionKind {
        .custom { words, _, _ in
            let service = options(words)
            let answer = OneAnswer()
            Task.detached {
                answer.give(
                    await Hurry.value(within: patience) { try await ask(service.reviewer()) } ?? []
                )
            }
            return offered(answer.wait())
        }
    }

    /// The service that the words typed so far are about.
    private static func options(_ words: [String]) -> ServiceOptions {
        var service = ServiceOptions()
        service.runtimeDirectory = value(of: "--runtime-dir", in: words)
        return service
    }

    private static func value(of option: String, in words: [String]) -> String? {
        guard let index = words.firstIndex(of: option), index + 1 < words.count else { return nil }
        return words[index + 1]
    }

    private static func manifest(_ words: [String]) -> Manifest? {
        let named = value(of: "--manifest", in: words) ?? value(of: "--file", in: words)
        return try? ManifestFile.load(named, options(words)).manifest
    }
}

/// One answer from another thread, for a caller that cannot wait in any other way.
private final class OneAnswer: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let words = Mutex<[String]>([])

    func give(_ answer: [String]) {
        words.withLock { $0 = answer }
        done.signal()
    }

    func wait() -> [String] {
        done.wait()
        return words.withLock { $0 }
    }
}
