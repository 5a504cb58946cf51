import Foundation

/// A folder in which shipped models are looked for.
public struct ModelFolder: Sendable, Equatable {
  /// Why models are looked for there.
  public enum Origin: String, Sendable, Codable {
    /// The environment variable `TEXTKIT_MODELS` names it.
    case environment
    /// It lies beside the executable, or where an executable of `bin` has its data.
    case executable
    /// It is the resource bundle that the build made.
    case bundle
  }

  public let url: URL
  public let origin: Origin

  public init(url: URL, origin: Origin) {
    self.url = url
    self.origin = origin
  }
}

extension Pretrained {
  /// The environment variable that names folders of models, with colons between them.
  public static let environmentVariable = "TEXTKIT_MODELS"

  /// Where models are looked for, in order: the folders of `TEXTKIT_MODELS`; `models` beside the executable and
  /// `../share/textkit/models`, symbolic links to it resolved; the resource bundle.
  ///
  /// Whether the folders are there is not looked at.
  public static func folders() -> [ModelFolder] {
    folders(environment: ProcessInfo.processInfo.environment, executable: Bundle.main.executableURL)
  }

  /// Where models are looked for by a program with this environment and executable.
  package static func folders(environment: [String: String], executable: URL?) -> [ModelFolder] {
    let named = (environment[environmentVariable] ?? "").split(separator: ":").map {
      ModelFolder(url: URL(fileURLWithPath: String($0), isDirectory: true), origin: .environment)
    }
    let home = executable?.resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = ["models", "../share/textkit/models"].compactMap { path in
      home.map { ModelFolder(url: $0.appending(path: path).standardizedFileURL, origin: .executable) }
    }
    return named + beside + bundles(beside: home)
  }

  /// The resource bundles that a build can have made.
  ///
  /// The accessor that the package manager generates ends the process where there is no bundle, as in a program that was
  /// installed elsewhere: so the places are looked up here.
  private static func bundles(beside home: URL?) -> [ModelFolder] {
    let name = "textkit_TextKitPretrained"
    #if canImport(Darwin)
      let image = Bundle(for: ImageMark.self)
      let places = [home, image.resourceURL, image.bundleURL.deletingLastPathComponent(), Bundle.main.resourceURL]
      let paths = ["\(name).bundle/models", "\(name).bundle/Contents/Resources/models"]
    #else
      let places = [home]
      let paths = ["\(name).resources/models"]
    #endif
    return places.compactMap { $0 }.flatMap { place in
      paths.map { ModelFolder(url: place.appending(path: $0).standardizedFileURL, origin: .bundle) }
    }
  }
}

#if canImport(Darwin)
  /// Tells which image this module is linked into.
  private final class ImageMark {}
#endif
