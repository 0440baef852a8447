/// What colleagues tell each other: who is on an item, who looks later, what whoever comes next should
/// know. None of it keeps anybody from deciding.
extension Draft {
    /// The item, if it is open and this person may decide on it: only then are courtesies theirs.
    private func openItem(_ id: StepID, for peer: Peer) throws(Refusal) -> Item {
        let (step, item) = try knownItem(id)
        guard item.state.isPending else { throw .alreadyDecided(item.state, item.decision) }
        try guardInTime(item)
        try guardMayDecide(step, item, by: peer)
        return item
    }

    mutating func claim(_ id: StepID, for span: Span?, by peer: Peer) throws(Refusal) {
        let item = try openItem(id, for: peer)
        let span = span ?? Claim.usualSpan
        guard span > .zero else { throw .invalid(field: "params.seconds", "is not above 0") }
        let until = min(now + span, item.deadline)
        if let standing = item.claim, standing.stands(at: now) {
            guard standing.uid == peer.uid else { throw .claimed(standing) }
            // Asked again, it lasts longer and never shorter: to end it early there is the release.
            guard standing.until < until else { return }
        }
        record(.itemClaimed(ItemClaimed(step: id, until: until)))
    }

    mutating func release(_ id: StepID, by peer: Peer) throws(Refusal) {
        let (_, item) = try knownItem(id)
        guard let standing = item.claim, standing.stands(at: now) else { return }
        guard standing.uid == peer.uid else { throw .claimed(standing) }
        record(.itemReleased(StepNamed(step: id)))
    }

    mutating func snooze(_ id: StepID, for span: Span, by peer: Peer) throws(Refusal) {
        let item = try openItem(id, for: peer)
        guard span >= .zero else { throw .invalid(field: "params.seconds", "is less than 0") }
        let standing = item.snooze(of: peer.uid, at: now)
        if span == .zero {
            guard standing != nil else { return }
            return record(.itemSnoozed(ItemSnoozed(step: id, until: now)))
        }
        let latest = item.deadline - ItemRow.soon
        guard now < latest else {
            throw .conflict("Less than two minutes are left: the item stays in sight.")
        }
        let until = min(now + span, latest)
        guard standing?.until != until else { return }
        record(.itemSnoozed(ItemSnoozed(step: id, until: until)))
    }

    mutating func note(_ text: String, on id: StepID, by peer: Peer) throws(Refusal) {
        let item = try openItem(id, for: peer)
        try guardSays(text)
        guard !item.notes.repeats(text, by: peer) else { return }
        guard item.notes.count < Note.itemMax else {
            throw .conflict(
                "There are \(Note.itemMax) notes on this item: say it in the decision's reason."
            )
        }
        record(.itemNoted(ItemNoted(step: id, text: text)))
    }

    /// A note for whoever comes next; in the control workflow.
    mutating func noteShift(_ text: String, by peer: Peer) throws(Refusal) {
        guard workflow.id == Workflow.control else {
            throw .conflict("A shift's note is not recorded in one run of an agent.")
        }
        try guardHasRole(to: "leave a note")
        try guardSays(text)
        guard !workflow.shiftNotes.repeats(text, by: peer) else { return }
        record(.shiftNoted(ShiftNoted(text: text)))
    }

    private func guardSays(_ text: String) throws(Refusal) {
        if let problem = Note.problem(with: text) {
            throw .invalid(field: "params.text", problem)
        }
    }

    /// Where the manifest has roles, a person who acts beyond one item must have one of them.
    func guardHasRole(to act: String) throws(Refusal) {
        let roles = circumstances.manifest.roles
        guard case .reviewer(let peer) = party, !roles.isEmpty,
            !roles.values.contains(where: { $0.includes(peer) })
        else { return }
        throw .forbidden(
            "\(peer.user) has none of the manifest's roles: only who may decide may \(act)."
        )
    }
}

extension [Note] {
    /// Whether this person's newest note says the same: said again, it is the same note (I15).
    fileprivate func repeats(_ text: String, by peer: Peer) -> Bool {
        let newest = last { $0.uid == peer.uid }
        return newest?.text.isSame(as: text) ?? false
    }
}

extension Item {
    /// Who is on it at this time; nil: nobody.
    public func claim(at now: Instant) -> Claim? {
        claim.flatMap { $0.stands(at: now) ? $0 : nil }
    }

    /// This reviewer's snooze that stands at this time.
    public func snooze(of uid: UInt32, at now: Instant) -> Snooze? {
        snoozes.first { $0.uid == uid && $0.stands(at: now) }
    }

    mutating func takeClaim(until: Instant, by actor: Actor) {
        let claim = Claim(by: actor.name, uid: actor.number, until: until)
        self.claim = claim
        // Whoever is on an item has it in sight.
        snoozes.removeAll { $0.uid == claim.uid }
    }

    mutating func takeSnooze(until: Instant, by actor: Actor, at now: Instant) {
        let snooze = Snooze(by: actor.name, uid: actor.number, until: until)
        snoozes.removeAll { $0.uid == snooze.uid }
        guard snooze.stands(at: now) else { return }
        // In one order, so that the same snoozes are the same state.
        snoozes.append(snooze)
        snoozes.sort { $0.uid < $1.uid }
        // Whoever looks later is not on it now.
        if claim?.uid == snooze.uid { claim = nil }
    }

    mutating func takeNote(_ text: String, by actor: Actor, at now: Instant) {
        notes.append(Note(by: actor.name, uid: actor.number, text: text, at: now))
    }
}

extension Workflow {
    mutating func takeShiftNote(_ text: String, by actor: Actor, at now: Instant) {
        shiftNotes.append(Note(by: actor.name, uid: actor.number, text: text, at: now))
        shiftNotes.removeFirst(max(0, shiftNotes.count - Note.shiftMax))
    }
}

extension Actor {
    /// What people are shown.
    fileprivate var name: String { user ?? kind.rawValue }
    /// The account's number; that of nobody where there is no account.
    fileprivate var number: UInt32 { uid ?? .max }
}
