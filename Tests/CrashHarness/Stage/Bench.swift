import Foundation

/// Where a mode works: makes its sites, and clears them away.
final class Bench {
    let binary: String
    let seed: UInt64
    private let scratch: String
    private let keeps: Bool
    private var sites: [Site] = []
    /// How far the mode has come, for a violation to say.
    var moment = ""

    init(binary: String, scratch: String, seed: UInt64, keeps: Bool) {
        self.binary = binary
        self.scratch = scratch
        self.seed = seed
        self.keeps = keeps
    }

    /// A fresh site; the one before is cleared away.
    func site(_ manifest: String) async throws -> Site {
        await strike(keeping: keeps)
        let site = try Site(binary: binary, manifest: manifest, scratch: scratch)
        sites = [site]
        return site
    }

    func dice(_ part: String) -> Dice { Dice(seed: seed, part) }

    /// Where the present site is, and how far the mode has come.
    var place: String {
        [sites.last?.root.path, moment.isEmpty ? nil : moment].compactMap { $0 }
            .joined(separator: ", ")
    }

    /// Ends what still runs, and clears the directories away unless they are wanted.
    func strike(keeping: Bool) async {
        for site in sites {
            await site.kill()
            if !keeping { site.remove() }
        }
        sites = []
    }
}
