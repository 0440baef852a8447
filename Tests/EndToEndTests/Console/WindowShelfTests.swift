import HoldConsole
import Testing

@testable import holdshort

/// Both ends of the queue at hand, and nothing else.
@Suite struct WindowShelfTests {
    private func window(at offset: Int, total: Int, text: String? = nil) -> QueueWindow {
        QueueWindow(
            query: QueueQuery(offset: offset, limit: 100, text: text),
            items: [],
            total: total,
            sequence: 1
        )
    }

    @Test func `the first part is at hand again, as something to be replaced`() {
        let shelf = WindowShelf()
        let first = window(at: 0, total: 50)

        #expect(!shelf.take(first), "all of the queue is in it: there is no other end")

        #expect(shelf.window(for: first.query)?.isProvisional == true)
        #expect(shelf.window(for: window(at: 100, total: 50).query) == nil)
    }

    @Test func `the end is read once, and again when it has moved`() {
        let shelf = WindowShelf()
        #expect(shelf.take(window(at: 0, total: 1_000)))
        #expect(!shelf.take(window(at: 0, total: 1_000)), "somebody reads it already")
        #expect(shelf.endToRead()?.offset == 900)

        shelf.putLast(window(at: 900, total: 1_000))
        #expect(shelf.endToRead() == nil)
        #expect(!shelf.take(window(at: 0, total: 1_000)))
        #expect(shelf.window(for: window(at: 900, total: 1_000).query) != nil)

        #expect(shelf.take(window(at: 0, total: 1_001)))
        #expect(shelf.endToRead()?.offset == 901)
    }

    @Test func `an end that cannot be read is not asked for again by itself`() {
        let shelf = WindowShelf()
        #expect(shelf.take(window(at: 0, total: 1_000)))

        shelf.putLast(nil)

        #expect(shelf.endToRead() == nil)
        #expect(shelf.take(window(at: 0, total: 1_000)))
    }

    @Test func `another filter has other ends`() {
        let shelf = WindowShelf()
        _ = shelf.take(window(at: 0, total: 50))

        _ = shelf.take(window(at: 100, total: 500, text: "risk:high"))

        #expect(shelf.window(for: window(at: 0, total: 50).query) == nil)
    }

    @Test func `a new connection begins with nothing`() {
        let shelf = WindowShelf()
        let first = window(at: 0, total: 50)
        _ = shelf.take(first)

        shelf.clear()

        #expect(shelf.window(for: first.query) == nil)
    }
}
