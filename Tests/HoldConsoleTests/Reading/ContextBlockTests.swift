import HoldCore
import Testing

@testable import HoldConsole

@Suite struct ContextBlockTests {
    @Test func `markdown shows headings, lists, quotes, code and where links lead`() {
        let rows = ReadingSample.rows(ReadingSample.part(.markdown), width: 60)

        #expect(
            rows.words == """
                MARKDOWN  ┊ Reasons
                  ┊ # Why now
                  ┊ Disk is at 91 % on `prod-eu-3`; the index is unused for
                  ┊ 31 days.
                  ┊
                  ┊ ## Alternatives
                  ┊ - vacuum full: takes a lock for about 20 minutes, which
                  ┊   nobody wants while the shop is open and the night
                  ┊   jobs run
                  ┊   - [x] asked db-core
                  ┊ 1. resize: see [the runbook](https://wiki.example/disk?x
                  ┊    =1)
                  ┊
                  ┊ > Carol: fine if the backup job is paused first.
                  ┊
                  ┊ ────────────────────────────────────────
                  ┊ ```sql
                  ┊ DROP INDEX CONCURRENTLY **not bold**;
                  ┊ ```
                  ┊ snake_case_name and 2 * 3 * 4 stay as they are.
                """
        )
        #expect(rows.style(of: "91 %")?.attributes == .bold)
        #expect(rows.style(of: "unused")?.attributes == .underline)
        #expect(rows.style(of: "prod-eu-3")?.foreground == .info)
        #expect(rows.style(of: "the runbook")?.attributes == .underline)
        #expect(rows.filter(\.isAnchor).count == 3)
    }

    @Test(arguments: [
        ("**a*b**", "a*b"), ("*a **b** c*", "a b c"), ("`**a**`", "`**a**`"),
        ("a_b_c", "a_b_c"), ("_a_ b", "a b"), (#"\*a\* b"#, #"\*a\* b"#), ("** a **", "** a **"),
        ("***a***", "***a***"), ("[a](b)[c](d)", "[a](b)[c](d)"), ("[a](b", "[a](b"),
        ("~~gone~~", "~~gone~~"), ("``a`b``", "``a`b``"), ("", ""), ("*", "*"), ("`", "`"),
    ])
    func `emphasis is read only where it is closed`(raw: String, shown: String) {
        let line = SafeText(untrusted: raw, pane: .prose).line

        #expect(MarkdownSpans.words(of: line, plain: .untrusted).joined.plain == shown)
    }

    @Test func `a diff has its signs, its numbers and its hunks`() {
        let rows = ReadingSample.rows(ReadingSample.part(.diff), width: 76)

        #expect(
            rows.words == """
                DIFF      ┊ schema.sql
                  ┊ diff --git a/schema.sql b/schema.sql
                  ┊ --- a/schema.sql
                  ┊ +++ b/schema.sql
                  ┊ @@ -41,4 +41,4 @@ CREATE TABLE orders (
                  ┊  41  41    id bigint PRIMARY KEY,
                  ┊  42     -  customer_id bigint,
                  ┊  43     --- a removed line that looks like a header
                  ┊      42 +  customer_id bigint NOT NULL,
                  ┊      43 +  region text
                  ┊  44  44  );
                  ┊ @@ -98,2 +98,2 @@
                  ┊  98     -CREATE INDEX orders_customer_id_ix7 ON orders (customer_id);
                  ┊      98 +-- dropped: unused
                  ┊  99  99  COMMIT;
                """
        )
        #expect(rows.style(of: "NOT NULL")?.foreground == .added)
        #expect(rows.style(of: "looks like a header")?.foreground == .deleted)
        #expect(rows.style(of: "@@ -98,2")?.foreground == .hunk)
        #expect(rows.filter(\.isAnchor).count == 4)
        #expect(!ReadingSample.rows(ReadingSample.part(.diff), width: 40).words.contains(" 41 "))
    }

    @Test(arguments: [
        "@@ -999999999999,1 +1 @@", "@@", "@@ -1 +", "@@ -,1 +,1 @@", "@@ -1,99999999 +1,1 @@\n+a",
    ])
    func `a header that lies costs nothing`(raw: String) {
        let part = ContextPart(kind: .diff, body: .string(raw + "\n+x\n-y\n\\ No newline"))

        #expect(ReadingSample.rows(part, width: 80).style(of: "+x")?.foreground == .added)
    }

    @Test func `a log has its times muted and its levels coloured, errors to jump to`() {
        let rows = ReadingSample.rows(ReadingSample.part(.log))

        #expect(rows.style(of: "2026-11-21T03:10:01.120Z")?.foreground == .muted)
        #expect(rows.style(of: "[03:10:05]")?.foreground == .muted)
        #expect(rows.style(of: "Nov 21 03:10:06")?.foreground == .muted)
        #expect(rows.style(of: "INFO") == Ink.agent(.info, .bold))
        #expect(rows.style(of: "WARN") == Ink.agent(.warn, .bold))
        #expect(rows.style(of: "ERROR") == Ink.agent(.danger, .bold))
        #expect(rows.style(of: "DEBUG") == Ink.agent(.muted, .bold))
        #expect(rows.style(of: "warning") == Ink.agent(.warn, .bold))
        #expect(rows.last { $0.words.contains("second") }?.style(of: "error") != .untrusted)
        #expect(rows.filter(\.isAnchor).count == 3)
    }

    @Test(arguments: [
        "no error here", "errors: none", "terror: x", "The Error class", "info about it",
        "a b c d e f ERROR", "my-error: x",
    ])
    func `a word that only sounds like a level is none`(raw: String) {
        let rows = ReadingSample.rows(ContextPart(kind: .log, body: .string(raw)))

        #expect(rows.dropFirst().allSatisfy { !$0.isAnchor })
        #expect(rows[1].line.parts.suffix(1).map(\.style) == [.untrusted])
    }

    @Test func `JSON is a tree that folds`() {
        let part = ReadingSample.part(.json)
        let rows = ReadingSample.rows(part)

        #expect(
            rows.words == """
                JSON      ┊ pg_stat
                ▾ ┊ "columns": [2]
                  ┊   - "customer_id"
                  ┊   - "region"
                  ┊ "definition": "CREATE INDEX x\\n"
                  ┊               "  ON orders (customer_id)\\n"
                  ┊ "index": "orders_customer_id_ix7"
                ▾ ┊ "plan": [2]
                ▾ ┊   - {3}
                  ┊     "filter": null
                  ┊     "node": "Seq Scan"
                  ┊     "rows": 12
                ▾ ┊   - {2}
                  ┊     "node": "Sort"
                  ┊     "rows": 1
                ▾ ┊ "size": {2}
                  ┊   "bytes": 227633266688
                  ┊   "human": "212 GB"
                  ┊ "unused": true
                """
        )

        let plan = FoldID(part: 0, path: [3])
        let folded = ReadingSample.rows(part, glyphs: .ascii, turned: [plan])
        #expect(folded.words.contains("+ | \"plan\": [2]\n- | \"size\""))
        #expect(folded.first { $0.fold?.id == plan }?.fold?.isOpen == false)
    }

    @Test func `a large tree comes with its deep branches folded`() {
        let leaf: JSONValue = ["a": ["b": ["c": 1]]]
        let part = ContextPart(kind: .json, body: .array(Array(repeating: leaf, count: 40)))

        let rows = ReadingSample.rows(part)

        #expect(!rows.words.contains("\"c\""))
        #expect(rows.contains { $0.fold?.isOpen == false })
    }

    @Test func `text in JSON cannot pass for structure`() {
        let evil: JSONValue = ["a": "{3}\n▾ \"b\": 1", "{2}": "x\"\\"]
        let rows = ReadingSample.rows(ContextPart(kind: .json, body: evil))

        #expect(
            rows.words == """
                JSON      ┊
                  ┊ "a": "{3}\\n"
                  ┊      "▾ \\"b\\": 1"
                  ┊ "{2}": "x\\"\\\\"
                """
        )
        #expect(rows.allSatisfy { $0.fold == nil })
    }

    @Test func `a table is aligned, numbers at the right, wide cells cut and shown uncut`() {
        let part = ReadingSample.part(.table)

        #expect(
            ReadingSample.rows(part, width: 54).words == """
                TABLE     ┊ indexes
                  ┊ index                note                   scans
                  ┊ orders_customer_id…  nobody reads it an…        0
                  ┊ orders_pk            primary key, read …  8812004
                  ┊ orders_region                                  17
                  cells are cut: W shows them whole
                """
        )
        #expect(
            ReadingSample.rows(part, width: 54, isWrapped: false).words == """
                TABLE     ┊ indexes
                  ┊ index                   note                     …
                  ┊ orders_customer_id_ix7  nobody reads it any more …
                  ┊ orders_pk               primary key, read by ever…
                  ┊ orders_region                                    …
                """
        )
    }

    @Test(arguments: [
        JSONValue.array([["a", "b"], [1, 2], [3]]),
        ["columns": ["a", "b"], "rows": [[1, 2], [3]]],
    ])
    func `rows of arrays are a table too, short ones have empty cells`(value: JSONValue) {
        let rows = ReadingSample.rows(ContextPart(kind: .table, body: value))

        #expect(
            rows.words == """
                TABLE     ┊
                  ┊ a  b
                  ┊ 1  2
                  ┊ 3
                """
        )
    }

    @Test(arguments: [JSONValue.null, "x", ["rows": 3], [1, [2]], [[:], 1], [:]])
    func `what is no table is shown as what it is`(value: JSONValue) {
        #expect(ReadingSample.rows(ContextPart(kind: .table, body: value)).count >= 2)
    }

    @Test(arguments: [ContextPart.Kind.json, .table])
    func `what does not parse is shown as text, and said to be none`(kind: ContextPart.Kind) {
        let rows = ReadingSample.rows(ContextPart(kind: kind, body: "{\"a\": 1,\n[\u{1B}"))

        #expect(rows.words.contains("shown as text\n  ┊ {\"a\": 1,\n  ┊ [^["))
        #expect(rows[0].words.contains("1 hidden"))
    }

    @Test func `a table of thousands of columns is cut in time, and says so`() {
        let names = JSONValue.array((0..<30_000).map { .integer($0) })
        for value in [["columns": names, "rows": []], .array([names, names])] as [JSONValue] {
            for isWrapped in [true, false] {
                let part = ContextPart(kind: .table, body: value)
                let rows = ReadingSample.rows(part, width: 40, isWrapped: isWrapped)
                #expect(rows.words.contains("more columns: o opens all"))
            }
        }
    }

    @Test func `hidden characters and what is left out stand in the title`() {
        let part = ContextPart(
            kind: .text,
            title: "t",
            body: .string("a\u{202E}b" + String(repeating: "x", count: 70_000))
        )

        let title = ReadingSample.rows(part, width: 80)[0].words

        #expect(title.contains("1 hidden"))
        #expect(title.contains("bytes not shown: o"))
    }

    @Test func `lines that are cut show where they go on`() {
        let part = ContextPart(kind: .text, body: .string("0123456789abcdefghij"))
        func row(_ column: Int) -> String {
            ReadingSample.rows(part, width: 14, isWrapped: false, column: column)[1].words
        }

        #expect(row(0) == "  ┊ 012345678…")
        #expect(row(8) == "  ┊ …9abcdefg…")
        #expect(row(16) == "  ┊ …hij")
        #expect(row(400) == "  ┊ …")
    }
}
