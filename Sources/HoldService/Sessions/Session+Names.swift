import HoldCore
import HoldJournal
import HoldWire

/// What people call a workflow or an item, and which one it is.
///
/// Two accounts may both have a workflow of one id. What could be read as either is refused, with the
/// numbers: nothing is ever done to the first of several.
extension Session {
    /// Hands on the key of a workflow that a person names.
    func resolve(
        workflow text: String,
        account: String?,
        _ call: Call,
        then: @escaping @Sendable (Session, WorkflowKey) -> Void
    ) {
        let given = WorkflowGiven(account: account, text: text)
        find(call, { journal throws(JournalFault) in try journal.key(of: given) }, then: then)
    }

    /// Hands on the workflow that a list is narrowed to, if it is; one that there is not lists nothing.
    func resolveFilter(
        workflow text: String?,
        account: String?,
        _ call: Call,
        then: @escaping @Sendable (Session, WorkflowKey?) -> Void
    ) {
        guard let text else { return then(self, nil) }
        let given = WorkflowGiven(account: account, text: text)
        find(
            call,
            { journal throws(JournalFault) -> Result<WorkflowKey?, RPCError> in
                switch try journal.key(of: given) {
                case .success(let key): .success(key)
                case .failure(let error) where error.refusalCode == .unknownWorkflow:
                    .success(WorkflowKey(account: .service, text: text))
                case .failure(let error): .failure(error)
                }
            },
            then: then
        )
    }

    /// Hands on the item that a person names.
    func resolve(
        _ item: WireItemReference,
        _ call: Call,
        then: @escaping @Sendable (Session, ItemReference) -> Void
    ) {
        find(call, { journal throws(JournalFault) in try journal.item(item) }, then: then)
    }

    /// Hands on what a name was found to mean, or answers why it means nothing.
    private func find<Value: Sendable>(
        _ call: Call,
        _ body: @escaping @Sendable (any Journal) throws(JournalFault) -> Result<Value, RPCError>,
        then: @escaping @Sendable (Session, Value) -> Void
    ) {
        house.read(
            body,
            then: later { session, result in
                switch result {
                case .success(.success(let value)): then(session, value)
                case .success(.failure(let error)): session.fail(call, error)
                case .failure(let fault): session.fail(call, RPCError(fault))
                }
            }
        )
    }
}

/// A workflow as a request names it.
struct WorkflowGiven: Sendable, Hashable {
    /// The account's name, its number, or its written form; nil: whichever has such a workflow.
    var account: String?
    /// The agent's id.
    var text: String

    /// The key, where the account is given in full: then there is nothing to look up.
    var key: WorkflowKey? {
        account.flatMap { Account($0) }.map { WorkflowKey(account: $0, text: text) }
    }
}

extension Journal {
    /// The one workflow of this name, or why there is none that can be meant.
    func key(
        of given: WorkflowGiven
    ) throws(JournalFault) -> Result<WorkflowKey, RPCError> {
        if let key = given.key { return .success(key) }
        let rows = try workflows(given)
        guard let first = rows.first else { return .failure(RPCError.unknown(given)) }
        guard rows.count == 1 else { return .failure(RPCError.ambiguous(given, rows, [])) }
        return .success(first.workflow)
    }

    /// The item of this name, or why there is none that can be meant.
    func item(
        _ item: WireItemReference
    ) throws(JournalFault) -> Result<ItemReference, RPCError> {
        switch item {
        case .step(let pair): return try self.item(pair)
        case .number(let number):
            guard let reference = try self.item(number: Int64(number)) else {
                return .failure(
                    RPCError(
                        .unknownItem,
                        "There is no item \(number).",
                        data: ["number": .integer(Int64(number))]
                    )
                )
            }
            return .success(reference)
        }
    }

    /// The item of this pair: of several workflows of the name, the one that has such an item.
    private func item(
        _ pair: WireStepReference
    ) throws(JournalFault) -> Result<ItemReference, RPCError> {
        let step = StepID(pair.step)
        let given = WorkflowGiven(account: pair.account, text: pair.workflow)
        if let key = given.key { return .success(ItemReference(workflow: key, step: step)) }
        let rows = try workflows(given)
        guard let first = rows.first else { return .failure(RPCError.unknown(given)) }
        guard rows.count > 1 else {
            return .success(ItemReference(workflow: first.workflow, step: step))
        }
        let items = rows.map { ItemReference(workflow: $0.workflow, step: step) }
        let found = try self.rows(of: Set(items))
        let those = items.filter { found[$0] != nil }
        guard let only = those.first else {
            return .failure(
                RPCError(.unknownItem, "No workflow \(pair.workflow) has an item \(pair.step).")
            )
        }
        guard those.count == 1 else {
            let numbers = those.compactMap { found[$0]?.number }
            return .failure(RPCError.ambiguous(given, rows, numbers))
        }
        return .success(only)
    }

    private func workflows(_ given: WorkflowGiven) throws(JournalFault) -> [WorkflowRow] {
        try workflows(named: given.text).filter { $0.belongs(to: given.account) }
    }
}

extension WorkflowRow {
    /// Whether it is of the account that a person names, by its name or number.
    fileprivate func belongs(to account: String?) -> Bool {
        guard let account else { return true }
        return account == user || account == "\(workflow.account.uid)"
    }
}

extension RPCError {
    fileprivate static func unknown(_ given: WorkflowGiven) -> RPCError {
        let owner = given.account.map { " of the account \($0)" } ?? ""
        return RPCError(
            .unknownWorkflow,
            "There is no workflow \(given.text)\(owner).",
            data: ["workflow": .string(given.text)]
        )
    }

    fileprivate static func ambiguous(
        _ given: WorkflowGiven,
        _ rows: [WorkflowRow],
        _ numbers: [Int64]
    ) -> RPCError {
        let users = rows.map(\.user).joined(separator: ", ")
        let instead =
            numbers.isEmpty
            ? "say whose is meant (account; --user on the command line)"
            : "name the item by its number: \(numbers.map { "\($0)" }.joined(separator: ", "))"
        return RPCError(
            .ambiguous,
            "The workflow \(given.text) could be one of several accounts' (\(users)): \(instead).",
            data: [
                "accounts": .array(rows.map { .string($0.user) }),
                "numbers": .array(numbers.map { .integer($0) }),
            ]
        )
    }
}
