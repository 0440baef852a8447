import Testing

@testable import HoldConsole

@Suite struct LayoutTests {
    @Test(arguments: [
        (160, 45, Layout.Shape.threeColumns), (200, 60, .threeColumns), (159, 45, .twoColumns),
        (160, 44, .twoColumns), (100, 30, .twoColumns), (99, 30, .stacked), (80, 24, .stacked),
        (100, 29, .stacked), (79, 24, .list), (80, 23, .list), (40, 10, .list), (39, 10, .counts),
        (40, 9, .counts), (0, 0, .counts), (1_000, 9, .counts),
    ])
    func `the size alone says how the screen is divided`(
        columns: Int,
        rows: Int,
        shape: Layout.Shape
    ) {
        #expect(Layout(size: Size(columns: columns, rows: rows)).shape == shape)
    }

    @Test func `panes never overlap, never leave the screen and never touch the outer rows`() {
        let contents: [Layout.Content] =
            [.triage, .empty, .item] + Pane.allCases.map { .zoomed($0) }
        for columns in stride(from: 0, through: 210, by: 7) {
            for rows in 0...64 {
                let size = Size(columns: columns, rows: rows)
                for content in contents {
                    let layout = Layout(size: size, content: content, hasBanner: rows % 2 == 0)
                    let panes = Pane.allCases.map { layout[$0] }.filter { !$0.isEmpty }
                    for (index, pane) in panes.enumerated() {
                        #expect(pane.intersection(Rect(size)) == pane)
                        #expect(pane.intersection(layout.status).isEmpty)
                        #expect(pane.intersection(layout.hints).isEmpty)
                        for other in panes[(index + 1)...] {
                            #expect(pane.intersection(other).isEmpty)
                        }
                    }
                }
            }
        }
    }

    @Test func `the queue and the action stay however small the screen is`() {
        for columns in 40...210 {
            for rows in 10...64 {
                let layout = Layout(size: Size(columns: columns, rows: rows))
                #expect(layout[.queue].rows >= 2)
                #expect(layout[.action].rows >= 5)
                #expect(!layout.status.isEmpty)
            }
        }
    }

    @Test func `a large screen has room for every pane`() {
        let layout = Layout(size: Size(columns: 160, rows: 45))

        for pane in Pane.allCases { #expect(!layout[pane].isEmpty, "\(pane)") }
    }

    @Test func `where there are no boxes a banner has a row of its own`() {
        let layout = Layout(size: Size(columns: 60, rows: 20), hasBanner: true)

        #expect(layout.banner == Rect(column: 0, row: 18, columns: 60, rows: 1))
        #expect(layout[.action].endRow == 18)
    }
}
