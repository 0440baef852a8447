import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct StepWordsTests {
    @Test(arguments: [
        ("infra-agent-1/6", "/6"), ("infra-agent-1/a/b", "/a/b"), ("infra-agent-10/6", nil),
        ("infra-agent-1/", nil), ("infra-agent-1", nil), ("6", nil), ("", nil),
    ])
    func `a step is named without its workflow only where it begins with that`(
        step: String,
        short: String?
    ) {
        let words = Words.step(StepID(step), of: WorkflowKey("infra-agent-1"))

        #expect(words.plain == short ?? step)
    }

    @Test func `what is left of a name is shown as carefully as the whole`() {
        let words = Words.step(StepID("w/\u{202E}6"), of: WorkflowKey("w"))

        #expect(words.hiddenCount == 1)
        // By bytes: a letter with a mark over it is another letter.
        let marked = Words.step(StepID("e\u{301}/6"), of: WorkflowKey("\u{E9}"))
        #expect(marked.plain == Words.name("e\u{301}/6").plain)
    }
}
