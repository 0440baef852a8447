#if FAILPOINTS
    import HoldCore
    import HoldService
    import Testing

    /// Where the events of a batch stand among the persistence points.
    struct PersistencePointTests {
        private func event(_ type: String, _ data: JSONValue) throws -> Event {
            try Event(type: type, data: data)
        }

        @Test func `a report stands at the result and at the permit's end`() throws {
            let done = try event("step_finished", ["step": "s", "outcome": "succeeded"])
            let never = try event("step_finished", ["step": "s", "outcome": "not_started"])
            #expect(PersistencePoint.points(of: [done]) == [.result, .permitEnd])
            #expect(PersistencePoint.points(of: [never]) == [.result])
        }

        @Test func `a batch stands at the points of all its events`() throws {
            let batch = [
                try event("unwind_planned", ["cause": "s", "steps": ["s"]]),
                try event(
                    "undo_started",
                    ["step": "s", "attempt": 1, "key": "w:s#undo", "is_in_doubt": false]
                ),
            ]
            #expect(PersistencePoint.points(of: batch) == [.decision, .undoStart])
            #expect(PersistencePoint.points(of: [Event]()).isEmpty)
        }

        @Test func `what colleagues tell each other is an act of people`() throws {
            let told = [
                try event("item_claimed", ["step": "s", "until": "2026-11-21T10:12:00.000Z"]),
                try event("item_released", ["step": "s"]),
                try event("item_snoozed", ["step": "s", "until": "2026-11-21T10:12:00.000Z"]),
                try event("item_noted", ["step": "s", "text": "look"]),
                try event("shift_noted", ["text": "see you"]),
            ]
            for event in told { #expect(PersistencePoint.points(of: [event]) == [.operatorAct]) }
        }

        @Test func `a fail point is written as it is read`() throws {
            for point in PersistencePoint.allCases {
                for moment in FailPoint.Moment.allCases {
                    let text = "\(point.rawValue):\(moment.rawValue):3"
                    let failPoint = try FailPoint(parsing: text)
                    #expect(failPoint.description == text)
                    #expect(failPoint.place == .commit(point, moment, hit: 3))
                }
            }
            #expect(try FailPoint(parsing: "start:2").place == .start(.read))
            #expect(throws: StartProblem.self) { try FailPoint(parsing: "start:0") }
        }
    }
#endif
