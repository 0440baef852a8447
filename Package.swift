// swift-tools-version: 6.2
import PackageDescription

// The import graph is part of the design: a target may import what stands in its dependencies and
// nothing else. `.ci/run` builds with `--explicit-target-dependency-import-check error`.

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

let package = Package(
    name: "holdshort",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "holdshort", targets: ["holdshort"]),
        .library(name: "HoldClient", targets: ["HoldClient"]),
    ],
    traits: [
        .trait(
            name: "PlantedFaults",
            description: "Faults to choose from, for showing that the simulator finds each."
        )
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .target(name: "HoldCore", dependencies: [crypto]),
        .target(name: "HoldManifest", dependencies: ["HoldCore", yams]),
        .target(name: "HoldWire", dependencies: ["HoldCore"]),
        .target(name: "HoldJournal", dependencies: ["HoldCore"]),
        .target(name: "HoldJournalSQLite", dependencies: ["HoldCore", "HoldJournal", grdb]),
        .target(name: "HoldBroker", dependencies: ["HoldCore", "HoldJournal"]),
        .target(
            name: "HoldService",
            dependencies: [
                "HoldCore", "HoldBroker", "HoldJournal", "HoldWire", "HoldManifest",
                nioCore, nioPosix, subprocess, system, lifecycle, signals, logging,
            ]
        ),
        .target(
            name: "HoldClient",
            dependencies: ["HoldCore", "HoldWire", nioCore, nioPosix]
        ),
        .target(name: "HoldConsole", dependencies: ["HoldCore"]),
        .systemLibrary(
            name: "CNcurses",
            providers: [.apt(["libncurses-dev"])]
        ),
        .target(name: "HoldTerminal", dependencies: ["HoldConsole", "CNcurses"]),
        .target(
            name: "HoldThemes",
            dependencies: ["HoldConsole", yams],
            path: "themes",
            resources: [
                .embedInCode("cvd-safe.yaml"), .embedInCode("harbor-dark.yaml"),
                .embedInCode("harbor-light.yaml"), .embedInCode("high-contrast.yaml"),
                .embedInCode("mono.yaml"), .embedInCode("solar-dusk.yaml"),
            ]
        ),
        .target(
            name: "HoldSettings",
            dependencies: ["HoldCore", "HoldConsole", "HoldThemes", yams]
        ),
        .target(
            name: "HoldAgents",
            resources: [
                .embedInCode("Python/holdshort.py"),
                .embedInCode("Python/sync_agent.py"),
                .embedInCode("Python/async_agent.py"),
            ]
        ),
        .executableTarget(
            name: "holdshort",
            dependencies: [
                "HoldCore", "HoldManifest", "HoldWire", "HoldJournal", "HoldJournalSQLite",
                "HoldBroker", "HoldService", "HoldClient", "HoldConsole", "HoldTerminal",
                "HoldThemes", "HoldSettings", "HoldAgents", arguments, logging, signals,
            ]
        ),
        // Kills the real binary at work; a tool of the tests, not a product.
        .executableTarget(
            name: "holdshort-crash",
            dependencies: [
                "HoldCore", "HoldBroker", "HoldClient", "HoldJournal", "HoldJournalSQLite",
                "HoldManifest", "HoldWire", "TestAccounts", arguments,
            ],
            path: "Tests/CrashHarness"
        ),

        // A disk that fails, for the tests of the store: a layer under the system's SQLite.
        .target(
            name: "CFaultVFS",
            path: "Tests/CFaultVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]
        ),

        .target(name: "TestDisks", path: "Tests/TestDisks"),
        .target(name: "TestAccounts", dependencies: ["HoldCore"], path: "Tests/TestAccounts"),

        .testTarget(name: "HoldCoreTests", dependencies: ["HoldCore", "TestAccounts"]),
        .testTarget(name: "HoldManifestTests", dependencies: ["HoldCore", "HoldManifest"]),
        .testTarget(name: "HoldWireTests", dependencies: ["HoldCore", "HoldWire"]),
        .testTarget(
            name: "HoldJournalTests",
            dependencies: [
                "HoldCore", "HoldJournal", "HoldJournalSQLite", "TestAccounts", "TestDisks", grdb,
            ]
        ),
        .testTarget(
            name: "HoldBrokerTests",
            dependencies: [
                "HoldCore", "HoldBroker", "HoldJournal", "HoldJournalSQLite", "CFaultVFS",
                "TestAccounts",
            ]
        ),
        .testTarget(
            name: "HoldServiceTests",
            dependencies: [
                "HoldCore", "HoldService", "HoldClient", "HoldWire", "HoldJournal",
                "HoldJournalSQLite", "HoldManifest", "HoldBroker", "TestAccounts", nioCore,
                nioPosix,
                logging,
            ]
        ),
        .testTarget(
            name: "HoldConsoleTests",
            dependencies: ["HoldCore", "HoldConsole", "HoldThemes", "TestAccounts"],
            resources: [.copy("Pictures"), .copy("Fixtures")]
        ),
        .testTarget(
            name: "HoldSettingsTests",
            dependencies: ["HoldCore", "HoldConsole", "HoldSettings", "HoldThemes", "TestAccounts"]
        ),
        .testTarget(name: "HoldTerminalTests", dependencies: ["HoldConsole", "HoldTerminal"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "HoldCore", "HoldAgents", "HoldClient", "HoldConsole", "HoldWire", "holdshort",
                "TestAccounts", "TestDisks", "holdshort-crash", arguments,
            ]
        ),
        .target(
            name: "Simulation",
            dependencies: [
                "HoldCore", "HoldWire", "HoldJournal", "HoldJournalSQLite", "HoldBroker",
                "TestAccounts",
            ],
            path: "Tests/Simulation"
        ),
        .executableTarget(
            name: "holdshort-sim",
            dependencies: ["HoldCore", "Simulation", arguments],
            path: "Tests/SimulationTool"
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["HoldCore", "HoldJournal", "Simulation", "TestAccounts"]
        ),
        .testTarget(name: "TidyTests"),

        // What fuzzers feed. An ordinary build of the driver replays files; `.ci/fuzz` builds it with
        // libFuzzer behind it.
        .target(
            name: "FuzzSurfaces",
            dependencies: [
                "HoldCore", "HoldManifest", "HoldWire", "HoldJournal", "HoldConsole",
                "TestAccounts",
            ],
            path: "Tests/Fuzz/Surfaces"
        ),
        .executableTarget(
            name: "holdshort-fuzz",
            dependencies: ["FuzzSurfaces"],
            path: "Tests/Fuzz/Driver"
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["FuzzSurfaces", "HoldWire"],
            path: "Tests/Fuzz/Tests"
        ),
    ],
    swiftLanguageModes: [.v6]
)

// House settings, written once for every target of ours.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]
// Debug builds can be told to kill themselves at a given commit; a release holds none of it.
let failing: Set<String> = ["HoldService", "HoldServiceTests", "EndToEndTests"]
// Targets without any unsafe construct: the compiler holds them to it.
let pure: Set<String> = ["HoldCore", "HoldWire", "HoldJournal", "HoldBroker", "HoldConsole"]

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + house
    if failing.contains(target.name) {
        target.swiftSettings?.append(.define("FAILPOINTS", .when(configuration: .debug)))
    }
    if pure.contains(target.name) { target.swiftSettings?.append(.strictMemorySafety()) }
}
