import HoldCore

/// Copying: what goes to the clipboard is on the screen first, to its last row.
extension Model {
    mutating func openCopy() {
        guard Layout.shape(for: size) != .counts else {
            return say(.info, Obstacle.tooSmall(size).sentence)
        }
        // Whoever confirmed with the same key a moment ago must find the key that takes it back.
        guard holds.isEmpty else { return say(.warning, Obstacle.onHold.sentence) }
        guard let detail = selected?.detail else {
            return say(.info, "Nothing to copy: no item is selected.")
        }
        let choices = copyChoices(detail).filter { !$0.text.isEmpty }
        sheet = .copy(CopySheet(number: detail.item.number, choices: choices))
    }

    private func copyChoices(_ detail: ItemDetail) -> [CopySheet.Choice] {
        let item = detail.item
        let number = SafeText(item.number)
        var choices = [
            CopySheet.Choice(name: "number", text: number),
            CopySheet.Choice(name: "digest", text: SafeText(ascii: item.digest.description)),
            CopySheet.Choice(name: "command", text: "holdshort show \(number)"),
            CopySheet.Choice(name: "arguments", text: Self.readable(detail.arguments)),
        ]
        if let undo = detail.undoArguments, undo != .null {
            choices.append(
                CopySheet.Choice(name: "undo's arguments", text: Self.readable(undo))
            )
        }
        return choices + fixes(of: item.reference.workflow)
    }

    private static func readable(_ value: JSONValue) -> SafeText {
        SafeText(untrusted: ArgumentsText.readable(value), pane: .action, limits: .full)
    }

    /// The commands that set a stuck undo chain going again, ready for a shell.
    private func fixes(of workflow: WorkflowKey) -> [CopySheet.Choice] {
        guard let stuck = line(of: workflow)?.stuckAt,
            let name = ShellWord(workflow.text)?.text, let step = ShellWord(stuck.step.text)?.text
        else { return [] }
        return [
            CopySheet.Choice(name: "retry", text: "holdshort undo retry \(name) \(step)"),
            CopySheet.Choice(
                name: "manual fix",
                text: "holdshort undo resolve \(name) \(step) --reason 'done by hand'"
            ),
        ]
    }

    // MARK: - The sheet

    mutating func takeInCopy(_ key: Key, _ open: CopySheet) {
        var open = open
        open.problem = nil
        switch key {
        case .escape, .control("c"), .character("q"):
            sheet = nil
            return
        case .enter:
            guard let problem = copyProblem(open) else { return copy(open) }
            open.problem = problem
        case .down, .tab, .character("j"): choose(open.cursor + 1, in: &open)
        case .up, .backTab, .character("k"): choose(open.cursor - 1, in: &open)
        case .pageDown, .control("d"), .character(" "):
            let last = max((open.rows ?? 0) - open.visible, 0)
            open.scroll = min(open.scroll + max(open.visible, 1), last)
        case .pageUp, .control("u"): open.scroll = max(open.scroll - max(open.visible, 1), 0)
        case .character(let scalar):
            guard let digit = Int(String(Character(scalar))) else { break }
            choose(digit - 1, in: &open)
        default: break
        }
        sheet = .copy(open)
    }

    private func choose(_ index: Int, in open: inout CopySheet) {
        guard open.choices.indices.contains(index), index != open.cursor else { return }
        open.cursor = index
        (open.scroll, open.seen, open.rows) = (0, 0, nil)
    }

    private func copyProblem(_ open: CopySheet) -> String? {
        guard let choice = open.choice else { return "There is nothing to copy." }
        guard choice.text.plain.utf8.count <= CopySheet.bytesMax else {
            return "Too long for a clipboard: o opens it in $PAGER."
        }
        return open.isRead ? nil : "Not all of it was on the screen yet: PgDn."
    }

    private mutating func copy(_ open: CopySheet) {
        guard let choice = open.choice else { return }
        sheet = nil
        outbox.append(.copy(choice.text))
        say(.info, "#\(open.number), \(choice.name.plain): sent to the terminal's clipboard.")
    }

    /// Takes in how much of the text was on the screen.
    mutating func noteCopy(_ shown: CopyShown?) {
        guard let shown, case .copy(var open) = sheet, open.cursor == shown.choice else { return }
        if open.rows != shown.total {
            open.rows = shown.total
            open.seen = 0
        }
        open.visible = max(shown.rows.count, 1)
        open.scroll = min(open.scroll, max(shown.total - open.visible, 0))
        if shown.rows.lowerBound <= open.seen { open.seen = max(open.seen, shown.rows.upperBound) }
        sheet = .copy(open)
    }
}

/// A word that a shell reads as one and as nothing but itself.
struct ShellWord {
    let text: SafeText

    /// Nil when the word would not be the same on the screen and in the shell.
    init?(_ raw: String) {
        let isPlain = raw.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "._/:@%+=-".utf8.contains(byte)
            }
        }
        // A word that begins with a dash would be read as an option, however it is quoted.
        guard !raw.isEmpty, raw.utf8.first != UInt8(ascii: "-") else { return nil }
        var quoted = raw
        if !isPlain {
            quoted = "'"
            for scalar in raw.unicodeScalars {
                if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
            }
            quoted += "'"
        }
        text = SafeText(untrusted: quoted, pane: .action)
        guard text.lines.count == 1, text.hiddenCount == 0, text.truncated == 0,
            text.plain.utf8.elementsEqual(quoted.utf8)
        else { return nil }
    }
}
