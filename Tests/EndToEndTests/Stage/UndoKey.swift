extension String {
    /// An undo's key behind the account that it begins with: the store's id is another each time.
    var withoutAccount: String {
        drop { $0 != "/" }.dropFirst().description
    }
}
