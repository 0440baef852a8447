import HoldCore

@testable import HoldConsole

extension Shot {
    /// The scenes of finding things and of deciding many at once.
    func findingScene(_ size: Size, _ glyphs: GlyphSet) -> Scene {
        var scene = Scene(size, glyphs: glyphs)
        switch self {
        case .filter:
            scene.filter(typing: "git")
        case .filterFields:
            scene.filter(typing: "git")
            scene.type(" -r")
            scene.press(.tab, .tab)
        case .filterMenu:
            scene.filter(typing: "git")
            scene.press(.enter)
            scene.press(.character("f"))
        case .filterValues: scene.press(.character("f"), .character("a"))
        case .sortMenu: scene.press(.character("O"), .character("j"))
        case .command:
            scene.press(.character(":"))
            scene.type("s")
        case .palette:
            scene.press(.control("p"))
            scene.type("men")
        case .helpSearch:
            scene.press(.character("?"), .character("/"))
            scene.type("mark")
        case .range:
            scene.press(.character("v"), .character("j"), .character("j"))
        case .batch: scene.markMany()
        case .batchApprove:
            scene.markMany()
            scene.press(.character("a"))
            scene.pass(Span(milliseconds: 300))
        case .batchReject:
            scene.markMany()
            scene.press(.character("r"), .character("2"))
            scene.type("asked for twice")
        case .batchResults:
            scene.markMany()
            scene.rejectMany()
        default: break
        }
        return scene
    }
}

extension Sample {
    /// What the pictures of batches have: LOW items that are alike and one that is not.
    static let lowItems: [QueueItem] = {
        var items = Self.items
        items[6].summary = "docs/main  4 files"
        for index in [5, 6, 7] { items[index].approvalsNeeded = 1 }
        return items
    }()

    static func lowDetail(_ item: QueueItem) -> ItemDetail {
        ItemDetail(
            item: item,
            arguments: item.action == "git.push"
                ? ["branch": "main", "repository": "docs"] : ["contacts": [41, 77]],
            undoOperation: "undo"
        )
    }
}

extension Scene {
    /// Types a filter, with the service's answers.
    mutating func filter(typing text: String) {
        press(.character("/"))
        type(text)
        let found = Sample.items.filter { $0.action.contains(text) }
        for _ in 0..<2 { show(found, of: Sample.items) }
        paint()
    }

    private mutating func show(_ found: [QueueItem], of all: [QueueItem]) {
        guard let query = model.queue.asked else { return }
        let whole = Sample.window(all, for: query)
        send(
            .queueChanged(
                QueueWindow(
                    query: query,
                    items: found,
                    total: found.count,
                    counts: whole.counts,
                    sequence: whole.sequence
                )
            )
        )
    }

    /// Reads the LOW items, marks them and one that is HIGH, and opens the batch.
    mutating func markMany() {
        show(Sample.lowItems)
        for item in Sample.lowItems
        where item.state.isPending && (item.riskClass == .low || item.number == 4826) {
            goTo(item)
            if item.riskClass == .low, item.number != 4834 {
                send(.detailLoaded(Sample.lowDetail(item)))
                paint()
                read()
            }
            goTo(item)
            pass(Span(milliseconds: 400))
            send(.keyPressed(.character(" ")))
        }
        press(.character("B"))
    }

    private mutating func goTo(_ item: QueueItem) {
        send(.keyPressed(.home))
        for _ in 0..<20 where model.queue.selection != item.reference {
            send(.keyPressed(.down))
        }
    }

    /// Rejects what is marked; a colleague was faster with one of them.
    mutating func rejectMany() {
        press(.character("r"), .character("2"), .control("s"))
        for (index, out) in model.outgoing.enumerated() {
            let id = out.verdict.id
            if index == 1 {
                let decision = DecisionLine(
                    outcome: .approved,
                    reviewedBy: "bob",
                    reviewedAt: Self.night
                )
                let turned = Turned(
                    code: "already_decided",
                    message: "decided",
                    state: .approved,
                    decision: decision
                )
                send(.refused(id, turned))
            } else {
                send(.recorded(id, Recorded(state: .rejected)))
            }
        }
        press(.character("B"))
    }
}
