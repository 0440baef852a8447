import Testing

@testable import HoldConsole

@Suite struct TextFieldTests {
    @Test func `characters go in at the cursor, of any script`() {
        var field = TextField("für")
        field.moveLeft()

        field.insert("日本")

        #expect(field.text == "fü日本r")
        #expect(field.after == "r")
    }

    @Test func `one character is deleted at a time, with its accents`() {
        var field = TextField("ae\u{301}")

        field.deleteBackward()

        #expect(field.text == "a")
    }

    @Test func `control characters never get in`() {
        var field = TextField("a\u{1B}b\u{9B}c\u{7F}\rd\te\nf")

        #expect(field.text == "abcd e f")
        field = TextField("a\nb", isMultiline: true)
        #expect(field.text == "a\nb")
    }

    @Test func `no more gets in than fits`() {
        var field = TextField("abc", bytesMax: 5)

        field.insert("dé")
        field.insert("x")

        #expect(field.text == "abcdx")
    }

    @Test func `editing keys`() {
        var field = TextField("one two")

        #expect(take(.control("w"), &field) == true)
        #expect(field.text == "one ")
        #expect(take(.home, &field) == true)
        #expect(take(.delete, &field) == true)
        #expect(field.text == "ne ")
        #expect(take(.end, &field) == true)
        #expect(take(.left, &field) == true)
        #expect(take(.right, &field) == true)
        #expect(take(.control("u"), &field) == true)
        #expect(field.isEmpty)
        #expect(take(.enter, &field) == false)
        #expect(take(.function(3), &field) == false)
    }

    private func take(_ key: Key, _ field: inout TextField) -> Bool { field.take(key) }
}
