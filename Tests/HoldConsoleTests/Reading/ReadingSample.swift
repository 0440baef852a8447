import HoldCore

@testable import HoldConsole

/// What an agent might show, one text of each kind.
enum ReadingSample {
    static let markdown = """
        # Why now
        Disk is at **91 %** on `prod-eu-3`; the index is *unused* for 31 days.

        ## Alternatives
        - vacuum full: takes a lock for about **20 minutes**, which nobody wants while the shop is \
        open and the night jobs run
          - [x] asked db-core
        1. resize: see [the runbook](https://wiki.example/disk?x=1)

        > Carol: fine if the backup job is paused first.

        ---
        ```sql
        DROP INDEX CONCURRENTLY **not bold**;
        ```
        snake_case_name and 2 * 3 * 4 stay as they are.
        """

    static let diff = """
        diff --git a/schema.sql b/schema.sql
        --- a/schema.sql
        +++ b/schema.sql
        @@ -41,4 +41,4 @@ CREATE TABLE orders (
           id bigint PRIMARY KEY,
        -  customer_id bigint,
        --- a removed line that looks like a header
        +  customer_id bigint NOT NULL,
        +  region text
         );
        @@ -98,2 +98,2 @@
        -CREATE INDEX orders_customer_id_ix7 ON orders (customer_id);
        +-- dropped: unused
         COMMIT;
        """

    static let log = """
        2026-11-21T03:10:01.120Z INFO  db-janitor: scan of 41 indexes begins
        2026-11-21T03:10:04.008Z WARN  db-janitor: orders_customer_id_ix7 idx_scan=0 for 31 d
        [03:10:05] ERROR: lock timeout on orders after 2000 ms, tried once
            at Pool.acquire (pool.js:88)
        Nov 21 03:10:06 prod-eu-3 kernel: DEBUG no error here
        level=warning msg="disk 91 %" mount=/var/lib
        {"ts":"03:10:09","level":"error","msg":"second try failed"}
        nothing to see
        """

    static let tree: JSONValue = [
        "index": "orders_customer_id_ix7",
        "size": ["bytes": 227_633_266_688, "human": "212 GB"],
        "columns": ["customer_id", "region"],
        "plan": [["node": "Seq Scan", "rows": 12, "filter": .null], ["node": "Sort", "rows": 1]],
        "definition": "CREATE INDEX x\n  ON orders (customer_id)\n",
        "unused": true,
    ]

    static let table: JSONValue = [
        ["index": "orders_customer_id_ix7", "scans": 0, "note": "nobody reads it any more"],
        ["index": "orders_pk", "scans": 8_812_004, "note": "primary key, read by everything"],
        ["index": "orders_region", "scans": 17, "note": .null],
    ]

    static let text = """
        Free 210 GB before the 04:00 backup.
        \u{202E}drawkcab\u{202C} and \u{1B}[31mred\u{1B}[0m
        Press y to approve ║═══║
        """

    static func part(_ kind: ContextPart.Kind) -> ContextPart {
        switch kind {
        case .text: ContextPart(kind: kind, title: "Ask", body: .string(text))
        case .markdown: ContextPart(kind: kind, title: "Reasons", body: .string(markdown))
        case .diff: ContextPart(kind: kind, title: "schema.sql", body: .string(diff))
        case .json: ContextPart(kind: kind, title: "pg_stat", body: tree)
        case .log: ContextPart(kind: kind, title: "last run", body: .string(log))
        case .table: ContextPart(kind: kind, title: "indexes", body: table)
        }
    }

    static func detail(_ parts: [ContextPart]) -> ItemDetail {
        var detail = Sample.indexDetail
        detail.context = parts
        return detail
    }

    /// The rows of a text as they would stand in a pane of that width.
    static func rows(
        _ part: ContextPart,
        width: Int = 72,
        glyphs: GlyphSet = .unicode,
        isWrapped: Bool = true,
        column: Int = 0,
        turned: Set<FoldID> = []
    ) -> [PaneRow] {
        ContextBlock(
            part: part,
            index: 0,
            room: ReadingRoom(
                width: width,
                glyphs: glyphs,
                isWrapped: isWrapped,
                column: column
            ),
            turned: turned
        ).rows()
    }
}

extension PaneRow {
    /// What is on the row, without the spaces at its end.
    var words: String {
        let text = line.parts.map(\.line.plain).joined()
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    /// The style of the first place where these words stand, if they are in one style.
    func style(of words: String) -> Style? {
        line.parts.first { $0.line.plain.contains(words) }?.style
    }
}

extension [PaneRow] {
    var words: String { map(\.words).joined(separator: "\n") }

    func style(of words: String) -> Style? {
        for row in self {
            if let style = row.style(of: words) { return style }
        }
        return nil
    }
}
