#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The errors of connect(2) that have words of their own.
enum Errno {
    static let notThere = ENOENT
    static let refused = ECONNREFUSED
    static let denied = EACCES
}
