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
        then: @escaping @Sendable (Session, WorkflowKey) throws(RPCError) -> Void
    ) {
        house.read(
            { journal throws(JournalFault) in
                try journal.key(of: WorkflowGiven(account: account, text: text))
            },
            then: later { session, result in
                do throws(RPCError) {
                    switch result {
                    case .success(let found): try then(session, found.get())
                    case .failure(let fault): throw RPCError(fault)
                    }
                } catch {
                    session.fail(call, error)
                }
            }
        )
    }

    /// Hands on the item that a person names.
    func resolve(
        _ item: WireItemReference,
        _ call: Call,
        then: @escaping @Sendable (Session, ItemReference) -> Void
    ) {
        house.read(
            { journal throws(JournalFault) in try journal.item(item) },
            then: later { session, result in
                switch result {
                case .success(.success(let reference)): then(session, reference)
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
    /// The step that is meant in it, for the numbers of an ambiguous name.
    var step: StepID?
}

extension Journal {
    /// The one workflow of this name, or why there is none that can be meant.
    func key(
        of given: WorkflowGiven
    ) throws(JournalFault) -> Result<WorkflowKey, RPCError> {
        // The service's own are in no list, and known by one name only.
        if given.account == Account.service.text {
            return .success(WorkflowKey(account: .service, text: given.text))
        }
        let rows = try workflows(named: given.text).filter { $0.belongs(to: given.account) }
        guard let first = rows.first else { return .failure(RPCError.unknown(given)) }
        guard rows.count > 1 else { return .success(first.workflow) }
        var numbers: [Int64] = []
        if let step = given.step {
            let items = rows.map { ItemReference(workflow: $0.workflow, step: step) }
            let found = try self.rows(of: Set(items))
            numbers = items.compactMap { found[$0]?.number }
        }
        return .failure(RPCError.ambiguous(given, rows, numbers))
    }

    /// The workflow that a list is narrowed to: one that there is not lists nothing.
    func filterKey(
        account: String?,
        workflow: String?
    ) throws(JournalFault) -> Result<WorkflowKey?, RPCError> {
        guard let workflow else { return .success(nil) }
        switch try key(of: WorkflowGiven(account: account, text: workflow)) {
        case .success(let key): return .success(key)
        case .failure(let error) where error.refusalCode == .unknownWorkflow:
            return .success(WorkflowKey(account: .service, text: workflow))
        case .failure(let error): return .failure(error)
        }
    }

    /// The item of this name, or why there is none that can be meant.
    func item(
        _ item: WireItemReference
    ) throws(JournalFault) -> Result<ItemReference, RPCError> {
        switch item {
        case .step(let pair):
            let step = StepID(pair.step)
            let given = WorkflowGiven(account: pair.account, text: pair.workflow, step: step)
            return try key(of: given).map { ItemReference(workflow: $0, step: step) }
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
}

extension WorkflowRow {
    /// Whether it is of the account that a person names: by its name, number or written form.
    fileprivate func belongs(to account: String?) -> Bool {
        guard let account else { return true }
        return account == user || account == workflow.account.text
            || account == "\(workflow.account.uid)"
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
