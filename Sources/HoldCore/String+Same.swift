extension String {
    /// Whether both are the same byte by byte, as stores and digests compare: Swift's own `==` takes
    /// two normalisations of a text for equal.
    ///
    /// That is asked first nevertheless: what is not even equal, it mostly finds out at once.
    package func isSame(as other: String) -> Bool {
        self == other && utf8.elementsEqual(other.utf8)
    }
}
