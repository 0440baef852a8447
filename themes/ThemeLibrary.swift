import Foundation
import HoldConsole

/// Where themes come from: the person's own folder, the host's, and those built in.
package struct ThemeLibrary: Hashable, Sendable {
    /// The theme when nobody asked for one.
    package static let usualName = "harbor-dark"
    /// What stands for the theme that suits the terminal's ground.
    package static let followingName = "auto"

    /// The folders in the order in which they are searched.
    package let folders: [String]

    package init(folders: [String]) {
        self.folders = folders
    }

    /// The library of a person: their configuration folder, then the host's.
    package init(environment: [String: String]) {
        var folders: [String] = []
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            folders.append(base + "/holdshort/themes")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            folders.append(home + "/.config/holdshort/themes")
        }
        folders.append("/usr/share/holdshort/themes")
        self.init(folders: folders)
    }

    /// The names of all themes, each once, in the order of the alphabet.
    package var names: [String] {
        var names = Set(Self.builtIn.keys)
        for folder in folders {
            // A folder that is not there has no themes, and most people have none of their own.
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            names.formUnion(
                files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
                    .filter(Self.isName)
            )
        }
        return names.sorted()
    }

    /// Reads the theme of a name: the first file found, or the one built in.
    package func theme(named name: String) -> ThemeReading {
        guard Self.isName(name) else { return missing(name) }
        for folder in folders {
            let path = "\(folder)/\(name).yaml"
            if FileManager.default.fileExists(atPath: path) { return Self.theme(at: path) }
        }
        guard let text = Self.builtIn[name] else { return missing(name) }
        return ThemeReader.read(text, file: "\(name).yaml")
    }

    /// Reads the theme in a file.
    package static func theme(at path: String) -> ThemeReading {
        do throws(FileProblem) {
            let text = try TextFile.read(path, bytesMax: ThemeReader.bytesMax)
            return ThemeReader.read(text, file: path)
        } catch {
            return ThemeReading(theme: nil, problems: [error])
        }
    }

    /// Whether a theme can have this name: 1 to 64 of `a-z`, `0-9` and `-`.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            }
    }

    private func missing(_ name: String) -> ThemeReading {
        let problem = FileProblem(
            file: quoted(name),
            line: 0,
            column: 0,
            severity: .error,
            message: "there is no theme of this name",
            hint: nearest(to: name, among: names)
        )
        return ThemeReading(theme: nil, problems: [problem])
    }

    /// The texts of the themes that are part of the program.
    private static let builtIn: [String: String] = [
        "cvd-safe": PackageResources.cvd_safe_yaml,
        "harbor-dark": PackageResources.harbor_dark_yaml,
        "harbor-light": PackageResources.harbor_light_yaml,
        "high-contrast": PackageResources.high_contrast_yaml,
        "mono": PackageResources.mono_yaml,
        "solar-dusk": PackageResources.solar_dusk_yaml,
    ].mapValues { String(decoding: $0, as: UTF8.self) }
}
