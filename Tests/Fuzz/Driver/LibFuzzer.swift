#if HOLDSHORT_LIBFUZZER
    import Foundation

    /// What libFuzzer, whose `main` this program then has, calls for every input.
    @_cdecl("LLVMFuzzerTestOneInput")
    func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        guard let check = Chosen.check else {
            Chosen.explain()
            exit(64)
        }
        if let problem = check(Array(UnsafeBufferPointer(start: start, count: count))) {
            FileHandle.standardError.write(Data("what does not hold: \(problem)\n".utf8))
            // The fuzzer keeps the input of whatever dies.
            abort()
        }
        return 0
    }
#endif
