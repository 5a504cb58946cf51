import TextKitModels

/// A configuration that can't be read or isn't right.
public struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as data.
  public enum Reason: Equatable, Sendable {
    /// The file can't be opened or read.
    case unreadable(String)
    /// The file is longer than any configuration.
    case tooLong(limit: Int)
    /// The text isn't JSON; lines and columns (in bytes) count from 1.
    case malformed(line: Int, column: Int, expected: String, found: String)
    /// A key occurs twice in one object.
    case duplicateKey(line: Int, column: Int)
    /// There is no such key.
    case unknownKey(nearest: String?, valid: [String])
    /// The value has another type or isn't one of the choices.
    case value(expected: String, found: String, nearest: String?)
    /// An override isn't of the form `path=value`.
    case malformedOverride
  }

  /// Where the value came from: a file, an override as it was given, or `nil` for values made in code.
  public internal(set) var source: Source?
  /// The place in the configuration: `training.layers[2].size`; empty for the whole.
  public internal(set) var path: String
  public let reason: Reason

  /// Where a value came from.
  public enum Source: Equatable, Sendable {
    case file(String)
    case override(String)
  }

  public init(source: Source? = nil, path: String, reason: Reason) {
    self.source = source
    self.path = path
    self.reason = reason
  }

  /// What `validate()` throws: a value of the right type that can't be used.
  ///
  /// - Parameters:
  ///   - path: relative to the configuration that is validated: `epochs`.
  ///   - expected: what the value should be.
  ///   - found: what it is.
  public static func invalid(_ path: String, expected: String, found: String) -> ConfigurationError {
    ConfigurationError(path: path, reason: .value(expected: expected, found: found, nearest: nil))
  }

  /// This error, blamed on the last override that set the value it is about, if one did.
  func attributed(toOneOf overrides: [String]) -> ConfigurationError {
    let culprit = overrides.last { text in
      let key = text.prefix { $0 != "=" }
      guard path.hasPrefix(key) else { return false }
      return [nil, ".", "["].contains(path.dropFirst(key.count).first)
    }
    return culprit.map { ConfigurationError(source: .override($0), path: path, reason: reason) } ?? self
  }

  /// One line: the source, the place, what was expected and what was found.
  public var description: String {
    let origin =
      switch source {
      case .file(let path): "configuration \(path): "
      case .override(let text): "setting '\(text)': "
      case nil: "configuration: "
      }
    return origin + explanation
  }

  private var explanation: String {
    let place = path.isEmpty ? "" : "\(path): "
    switch reason {
    case .unreadable(let message): return "can't be read: \(message)"
    case .tooLong(let limit): return "expected at most \(limit) bytes, found more"
    case .malformed(let line, let column, let expected, let found):
      return "line \(line), column \(column): expected \(expected), found \(found)"
    case .duplicateKey(let line, let column): return "line \(line), column \(column): \(path) occurs twice"
    case .unknownKey(let nearest?, _): return "unknown key \(path); did you mean \(nearest)?"
    case .unknownKey(nil, let valid):
      return "unknown key \(path); valid here: \(valid.joined(separator: ", "))"
    case .value(let expected, let found, let nearest):
      return "\(place)expected \(expected), found \(found)" + (nearest.map { "; did you mean \($0)?" } ?? "")
    case .malformedOverride: return "expected key=value, with dots between nested keys"
    }
  }
}
