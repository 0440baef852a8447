import HoldCore

/// What really happened in the world outside: the effects of steps, and of their undos.
///
/// It stands for the systems that agents act on. Whatever keeps the executors' contract
/// (idempotent by key, and a mark for what was never done) keeps it here.
struct Deeds {
    struct Deed {
        /// How often the step took effect.
        var done = 0
        /// How often an undo took effect.
        var undone = 0
        /// A step came after its undo, and was refused.
        var refused = 0

        /// What is left of it: 0 or 1 in a world where nothing went wrong.
        var net: Int { done - undone }
    }

    private(set) var deeds: [ItemReference: Deed] = [:]
    /// The keys that an undo was asked for with, and came to an end under.
    private var keys: Set<String> = []
    /// What may not be done any more.
    private var marks: Set<ItemReference> = []

    func deed(_ step: ItemReference) -> Deed { deeds[step] ?? Deed() }

    /// The step takes effect, unless its undo was first.
    mutating func perform(_ step: ItemReference) -> Bool {
        guard !marks.contains(step) else {
            deeds[step, default: Deed()].refused += 1
            return false
        }
        deeds[step, default: Deed()].done += 1
        return true
    }

    /// The undo takes effect, once a key.
    mutating func undo(_ step: ItemReference, key: String) -> UndoOutcome {
        guard keys.insert(key).inserted else { return .alreadyUndone }
        #if PlantedFaults
            if PlantedFault.active == .noMark, deed(step).done == 0 { return .notApplied }
        #endif
        marks.insert(step)
        guard deed(step).done > 0 else { return .notApplied }
        deeds[step, default: Deed()].undone += 1
        return .undone
    }

    /// A person did by hand what the undo would have done, with the same tool and the same key.
    mutating func settle(_ step: ItemReference, key: String) {
        keys.insert(key)
        marks.insert(step)
        let done = deed(step).done
        deeds[step]?.undone = done
    }
}
