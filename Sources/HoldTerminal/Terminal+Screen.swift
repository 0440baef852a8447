import CNcurses
import Glibc
package import HoldConsole

extension Terminal {
    /// How many cells the terminal has now.
    package var size: Size {
        Size(columns: Int(hs_columns()), rows: Int(hs_rows()))
    }

    /// Whether something that was painted is still on its way: nothing can be painted meanwhile.
    package var isBusy: Bool { outlet.isBusy }

    /// Whether it did not keep up with the frames lately.
    package var isSlow: Bool {
        outlet.lastHeldUp.map { .now - $0 < HoldingUp.memory } ?? false
    }

    /// Shows a frame; what is on the screen already is not sent again.
    ///
    /// The frame appears at once as a whole where the terminal can do that. A terminal that takes
    /// only a part of it now gets the rest from ``wait(for:)``; until then nothing is painted.
    package mutating func paint(_ frame: Frame, theme: Theme, level: ColorLevel) {
        guard !isBusy else { return }
        let changed = painter.paint(frame, theme: theme, level: level)
        if let next = frame.title, next != title, traits.isModern {
            title = next
            outlet.add(Array("\u{1B}]2;".utf8) + next.ascii + [7])
        }
        if changed {
            if takesWholeFrames { outlet.add("\u{1B}[?2026h") }
            let cursor = frame.cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
            catching { hs_update(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? -1)) }
            if takesWholeFrames { outlet.add("\u{1B}[?2026l") }
        }
        if frame.bell { catching { hs_ring() } }
        outlet.send()
    }

    /// Tells the person of something outside the screen, where the terminal can.
    package mutating func notify(_ words: Title, _ notifying: Notifying) {
        switch notifying.bytes(words, isModern: traits.isModern) {
        case nil: break
        case [7]: catching { hs_ring() }
        case let bytes?: outlet.add(bytes)
        }
        outlet.send()
    }

    /// Takes the mouse from the terminal, or gives it back.
    package mutating func setMouse(_ isOn: Bool) {
        guard traits.isModern, isOn != isMouseOn else { return }
        isMouseOn = isOn
        outlet.add(isOn ? Self.mouseOn : Self.mouseOff)
        outlet.send()
    }

    /// Puts a text into the terminal's clipboard (OSC 52); no terminal says whether it did.
    ///
    /// - Returns: False where nothing was sent: the terminal is too old, or the text too long.
    package mutating func copy(_ text: SafeText) -> Bool {
        let bytes = Array(text.plain.utf8)
        guard traits.isModern, bytes.count <= CopySheet.bytesMax else { return false }
        outlet.add(Array("\u{1B}]52;c;".utf8) + Base64.encode(bytes) + [7])
        outlet.send()
        return true
    }

    /// Makes the next frame paint every cell, whatever the screen shows now.
    package mutating func redraw() {
        painter.forget()
    }

    /// Stops the process as Ctrl-Z does everywhere, and comes back when it is continued.
    ///
    /// The screen may have another size then, and what was typed meanwhile is dropped.
    package mutating func suspend() {
        leave()
        ScreenGuard.stopGroup()
        enter()
    }

    /// Lends the terminal to another program, such as an editor, until it ends.
    ///
    /// - Parameter arguments: The program, looked up in `PATH`, and its arguments.
    /// - Returns: Its exit status; 128 and the signal's number when a signal ended it.
    /// - Throws: ``TerminalError/system(call:code:)`` when it cannot be started.
    package mutating func run(_ arguments: [String]) throws(TerminalError) -> Int32 {
        guard !arguments.isEmpty else { throw .system(call: "posix_spawn", code: EINVAL) }
        leave()
        ScreenGuard.lend(true)
        defer {
            ScreenGuard.lend(false)
            enter()
        }
        return try Child.run(arguments, input: input, output: output)
    }

    /// Gives the terminal back in the regular way.
    func leave() {
        outlet.finish()
        switchModes(on: false)
        hs_keep_modes()
        catching { hs_leave() }
        outlet.finish()
        ScreenGuard.setLine()
        ScreenGuard.disarm()
    }

    /// Takes the terminal over again after ``leave()``.
    private mutating func enter() {
        ScreenGuard.arm()
        if traits.isModern, !keepsTitle { outlet.add(Self.pushTitle) }
        settle()
        // A signal to go on is no news to whoever has just come back.
        ScreenGuard.forgetResume()
    }

    /// Puts the terminal's modes right after somebody else had it, and assumes nothing of before.
    ///
    /// A shell in between has set the line to its own modes and has switched bracketed paste off.
    mutating func settle() {
        hs_enter()
        if traits.isModern { outlet.add(Self.modes + (isMouseOn ? Self.mouseOn : "")) }
        outlet.send()
        _ = hs_follow_size(output)
        title = nil
        painter.forget()
        flushInput()
    }

    /// Runs something of ncurses that writes, and lets the bytes go the way of all others.
    private func catching(_ body: () -> Void) {
        var screen = screen
        hs_catch(&screen)
        body()
        let count = hs_caught(&screen)
        outlet.add(count: count) { buffer in
            buffer.baseAddress.map { hs_take_caught(&screen, $0, buffer.count) } ?? 0
        }
    }

    /// Bracketed paste and focus reports.
    private static let modes = "\u{1B}[?2004h\u{1B}[?1004h"
    /// Presses and the wheel, in the form that knows wide screens.
    private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
    private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"
    private static let pushTitle = "\u{1B}[22;0;0t"
    private static let popTitle = "\u{1B}[23;0;0t"

    /// Switches the modes that ncurses does not know of.
    func switchModes(on: Bool) {
        guard traits.isModern else { return }
        if on {
            outlet.add((keepsTitle ? "" : Self.pushTitle) + Self.modes)
        } else {
            outlet.add(
                (isMouseOn ? Self.mouseOff : "") + "\u{1B}[?1004l\u{1B}[?2004l"
                    + (keepsTitle ? "" : Self.popTitle)
            )
        }
    }
}
