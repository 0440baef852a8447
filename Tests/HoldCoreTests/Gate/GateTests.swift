import Testing

@testable import HoldCore

/// The table of `semantics.md` § Which mode a step gets, row by row.
struct GateTests {
    private var manifest = Manifest.sample

    private func gate(
        _ action: String,
        _ arguments: JSONValue = [:],
        risk: Double? = nil,
        depth: Int = 0,
        provenAt: [String: Instant] = [:],
        in manifest: Manifest? = nil
    ) throws -> GateResolution {
        try (manifest ?? self.manifest).resolveGate(
            GateRequest(
                action: action,
                arguments: arguments,
                risk: risk,
                agent: "bot",
                depth: depth,
                provenAt: provenAt,
                now: .noon,
                separation: .enforced
            )
        )
    }

    @Test func `an unlisted action is blocking, or refused, and never silent`() throws {
        let blocked = try gate("unheard")
        #expect(blocked.mode == .sync)
        #expect(blocked.reasons == [.unlistedAction, .noUndo])
        #expect(blocked.policy.riskClass == .high)

        var refusing = manifest
        refusing.defaults.unlistedAction = Sourced(.refuse)
        #expect(refusal { _ = try gate("unheard", in: refusing) } == .unlistedAction("unheard"))
        #expect(try gate("deploy", in: refusing).mode == .async)
    }

    @Test func `the first rule that matches overrides the action's keys, key by key`() throws {
        var ruled = manifest
        let rules = [
            Manifest.rule("big", when: .test(path: .arguments(["n"]), .greater(10))) {
                $0.blocking = Sourced(true)
            },
            Manifest.rule("any", when: .all([])) { $0.approvalRequired = Sourced(false) },
        ]
        ruled.add("pay", rules: rules) {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("erase")
        }
        let big = try gate("pay", ["n": 11], in: ruled)
        let small = try gate("pay", ["n": 10], in: ruled)

        #expect(big.mode == .sync && big.reasons == [.rule("big")] && big.undoOperation == "erase")
        #expect(small.mode == .autonomous && small.rule == "any")
    }

    @Test(arguments: [(0.84, Mode.autonomous), (0.85, .sync), (1.0, .sync)])
    func `risk at the threshold demands an approval and blocks`(risk: Double, mode: Mode) throws {
        let gate = try gate("note", risk: risk)
        #expect(gate.mode == mode)
        #expect(gate.reasons.contains(.risk) == (mode == .sync))
        #expect(gate.policy.riskClass == (mode == .sync ? .high : .medium))
    }

    @Test func `an action's own threshold stands before the usual one`() throws {
        var strict = manifest
        strict.set("note") { $0.riskThreshold = Sourced(0.2) }
        #expect(try gate("note", risk: 0.2, in: strict).mode == .sync)
        #expect(try gate("note", risk: 0.19, in: strict).mode == .autonomous)
        #expect(try gate("note", in: strict).mode == .autonomous)
    }

    @Test func `what the file leaves out fails closed`() throws {
        var bare = Manifest(digest: manifest.digest, file: "m.yaml")
        bare.actions["act"] = ActionPolicy(name: "act", settings: ActionSettings())
        let gate = try gate("act", in: bare)
        #expect(gate.needsApproval && gate.mode == .sync)
        #expect(gate.reasons == [.manifest, .noUndo])

        var undoable = bare
        undoable.set("act") { $0.undoOperation = Sourced("erase") }
        #expect(try self.gate("act", in: undoable).reasons == [.manifest])
        undoable.set("act") { $0.blocking = Sourced(false) }
        #expect(try self.gate("act", in: undoable).mode == .async)
    }

    @Test func `no approval required: it proceeds, with or without an undo`() throws {
        #expect(try gate("note").mode == .autonomous)
        #expect(try gate("mail").mode == .autonomous)
        #expect(try gate("mail").reasons == [])
    }

    @Test func `an approval and no undo: blocking, whatever else is said`() throws {
        var wrong = manifest
        wrong.set("wipe") { $0.blocking = Sourced(false) }
        let gate = try gate("wipe", in: wrong)
        #expect(gate.mode == .sync && gate.reasons == [.noUndo])
        #expect(gate.policy.riskClass == .irreversible)
    }

