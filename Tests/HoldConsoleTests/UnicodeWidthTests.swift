import HoldConsole
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct UnicodeWidthTests {
    @Test(arguments: [
        ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("😀", 2), ("┊", 1), ("…", 1), ("✓", 1), ("❤", 1), ("ｱ", 1), ("あ", 2), ("は\u{3099}", 2),
        ("कि", 2), ("𠀀", 2), ("ไทย", 3),
    ])
    func `a text is as wide as a terminal draws it`(text: String, width: Int) {
        let line = SafeText(untrusted: text, pane: .line)

        #expect(line.width == width)
        #expect(line.hiddenCount == 0)
    }

    #if canImport(Glibc)
        private typealias Version = @convention(c) () -> UnsafePointer<CChar>
        private typealias Width = @convention(c) (wchar_t) -> CInt

        /// A function that Swift's Glibc module leaves out.
        private static func function<Function>(_ name: String, as: Function.Type) -> Function? {
            dlsym(nil, name).map { unsafeBitCast($0, to: Function.self) }
        }

        /// Whether this is the C library of the release that the tables are pinned to.
        static var hasPinnedLibrary: Bool {
            guard let version = function("gnu_get_libc_version", as: Version.self) else {
                return false
            }
            return String(cString: version()) == "2.36"
        }

        @Test(.enabled(if: hasPinnedLibrary))
        func `every character is as wide as ncurses will take it to be`() throws {
            let wcwidth = try #require(Self.function("wcwidth", as: Width.self))
            let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
            let before = uselocale(locale)
            defer {
                uselocale(before)
                freelocale(locale)
            }
            var wrong: [String] = []
            for value in UInt32(0x20)...0x3FFFF {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let line = SafeText(untrusted: "\u{1100}" + String(scalar), pane: .line).lines[0]
                guard line.runs.count == 1, !line.runs[0].isMark else { continue }
                // Spaces are drawn as plain ones; they count by what they became.
                let own = line.runs[0].text.unicodeScalars.dropFirst()
                let expected = own.reduce(2) { $0 + Int(wcwidth(wchar_t(bitPattern: $1.value))) }
                if line.width != expected { wrong.append(String(value, radix: 16)) }
            }
            #expect(wrong.isEmpty)
        }
    #endif
}
