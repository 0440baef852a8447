import Testing

@testable import HoldConsole

@Suite struct SheetMachineTests {
    /// Every state with every input: what leads on, then what changes nothing.
    private static func table() -> String {
        var lines: [String] = []
        for state in SheetMachine.State.allCases {
            lines.append(state.rawValue)
            var idle: [String] = []
            for input in SheetMachine.Input.allCases {
                let (next, effects) = SheetMachine.next(state, input)
                if next == state, effects.isEmpty {
                    idle.append(input.rawValue)
                    continue
                }
                let words = effects.map(\.rawValue).joined(separator: " ")
                let way = "  \(input.rawValue) -> \(next.rawValue)"
                lines.append(words.isEmpty ? way : way + "  " + words)
            }
            lines.append("  nothing: " + idle.joined(separator: " "))
        }
        return lines.joined(separator: "\n")
    }

    @Test func `the whole table is as written down`() {
        #expect(Self.table() == SheetMachineTable.text)
    }

    @Test func `only holding sends, and only armed holds`() {
        for state in SheetMachine.State.allCases {
            for input in SheetMachine.Input.allCases {
                let (_, effects) = SheetMachine.next(state, input)
                #expect(!effects.contains(.send) || (state == .holding && input == .holdOver))
                #expect(!effects.contains(.hold) || (state == .armed && input == .confirm))
            }
        }
    }

    @Test func `what is over stays over`() {
        for state in [SheetMachine.State.decided, .closed] {
            for input in SheetMachine.Input.allCases {
                let (next, effects) = SheetMachine.next(state, input)
                #expect(next == state && effects.isEmpty)
            }
        }
    }

    @Test func `a decision that was sent is never sent again`() {
        var reached: Set<SheetMachine.State> = [.sending]
        var grew = true
        while grew {
            let before = reached
            for state in before {
                for input in SheetMachine.Input.allCases {
                    reached.insert(SheetMachine.next(state, input).0)
                }
            }
            grew = reached != before
        }

        #expect(reached == [.sending, .unknown, .asking, .decided, .closed])
    }
}
