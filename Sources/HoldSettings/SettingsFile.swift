import HoldThemes

/// Where a person's `console.yaml` is.
package enum SettingsFile {
    /// A page or two of text; more than this is no settings file.
    package static let bytesMax = 65_536

    /// The path for an environment; nil when neither `XDG_CONFIG_HOME` nor `HOME` is a path.
    package static func path(environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return base + "/holdshort/console.yaml"
        }
        if let home = environment["HOME"], home.hasPrefix("/") {
            return home + "/.config/holdshort/console.yaml"
        }
        return nil
    }

    /// Reads a file.
    package static func read(_ path: String) -> SettingsReading {
        do throws(FileProblem) {
            return SettingsReader.read(try TextFile.read(path, bytesMax: bytesMax), file: path)
        } catch {
            return SettingsReading(settings: nil, problems: [error])
        }
    }
}
