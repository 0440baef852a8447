import CNcurses
import Glibc
package import HoldConsole

extension Terminal {
    /// How many cells the terminal has now.
    package var size: Size {
        Size(columns: Int(hs_columns()), rows: Int(hs_rows()))
    }

    /// Shows a frame; what is on the screen already is not sent again.
    ///
    /// The frame appears at once as a whole where the terminal can do that.
    package mutating func paint(_ frame: Frame, theme: Theme, level: ColorLevel) {
        let changed = painter.paint(frame, theme: theme, level: level)
        if let next = frame.title, next != title, traits.isModern {
            title = next
            write(Array("\u{1B}]2;".utf8) + next.ascii + [7])
        }
        if changed {
            if traits.isModern { write("\u{1B}[?2026h") }
            let cursor = frame.cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
            hs_update(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? -1))
            if traits.isModern { write("\u{1B}[?2026l") }
        }
        if frame.bell { hs_ring() }
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
        switchModes(on: false)
        hs_leave()
        ScreenGuard.disarm()
    }

    /// Takes the terminal over again after ``leave()``.
    private mutating func enter() {
        ScreenGuard.arm()
        if traits.isModern, !keepsTitle { write(Self.pushTitle) }
        settle()
        // A signal to go on is no news to whoever has just come back.
        ScreenGuard.forgetResume()
    }

    /// Puts the terminal's modes right after somebody else had it, and assumes nothing of before.
    ///
    /// A shell in between has set the line to its own modes and has switched bracketed paste off.
    mutating func settle() {
        hs_enter()
        if traits.isModern { write(Self.modes) }
        _ = hs_follow_size(output)
        title = nil
        painter.forget()
        flushInput()
    }

    /// Bracketed paste and focus reports.
    private static let modes = "\u{1B}[?2004h\u{1B}[?1004h"
    private static let pushTitle = "\u{1B}[22;0;0t"
    private static let popTitle = "\u{1B}[23;0;0t"

    /// Switches the modes that ncurses does not know of.
    func switchModes(on: Bool) {
        guard traits.isModern else { return }
        if on {
            write((keepsTitle ? "" : Self.pushTitle) + Self.modes)
        } else {
            write("\u{1B}[?1004l\u{1B}[?2004l" + (keepsTitle ? "" : Self.popTitle))
        }
    }

    private func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Sends bytes past ncurses; it flushes its own after every update, so they keep their order.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A terminal that takes nothing any more is told by the next wait.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
