/// A language as tables: what its words, comments and quotes look like.
struct CodeLanguage: Hashable, Sendable {
    /// In small letters.
    let keywords: Set<String>
    let ignoresCase: Bool
    /// What begins a comment that ends with the line.
    let lineComment: [UInt8]
    /// Whether such a comment must stand behind a space.
    let commentWantsSpace: Bool
    let hasBlockComments: Bool
    let quotes: [UInt8]
    /// The quotes in which a backslash takes the next character along.
    let escapingQuotes: [UInt8]
    /// Whether the first word of a command is coloured, and words that begin with `-`.
    let hasCommands: Bool

    static let sql = CodeLanguage(
        keywords: words(
            """
            add all alter analyze and any as asc begin between by cascade case cast check cluster
            column comment commit concurrently constraint copy create cross database default delete
            desc distinct do drop else end except exists explain false for foreign from full function
            grant group having if in index inner insert intersect into is join key left like limit
            lock materialized merge not null of offset on only or order outer owner partition
            primary procedure references refresh rename replace restrict returning revoke right
            role rollback row rows schema select sequence set show table temporary then to
            transaction trigger true truncate type union unique update using vacuum values view
            when where with
            """
        ),
        ignoresCase: true,
        lineComment: Array("--".utf8),
        commentWantsSpace: false,
        hasBlockComments: true,
        quotes: Array("'\"".utf8),
        escapingQuotes: [],
        hasCommands: false
    )

    static let shell = CodeLanguage(
        keywords: words(
            """
            case do done elif else esac eval exec export fi for function if in local return set
            select source sudo then time trap until unset while
            """
        ),
        ignoresCase: false,
        lineComment: Array("#".utf8),
        commentWantsSpace: true,
        hasBlockComments: false,
        quotes: Array("'\"".utf8),
        escapingQuotes: Array("\"".utf8),
        hasCommands: true
    )

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    // MARK: - Guessing

    private static let sqlKeys: Set<String> = ["sql", "statement", "statements", "query", "ddl"]
    private static let shellKeys: Set<String> = [
        "bash", "cmd", "command", "commands", "script", "sh", "shell",
    ]
    private static let sqlVerbs: Set<String> = words(
        """
        alter analyze begin comment copy create delete drop explain grant insert merge refresh
        reindex revoke select set truncate update vacuum with
        """
    )
    private static let programs: Set<String> = words(
        """
        ansible apt apt-get aws az bash chmod chown curl docker gcloud git gsutil helm kubectl
        mysql npm pip psql redis-cli rm rsync scp sh ssh sudo systemctl terraform wget yarn
        """
    )

    /// The language of a text; nil when nothing says that it is one.
    ///
    /// - Parameters:
    ///   - text: The text, raw.
    ///   - key: The key that it is under, raw.
    ///   - action: The name of the action, raw.
    /// - Returns: A language that the key or the action suggests and the text does not deny, or one
    ///   that its first word gives away.
    static func guess(_ text: String, key: String?, action: String) -> CodeLanguage? {
        let start = text.unicodeScalars.lazy.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
        var first = ""
        for scalar in start.prefix(24) {
            guard scalar.isASCII, scalar.properties.isAlphabetic || scalar == "-" else { break }
            first.unicodeScalars.append(scalar)
        }
        let small = first.lowercased()
        let isSQLVerb = sqlVerbs.contains(small)
        let named = key?.lowercased() ?? ""
        let names = action.lowercased().split { ".:/_- ".contains($0) }.prefix(16)
        if sqlKeys.contains(named), isSQLVerb || first.isEmpty { return .sql }
        if shellKeys.contains(named) { return isSQLVerb && first != small ? .sql : .shell }
        if isSQLVerb, first == first.uppercased() { return .sql }
        if isSQLVerb, names.contains(where: { $0.hasSuffix("sql") }) { return .sql }
        let hasMore = start.dropFirst(first.unicodeScalars.count).first == " "
        return programs.contains(small) && first == small && hasMore ? .shell : nil
    }
}

/// Finds the words, quotes, comments and numbers of a language, line by line.
struct CodeLexer {
    /// Bytes of a line that are of one kind.
    struct Token: Hashable {
        enum Kind: Hashable { case keyword, string, comment, number, flag }

