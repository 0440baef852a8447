#if !HOLDSHORT_LIBFUZZER
    import Foundation

    /// Runs the files that it is given, so that what a fuzzer found can be replayed in any build.
    @main
    enum Replay {
        static func main() {
            guard let check = Chosen.check else {
                Chosen.explain()
                exit(64)
            }
            var status: CInt = 0
            for path in CommandLine.arguments.dropFirst() where !path.hasPrefix("-") {
                guard let bytes = FileManager.default.contents(atPath: path) else {
                    print("\(path): cannot be read")
                    status = 66
                    continue
                }
                guard let problem = check(Array(bytes)) else { continue }
                print("\(path): what does not hold: \(problem)")
                status = 1
            }
            exit(status)
        }
    }
#endif
