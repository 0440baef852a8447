/// Text without any form: each line as it is.
enum TextBlock {
    static func lines(of text: SafeText) -> [ReadingLine] {
        text.lines.map { ReadingLine($0) }
    }
}
