import HoldClient
import HoldWire

/// One store under load from its first event to a clean stop, killed in between.
final class Round {
    let site: Site
    let notes = Notes()
    let world = World()
    var oracle = Oracle()
    let load: Load
    /// How long the service served, while the load was on.
    private(set) var serving = Duration.zero
    private(set) var kills = 0
    private var servingSince = ContinuousClock.now
    private var bareDescriptors = 0

    /// Starts the service and the load.
    init(_ site: Site, mix: Load.Mix, seed: UInt64, name: String) async throws {
        self.site = site
        load = Load(site, notes: notes, world: world, mix: mix, seed: seed)
        if site.service == nil { try await site.serve() }
        bareDescriptors = site.service?.descriptors ?? 0
        load.start(name)
        servingSince = .now
    }

    /// Kills the service, and checks what it leaves.
    func kill() async throws {
        await site.kill()
        try died()
    }

    /// The service is dead: checks what it left.
    func died() throws {
        serving += .now - servingSince
        kills += 1
        site.forget()
        try oracle.check(site, notes)
    }

    /// Starts a service that will end itself, without waiting for anything.
    func adopt(environment: [String: String]) throws -> ServiceProcess {
        servingSince = .now
        return try site.adopt(environment: environment)
    }

    /// Starts the service again.
    func serve() async throws {
        try await site.serve()
        servingSince = .now
    }

    /// Lets everything come to its end, stops the service as an operator does, and checks it all.
    func finish() async throws {
        try await load.settle()
        serving += .now - servingSince
        await load.close()
        try await checkLeaks()
        guard try await site.run("audit", "verify") == 0 else {
            throw Violation("holdshort audit verify does not pass")
        }
        let code = try await site.stop()
        guard code == 0 else { throw Violation("a clean stop ends with status \(code)") }
        try oracle.check(site, notes)
        try oracle.checkEnd(world)
    }

    /// With all clients gone, the service holds what it held at its start and runs nothing.
    private func checkLeaks() async throws {
        guard let service = site.service else { return }
        let isBare = await eventually(within: .seconds(10)) {
            service.descriptors <= self.bareDescriptors + 2 && service.children.isEmpty
        }
        guard isBare else {
            throw Violation(
                "left over: \(service.descriptors) descriptors, \(bareDescriptors) at the start;"
                    + " children \(service.children)"
            )
        }
    }

    /// Answered requests a second, while the service served.
    var rate: Double { Double(notes.operations) / max(serving.seconds, 0.001) }
}

/// Figures over several rounds.
struct Tally {
    private(set) var kills = 0
    private(set) var operations = 0
    private(set) var serving = Duration.zero
    private(set) var events = 0
    private(set) var items = 0
    private(set) var undos = 0
    private(set) var checked = 0
    private(set) var starts: [Duration] = []

    mutating func add(_ round: Round) {
        kills += round.kills
        operations += round.notes.operations
        serving += round.serving
        events += round.oracle.model.events
        items += round.oracle.model.numbers.count
        undos += round.world.figures.undos
        checked += round.oracle.notes
        starts += round.site.starts.dropFirst()
    }

    var rate: Double { Double(operations) / max(serving.seconds, 0.001) }

    /// - Throws: ``InvalidRun`` below so many operations a second: too little was at stake.
    func checkRate(_ least: Double) throws {
        guard rate >= least else {
            throw InvalidRun("\(Int(rate)) operations a second, below \(Int(least))")
        }
    }

    var line: String {
        "\(kills) kills, \(operations) operations acknowledged (\(Int(rate))/s), \(checked) notes"
            + " checked, \(items) items, \(events) events, \(undos) undos;"
            + " restart \(starts.figures)."
    }
}

extension [Duration] {
    /// The middle and the longest.
    var figures: String {
        guard let longest = self.max() else { return "none" }
        let middle = sorted()[count / 2]
        return "p50 \(Int(middle.milliseconds)) ms, max \(Int(longest.milliseconds)) ms"
    }
}