    @Test func `an undo has to be proven as recently as asked`() throws {
        var drilled = manifest
        drilled.set("deploy") { $0.undoDrillDays = Sourced(2) }
        let limit = Span(seconds: 2 * 86_400)
        let inTime = Instant.noon - limit
        let tooOld = inTime - Span(milliseconds: 1)

        #expect(try gate("deploy", in: drilled).reasons == [.undoUnproven])
        #expect(try gate("deploy", provenAt: ["destroy": inTime], in: drilled).mode == .async)
        #expect(
            try gate("deploy", provenAt: ["destroy": tooOld], in: drilled).reasons == [
                .undoUnproven
            ]
        )
        #expect(try gate("deploy").mode == .async)
    }

    @Test func `a depth that is used up makes gated steps block`() throws {
        #expect(try gate("deploy", depth: 4).mode == .async)
        #expect(try gate("deploy", depth: 5).reasons == [.maxAsyncDepth])
        #expect(try gate("note", depth: 5).mode == .autonomous)

        var shallow = manifest
        shallow.set("deploy") { $0.maxAsyncDepth = Sourced(1) }
        #expect(try gate("deploy", depth: 1, in: shallow).reasons == [.maxAsyncDepth])
    }

    @Test func `every reason that forced blocking is named`() throws {
        var strict = manifest
        strict.set("deploy") {
            $0.blocking = Sourced(true)
            $0.undoDrillDays = Sourced(1)
        }
        let gate = try gate("deploy", risk: 0.9, depth: 9, in: strict)
        #expect(gate.reasons == [.manifest, .risk, .undoUnproven, .maxAsyncDepth])
    }

    @Test func `an action that only reads needs no undo and never waits for depth`() throws {
        var reading = manifest
        reading.add("look") {
            $0.blocking = Sourced(false)
            $0.sideEffects = Sourced(false)
        }
        let gate = try gate("look", depth: 99, in: reading)
        #expect(gate.mode == .async && gate.reasons == [] && gate.undoOperation == nil)
        #expect(gate.policy.riskClass == .medium)
    }

    @Test(arguments: [(nil, RiskClass.medium), (0.5, .medium), (0.49, .low), (0.85, .high)])
    func `the risk class follows the estimate`(risk: Double?, wanted: RiskClass) throws {
        #expect(try gate("deploy", risk: risk).policy.riskClass == wanted)
    }

    @Test func `the timeout is the sum of the tiers' times`() throws {
        var timed = manifest
        timed.set("deploy") {
            $0.timeout = Sourced(Span(milliseconds: 100_000))
            $0.escalation = Sourced([
                TierSpec(role: "primary"), TierSpec(role: "dba", span: Span(seconds: 9)),
                TierSpec(role: "secondary"), TierSpec(role: "primary"),
            ])
        }
        let tiers = try gate("deploy", in: timed).policy.tiers
        #expect(tiers.map(\.span.milliseconds) == [30_333, 9000, 30_333, 30_334])
        #expect(
            try gate("wipe").policy.tiers.map(\.span) == [Span(minutes: 7.5), Span(minutes: 7.5)]
        )
    }

    @Test func `a role that nobody has lets nobody in, and no roles let everybody in`() throws {
        var orphaned = manifest
        orphaned.roles["primary"] = nil
        #expect(try gate("wipe", in: orphaned).policy.tiers.first?.asks(.ann) == false)
        orphaned.roles = [:]
        #expect(try gate("wipe", in: orphaned).policy.tiers.first?.asks(.eve) == true)
    }

    @Test func `a part that something else forced points at that key`() throws {
        var placed = manifest
        placed.set("deploy") {
            $0.approvalRequired = Sourced(false, line: 3, column: 5)
            $0.blocking = Sourced(false, line: 4, column: 5)
            $0.riskThreshold = Sourced(0.3, line: 7, column: 5)
            $0.sample = Sourced(0.5, line: 8, column: 5)
        }
        func origin(_ key: String, risk: Double) throws -> String? {
            try gate("deploy", risk: risk, in: placed).policy.parts.first { $0.key == key }?.origin
        }
        let threshold = "manifest.yaml:7:5 actions.deploy.risk_threshold"
        #expect(try origin("blocking", risk: 0.3) == threshold)
        #expect(try origin("approval_required", risk: 0.3) == threshold)
        #expect(
            try origin("approval_required", risk: 0.2)
                == "manifest.yaml:3:5 actions.deploy.approval_required"
        )
        #expect(try origin("blocking", risk: 0.2) == "manifest.yaml:4:5 actions.deploy.blocking")
        #expect(try origin("sample", risk: 0.2) == "manifest.yaml:8:5 actions.deploy.sample")
        #expect(try origin("undo_drill_days", risk: 0.2) == nil)

        placed.set("wipe") { $0.blocking = Sourced(false, line: 12, column: 5) }
        placed.set("wipe") { $0.undoOperation = Sourced(nil, line: 13, column: 5) }
        let forced = try gate("wipe", in: placed).policy.parts.first { $0.key == "blocking" }
        #expect(forced?.value == "true")
        #expect(forced?.origin == "manifest.yaml:13:5 actions.wipe.undo_operation")
    }
}
