/// The Python client and its two example agents, embedded in the program as files.
///
/// `holdshort sdk python` prints them, so that an agent's author needs nothing but the program.
package enum PythonClient {
    /// The client: one file, standard library only, Python 3.9 or later.
    package static var source: [UInt8] { PackageResources.holdshort_py }

    /// An agent that blocks at its gate and goes on from its checkpoint.
    package static var synchronousAgent: [UInt8] { PackageResources.sync_agent_py }

    /// An agent that works on while people review, and can take back what it did.
    package static var asynchronousAgent: [UInt8] { PackageResources.async_agent_py }

    /// Every file under the name that the others import it by.
    package static var files: [(name: String, content: [UInt8])] {
        [
            ("holdshort.py", source), ("sync_agent.py", synchronousAgent),
            ("async_agent.py", asynchronousAgent),
        ]
    }
}
