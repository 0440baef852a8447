/// The rows of the queue as they were drawn, by item number.
///
/// Those of some screens back are kept too: who goes down a list comes back to them.
struct QueueRowPictures: Sendable {
    private struct Picture: Sendable {
        let row: QueueRow
        let cells: [Cell]
    }

    private var look: QueueRow.Look?
    private var pictures: [Int64: Picture] = [:]
    /// What was not shown since ``pictures`` was begun; it goes when that is full.
    private var older: [Int64: Picture] = [:]

    /// Begins a frame with so many rows that look like this.
    mutating func begin(_ look: QueueRow.Look, rows: Int) {
        if self.look != look {
            self.look = look
            (pictures, older) = ([:], [:])
        } else if pictures.count > 2 * rows {
            older = pictures
            pictures = [:]
        }
    }

    /// A row as it was drawn; nil where it looked otherwise, or was not drawn lately.
    mutating func cells(of row: QueueRow) -> [Cell]? {
        let number = row.row.item.number
        guard let picture = pictures[number] ?? older[number], picture.row == row else {
            return nil
        }
        // What is equal is kept as it is here, so that next time it is the same and not compared.
        if !picture.row.row.isSame(as: row.row) || pictures[number] == nil {
            pictures[number] = Picture(row: row, cells: picture.cells)
        }
        return picture.cells
    }

    /// Keeps a row as it was drawn.
    mutating func keep(_ row: QueueRow, _ cells: [Cell]) {
        pictures[row.row.item.number] = Picture(row: row, cells: cells)
    }
}
