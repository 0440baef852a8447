#if FAILPOINTS
    /// A moment at which the service is to kill itself, as `HOLDSHORT_FAILPOINT` names it:
    /// `P4:after:3` or `start:2`.
    package struct FailPoint: Sendable, Hashable, CustomStringConvertible {
        /// When, beside a commit.
        package enum Moment: String, Sendable, Hashable, CaseIterable {
            /// The batch is decided and nothing of it is durable.
            case before
            /// It is durable, and nobody has been told.
            case after
            /// Everybody has been told: answers and notices are in their sockets.
            case sent
        }

        /// How far a start has come.
        package enum Stage: Int, Sendable, Hashable, CaseIterable {
            /// The journal is open, and nothing of it is read.
            case opened = 1
            /// The broker has read what it holds in memory.
            case read
            /// What was half done goes on; no socket is open.
            case resumed
            /// Agents can connect, reviewers cannot.
            case halfOpen
        }

        /// Where the service dies.
        package enum Place: Sendable, Hashable {
            /// At the hit of this number, counted from 1.
            case commit(PersistencePoint, Moment, hit: Int)
            case start(Stage)
        }

        package var place: Place

        /// Reads what the environment says.
        ///
        /// - Throws: ``StartProblem`` with what is wrong and what would be right.
        package init(parsing text: String) throws(StartProblem) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == "start",
                let stage = Int(parts[1]).flatMap(Stage.init(rawValue:))
            {
                place = .start(stage)
            } else if parts.count == 3, let point = PersistencePoint(rawValue: String(parts[0])),
                let moment = Moment(rawValue: String(parts[1])), let hit = Int(parts[2]), hit > 0
            {
                place = .commit(point, moment, hit: hit)
            } else {
                throw StartProblem(
                    .setting,
                    "HOLDSHORT_FAILPOINT is \"\(text)\": it names a point P0 to P8, a moment"
                        + " (before, after, sent) and a hit from 1, as in P4:after:3, or a stage of"
                        + " the start from start:1 to start:\(Stage.allCases.count)."
                )
            }
        }

        /// As the environment names it.
        package var description: String {
            switch place {
            case .commit(let point, let moment, let hit):
                "\(point.rawValue):\(moment.rawValue):\(hit)"
            case .start(let stage): "start:\(stage.rawValue)"
            }
        }
    }
#endif
