import HoldConsole
import HoldCore

/// Hostile text on its way to a screen: the first three bytes choose the pane, the limits and a width.
enum DisplaySurface {
    static func problem(in bytes: [UInt8]) -> String? {
        var source = ByteSource(bytes)
        let pane = SafeText.Pane.allCases[source.below(SafeText.Pane.allCases.count)]
        let isShort = source.flag()
        let width = source.below(40) + 1
        let untrusted = source.rest

        let limits =
            isShort ? DisplayLimits(bytesMax: 300, lineCellsMax: 40, linesMax: 9) : .field
        let text = SafeText(untrusted: untrusted, pane: pane, limits: limits)
        return check(text, pane) ?? check(text, limits, untrusted.count)
            ?? fitting(text, width) ?? again(text, pane) ?? raw(untrusted)
            ?? reading(untrusted, width, isWrapped: !isShort)
    }

    private static func check(_ text: SafeText, _ pane: SafeText.Pane) -> String? {
        guard !text.lines.isEmpty else { return "no line at all" }
        guard pane != .line || text.lines.count == 1 else { return "a field of several lines" }
        guard text.flags == Set(text.flags).sorted() else { return "flags out of order" }
        for line in text.lines {
            for run in line.runs {
                if let problem = check(run) { return problem }
            }
            let cells = line.cells
            guard cells.reduce(0, { $0 + $1.width }) == line.width,
                line.runs.reduce(0, { $0 + $1.width }) == line.width
            else { return "cells do not add up to the line" }
            guard cells.allSatisfy({ (1...2).contains($0.width) }),
                cells.allSatisfy({ (1...3).contains($0.cluster.unicodeScalars.count) })
            else { return "a cell that is none" }
            guard
                cells.flatMap({ Array($0.cluster.unicodeScalars) })
                    == Array(line.plain.unicodeScalars)
            else { return "cells and text differ" }
        }
        return nil
    }

    private static func check(_ run: SafeLine.Run) -> String? {
        let isSafe =
            run.isMark
            ? run.text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            : !run.text.unicodeScalars.contains(where: isForbidden)
        return isSafe ? nil : "out came \(run.text.unicodeScalars.map(\.value))"
    }

    private static func check(_ text: SafeText, _ limits: DisplayLimits, _ count: Int) -> String? {
        guard text.lines.count <= limits.linesMax else { return "too many lines" }
        // The last thing of a line may reach over, and the note of what is missing follows it.
        guard text.width < limits.lineCellsMax + 54 else { return "a line is too wide" }
        guard (max(0, count - limits.bytesMax)...count).contains(text.truncated) else {
            return "\(text.truncated) bytes missing of \(count)"
        }
        return nil
    }

    private static func fitting(_ text: SafeText, _ width: Int) -> String? {
        for line in text.lines {
            let rows = line.wrapped(to: width)
            guard !rows.isEmpty, rows.allSatisfy({ $0.width <= width }) else {
                return "a row wider than \(width)"
            }
            if width > 1 {
                guard
                    rows.flatMap({ Array($0.plain.unicodeScalars) })
                        == Array(line.plain.unicodeScalars)
                else { return "rows leave something out at \(width)" }
            }
            guard line.prefix(cells: width).width <= width else { return "a prefix too wide" }
            guard line.padded(to: width).width == max(width, line.width),
                line.rightAligned(to: width).width == max(width, line.width)
            else { return "padding to \(width) goes wrong" }
        }
        return nil
    }

    /// What was shown once is harmless text.
    private static func again(_ text: SafeText, _ pane: SafeText.Pane) -> String? {
        guard pane != .action else { return nil }
        let twice = SafeText(untrusted: text.plain, pane: pane, limits: .full)
        guard twice.plain == text.plain, twice.hiddenCount == 0, twice.flags.isEmpty else {
            return "shown again it is marked: \(twice.flags)"
        }
        return nil
    }

    /// The same as an agent's text of each kind: nothing else comes out, and all of it stands on the
    /// untrusted ground.
    private static func reading(_ bytes: [UInt8], _ width: Int, isWrapped: Bool) -> String? {
        let raw = String(decoding: bytes, as: UTF8.self)
        for kind in ContextPart.Kind.allCases {
            let part = ContextPart(kind: kind, title: raw, body: .string(raw))
            for row in part.rows(width: width, glyphs: .unicode, isWrapped: isWrapped) {
                for words in row.line.parts {
                    for run in words.line.runs {
                        if let problem = check(run) { return "\(kind): \(problem)" }
                    }
                    guard words.style.background != .untrustedBackground || row.ground != nil else {
                        return "\(kind): text of an agent off its ground"
                    }
                }
            }
        }
        return nil
    }

    /// Every byte stands in exactly one row.
    private static func raw(_ bytes: [UInt8]) -> String? {
        let rows = RawView.rows(of: bytes.prefix(256).map(\.self))
        var offset = 0
        for row in rows {
            guard row.offset == offset, row.length > 0 else { return "a raw row is missing" }
            offset += row.length
        }
        guard offset == min(bytes.count, 256) else { return "raw rows leave bytes out" }
        return nil
    }

    /// Whether a character must never reach a terminal; written apart from the filter on purpose.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator,
            .paragraphSeparator:
            return true
        default: break
        }
        switch scalar.value {
        case 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFE00...0xFE0F, 0x2800,
            0x3164, 0xFFA0, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF, 0x00A0,
            0x3000:
            return true
        default:
            return scalar.properties.isDefaultIgnorableCodePoint
                || (scalar.properties.age?.major ?? .max) > 14
        }
    }
}