        let bytes: Range<Int>
        let kind: Kind
    }

    /// What a line begins in.
    private enum State: Hashable {
        case code, comment
        case string(UInt8)
    }

    private let language: CodeLanguage
    private var state = State.code
    /// Whether the next word is the name of a program.
    private var isCommand = true

    init(_ language: CodeLanguage) { self.language = language }

    /// The tokens of the next line, from left to right.
    mutating func read(_ bytes: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var place = 0
        if state == .code { isCommand = true }
        while place < bytes.count {
            let start = place
            switch state {
            case .comment:
                place = end(of: "*/", in: bytes, from: place)
                tokens.append(Token(bytes: start..<place, kind: .comment))
            case .string(let quote):
                place = end(of: quote, in: bytes, from: place)
                tokens.append(Token(bytes: start..<place, kind: .string))
            case .code:
                place = readCode(bytes, from: place, &tokens)
            }
        }
        return tokens
    }

    private mutating func readCode(
        _ bytes: [UInt8],
        from start: Int,
        _ tokens: inout [Token]
    ) -> Int {
        let byte = bytes[start]
        let isFree = start == 0 || bytes[start - 1] == 0x20
        if bytes[start...].starts(with: language.lineComment),
            isFree || !language.commentWantsSpace
        {
            tokens.append(Token(bytes: start..<bytes.count, kind: .comment))
            return bytes.count
        }
        if language.hasBlockComments, bytes[start...].starts(with: "/*".utf8) {
            state = .comment
            let end = end(of: "*/", in: bytes, from: start + 2)
            tokens.append(Token(bytes: start..<end, kind: .comment))
            return end
        }
        if language.quotes.contains(byte) {
            state = .string(byte)
            isCommand = false
            let end = end(of: byte, in: bytes, from: start + 1)
            tokens.append(Token(bytes: start..<end, kind: .string))
            return end
        }
        guard Self.isWord(byte) || (byte == UInt8(ascii: "-") && isFree) else {
            if ";|&(".utf8.contains(byte) { isCommand = true }
            return start + 1
        }
        let end = bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
        // A word has one byte at least, however it begins.
        let word = start..<max(end, start + 1)
        if let kind = kind(of: bytes[word]) { tokens.append(Token(bytes: word, kind: kind)) }
        return word.upperBound
    }

    private mutating func kind(of word: ArraySlice<UInt8>) -> Token.Kind? {
        let wasCommand = isCommand
        isCommand = false
        guard let first = word.first else { return nil }
        if first == UInt8(ascii: "-") { return language.hasCommands ? .flag : nil }
        if (0x30...0x39).contains(first) {
            return word.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } ? .number : nil
        }
        // No keyword is longer.
        guard word.count <= 24 else { return nil }
        let text = String(decoding: word, as: UTF8.self)
        let isKeyword = language.keywords.contains(language.ignoresCase ? text.lowercased() : text)
        guard language.hasCommands else { return isKeyword ? .keyword : nil }
        // Behind a keyword such as `sudo` or `then` stands the program's name.
        isCommand = wasCommand && isKeyword
        return wasCommand ? .keyword : nil
    }

    /// Whether a byte goes on with a word; in commands a word ends at a space or a sign.
    private func isPart(_ byte: UInt8) -> Bool {
        if Self.isWord(byte) { return true }
        return language.hasCommands ? "-./:=@%+,~".utf8.contains(byte) : byte == 0x2E
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, Column.letter: true
        default: false
        }
    }

    // MARK: - Ends

    private mutating func end(of words: StaticString, in bytes: [UInt8], from start: Int) -> Int {
        let wanted = Array(words.description.utf8)
        var place = start
        while place < bytes.count {
            if bytes[place...].starts(with: wanted) {
                state = .code
                return place + wanted.count
            }
            place += 1
        }
        return bytes.count
    }

    private mutating func end(of quote: UInt8, in bytes: [UInt8], from start: Int) -> Int {
        let escapes = language.escapingQuotes.contains(quote)
        var place = start
        while place < bytes.count {
            if bytes[place] == quote {
                state = .code
                return place + 1
            }
            place += escapes && bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return bytes.count
    }
}
