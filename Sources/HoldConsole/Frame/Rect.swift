/// A place on the grid, counted from the top left.
package struct Position: Hashable, Sendable {
    package let column: Int
    package let row: Int

    /// Makes a place; far away is held at the longest side, which is outside of every grid.
    package init(column: Int, row: Int) {
        self.column = min(max(column, -Frame.longestSide), Frame.longestSide)
        self.row = min(max(row, -Frame.longestSide), Frame.longestSide)
    }
}

/// How many cells there are; never fewer than none, never more than ``Frame/longestSide`` a side.
package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = min(max(columns, 0), Frame.longestSide)
        self.rows = min(max(rows, 0), Frame.longestSide)
    }
}

/// A part of the grid; sides are never negative, and what is drawn into an empty one is not drawn.
package struct Rect: Hashable, Sendable {
    package let column: Int
    package let row: Int
    package let columns: Int
    package let rows: Int

    /// Makes a rectangle; every number is held between the ends that a grid can have.
    package init(column: Int, row: Int, columns: Int, rows: Int) {
        func clamp(_ number: Int, from least: Int) -> Int {
            min(max(number, least), Frame.longestSide)
        }
        self.column = clamp(column, from: -Frame.longestSide)
        self.row = clamp(row, from: -Frame.longestSide)
        self.columns = clamp(columns, from: 0)
        self.rows = clamp(rows, from: 0)
    }

    /// The whole of a grid.
    package init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    package var isEmpty: Bool { columns == 0 || rows == 0 }
    /// The first column to the right of it.
    package var endColumn: Int { column + columns }
    /// The first row below it.
    package var endRow: Int { row + rows }

    package func contains(_ position: Position) -> Bool {
        (column..<endColumn).contains(position.column) && (row..<endRow).contains(position.row)
    }

    /// The part that both have.
    package func intersection(_ other: Rect) -> Rect {
        let (left, top) = (max(column, other.column), max(row, other.row))
        return Rect(
            column: left,
            row: top,
            columns: min(endColumn, other.endColumn) - left,
            rows: min(endRow, other.endRow) - top
        )
    }

    /// The rectangle without so many cells on each side.
    package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
        let columns = min(max(columns, 0), Frame.longestSide)
        let rows = min(max(rows, 0), Frame.longestSide)
        return Rect(
            column: column + columns,
            row: row + rows,
            columns: self.columns - 2 * columns,
            rows: self.rows - 2 * rows
        )
    }

    /// One row of it, counted from its top; empty where it has none.
    package func line(_ index: Int) -> Rect {
        guard (0..<rows).contains(index) else {
            return Rect(column: 0, row: 0, columns: 0, rows: 0)
        }
        return Rect(column: column, row: row + index, columns: columns, rows: 1)
    }

    /// The rows from one on.
    package func dropping(rows dropped: Int) -> Rect {
        let dropped = min(max(dropped, 0), rows)
        return Rect(column: column, row: row + dropped, columns: columns, rows: rows - dropped)
    }

    /// The columns from one on.
    package func dropping(columns dropped: Int) -> Rect {
        let dropped = min(max(dropped, 0), columns)
        return Rect(column: column + dropped, row: row, columns: columns - dropped, rows: rows)
    }

    /// Cut in two from the top: the first so many rows, and the rest.
    package func split(rows first: Int) -> (top: Rect, rest: Rect) {
        let first = min(max(first, 0), rows)
        return (
            Rect(column: column, row: row, columns: columns, rows: first), dropping(rows: first)
        )
    }

    /// Cut in two from the left: the first so many columns, and the rest.
    package func split(columns first: Int) -> (left: Rect, rest: Rect) {
        let first = min(max(first, 0), columns)
        return (
            Rect(column: column, row: row, columns: first, rows: rows), dropping(columns: first)
        )
    }

    /// A rectangle of this size in the middle of it, no larger than it.
    package func centred(columns wanted: Int, rows wantedRows: Int) -> Rect {
        let width = min(max(wanted, 0), columns)
        let height = min(max(wantedRows, 0), rows)
        return Rect(
            column: column + (columns - width) / 2,
            row: row + (rows - height) / 2,
            columns: width,
            rows: height
        )
    }
}
