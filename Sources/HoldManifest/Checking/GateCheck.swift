import HoldCore

/// Checks what the keys of an action, and of each of its rules, come to together.
struct GateCheck {
    let manifest: Manifest

    /// Checks an action with each of its rules; nil: the defaults.
    func check(_ action: ActionPolicy?, in log: inout ProblemLog) {
        for rule in [nil] + (action?.rules ?? []).map(Optional.some) {
            let layers = GateLayers(manifest: manifest, action: action, rule: rule)
            checkTimes(of: layers, in: &log)
            guard action != nil else { return }
            checkApprovals(of: layers, in: &log)
            checkUndo(of: layers, in: &log)
            checkDrill(of: layers, in: &log)
        }
    }

    /// Whether every rung gets some time, and whether the timeout says what the rungs say.
    private func checkTimes(of layers: GateLayers, in log: inout ProblemLog) {
        let path = layers.escalation
        let timeout = layers.timeout
        guard max(path.layer, timeout.layer) == layers.innermost else { return }
        let fixed = path.source.value.compactMap(\.span).reduce(0) { $0 + $1.milliseconds }
        let open = path.source.value.filter { $0.span == nil }
        let total = timeout.source.value.milliseconds
        let inner = timeout.layer > path.layer ? Place(timeout.source) : Place(path.source)
        if let starved = open.first {
            guard (total - fixed) / Int64(open.count) < 1 else { return }
            log.error(
                "\(layers.subject): the tiers' minutes leave nothing of the timeout's "
                    + "\(minutes(total)) minutes for ‘\(starved.role.forPeople)’",
                at: inner
            )
        } else if timeout.layer >= path.layer, total != fixed {
            log.warning(
                "\(layers.subject): timeout_minutes is \(minutes(total)), but the tiers' minutes, "
                    + "which count, add up to \(minutes(fixed))",
                at: Place(timeout.source)
            )
        }
    }

    /// Whether the path has as many people as must approve.
    private func checkApprovals(of layers: GateLayers, in log: inout ProblemLog) {
        let path = layers.escalation
        guard let approvals = layers.setting(\.approvals), layers.needsApproval,
            max(path.layer, approvals.layer) == layers.innermost
        else { return }
        let roles = path.source.value.map { manifest.roles[$0.role] }
        var users: Set<String> = []
        for role in roles {
            guard let role, role.groups.isEmpty else { return }
            users.formUnion(role.users)
        }
        guard approvals.source.value > users.count else { return }
        let names = path.source.value.map(\.role.forPeople).joined(separator: ", ")
        log.error(
            "\(layers.subject): needs \(approvals.source.value) approvals, "
                + "but \(names) can field only \(users.count)",
            at: approvals.layer >= path.layer ? Place(approvals.source) : Place(path.source)
        )
    }

    /// Whether what runs unreviewed can be undone.
    private func checkUndo(of layers: GateLayers, in log: inout ProblemLog) {
        guard layers.hasSideEffects, layers.undoOperation == nil,
            let place = layers.innermostPlace
        else { return }
        if !layers.needsApproval {
            log.warning(
                "\(layers.subject): has side effects, no undo, and does not block: "
                    + "it will wait whenever its workflow has something pending",
                at: place,
                hint: "name an undo_operation, or say side_effects: false"
            )
        } else if layers.setting(\.blocking)?.source.value == false {
            log.error(
                "\(layers.subject): does not block and has no undo: "
                    + "a rejection would come too late",
                at: place,
                hint: "say blocking: true, or name an undo_operation"
            )
        }
    }

    private func checkDrill(of layers: GateLayers, in log: inout ProblemLog) {
        guard let days = layers.setting(\.undoDrillDays), days.layer == layers.innermost,
            let name = layers.undoOperation, let operation = manifest.operations[name],
            operation.executor != nil, operation.drill == nil
        else { return }
        log.warning(
            "\(layers.subject): undo_drill_days asks for drills, "
                + "but the operation ‘\(name.forPeople)’ has no ‘drill’",
            at: Place(days.source)
        )
    }

    private func minutes(_ milliseconds: Int64) -> String {
        ManifestReader.plain(Double(milliseconds) / 60_000)
    }
}
