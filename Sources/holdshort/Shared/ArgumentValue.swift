import Foundation
import HoldCore

/// Arguments as people give them on a command line.
enum ArgumentValue {
    /// An object in JSON, or in a file named after `@`.
    static func object(_ text: String) throws(CommandFailure) -> JSONValue {
        var bytes = Array(text.utf8)
        if text.hasPrefix("@") {
            let path = String(text.dropFirst())
            guard let data = FileManager.default.contents(atPath: path) else {
                throw .usage("The file \(path) cannot be read.")
            }
            bytes = Array(data)
        }
        let value = try value(bytes)
        guard case .object = value else { throw .usage("The arguments are no JSON object.") }
        return value
    }

    /// Pairs of `key=text` or `key:=JSON`.
    static func object(pairs: [String]) throws(CommandFailure) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for pair in pairs {
            let (key, value) = try member(pair)
            guard members.updateValue(value, forKey: key) == nil else {
                throw .usage("The argument \(key) is given twice.")
            }
        }
        return members
    }

    private static func member(_ pair: String) throws(CommandFailure) -> (String, JSONValue) {
        guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else {
            throw .usage("\(pair) is not of the form key=text or key:=JSON.")
        }
        let text = String(pair[pair.index(after: sign)...])
        let before = pair.index(before: sign)
        guard pair[before] == ":" else { return (String(pair[..<sign]), .string(text)) }
        let key = String(pair[..<before])
        guard !key.isEmpty else { throw .usage("\(pair) names no argument.") }
        return (key, try value(Array(text.utf8)))
    }

    private static func value(_ bytes: [UInt8]) throws(CommandFailure) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .usage("This is not JSON: \(error)")
        }
    }
}
