import ArgumentParser

/// `holdshort-crash`: kills the real service, and shows that nothing that it acknowledged is lost.
@main struct CrashHarness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdshort-crash",
        abstract: "Kill the real service at work, and check all that it had acknowledged.",
        discussion: """
            Each mode starts `holdshort serve` in a scratch directory, drives it through its \
            sockets, and holds what the clients were told against the journal that is left. It \
            ends with one line of figures. Exit status: 0 all held, 1 something did not (what, \
            where, and the command that replays it), 2 the run proves nothing.

            Example: holdshort-crash random --kills 100
            """,
        subcommands: [
            RandomKills.self, PointSweep.self, UnwindKills.self, DoubleKills.self,
            DeadlineRace.self, OppositeVerdicts.self, Duplicates.self, Restarts.self,
        ]
    )
}
