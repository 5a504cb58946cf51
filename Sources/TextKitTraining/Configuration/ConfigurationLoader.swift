import Foundation
import TextKitCorpus
import TextKitModels

/// Reads and writes configurations as JSON, strictly: what isn't understood is refused, never ignored.
public enum ConfigurationLoader {
  /// Longer files are no configurations.
  static let byteLimit = 16 << 20

  /// Reads a configuration from a file.
  ///
  /// - Parameters:
  ///   - type: the configuration to make.
  ///   - url: a JSON file.
  ///   - overrides: `key=value` with dots between nested keys, `training.epochs=5`; later ones win. The value is
  ///     JSON, or plain text where a string is expected.
  ///   - defaults: what keys that are left out take.
  public static func load<Value: Configuration>(
    _ type: Value.Type, from url: URL, overrides: [String] = [], defaults: Value = Value()
  ) throws(ConfigurationError) -> Value {
    let source = ConfigurationError.Source.file(url.path)
    return try load(
      type, from: try contents(of: url, source), source: source, overrides: overrides, defaults: defaults)
  }

  /// Reads a configuration from JSON text; without any, the defaults with the overrides.
  ///
  /// Keys that are left out take the values of `defaults`. An array or a map that is given replaces the default
  /// as a whole. Every nested configuration is validated.
  public static func load<Value: Configuration>(
    _ type: Value.Type, from data: Data = Data("{}".utf8), source: ConfigurationError.Source? = nil,
    overrides: [String] = [], defaults: Value = Value()
  ) throws(ConfigurationError) -> Value {
    let schema = try attributed(to: nil) { try SchemaNode(encoding: defaults).schema }
    var given = try attributed(to: source) { try parse(data) }
    _ = try attributed(to: source) { try schema.resolve(given, at: "") }
    for text in overrides {
      try attributed(to: .override(text)) {
        let (keys, value) = try parse(override: text, schema)
        // Checked alone first, so that an error names the override and not the file.
        _ = try schema.resolve(nested(keys, value), at: "")
        given = setting(given, keys, value)
      }
    }
    do throws(ConfigurationError) {
      return try attributed(to: source) {
        let resolved = try schema.resolve(given, at: "")
        let configuration = try decode(type, from: resolved)
        try walk(configuration)
        return configuration
      }
    } catch {
      throw error.attributed(toOneOf: overrides)
    }
  }

  /// The configuration as JSON: every key, sorted; ends with a line break. The same values give the same bytes.
  ///
  /// Throws if it has numbers that JSON can't say. It need not be valid: that is checked when it is loaded.
  public static func encode<Value: Configuration>(
    _ configuration: Value
  ) throws(ConfigurationError) -> Data {
    try attributed(to: nil) {
      Data((try SchemaNode(encoding: configuration).value.indentedText() + "\n").utf8)
    }
  }
}

// MARK: - Parts

extension ConfigurationLoader {
  /// Validates a configuration that was made in code, and everything nested in it.
  static func validate(_ configuration: some Configuration) throws(ConfigurationError) {
    try attributed(to: nil) { try walk(configuration) }
  }

  /// Validates everything in a configuration: encoding walks through all that is nested.
  private static func walk(_ configuration: some Configuration) throws {
    _ = try SchemaNode(encoding: configuration, validating: true)
  }

  /// Runs `body`, and gives its errors their source and, where they have none, a type.
  private static func attributed<Result>(
    to source: ConfigurationError.Source?, _ body: () throws -> Result
  ) throws(ConfigurationError) -> Result {
    do {
      return try body()
    } catch var error as ConfigurationError {
      error.source = source
      throw error
    } catch {
      throw ConfigurationError(
        source: source, path: "",
        reason: .value(expected: "a value that can be encoded", found: "\(error)", nearest: nil))
    }
  }

  private static func contents(
    of url: URL, _ source: ConfigurationError.Source
  ) throws(ConfigurationError) -> Data {
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: url)
      data = try handle.read(upToCount: byteLimit + 1) ?? Data()
      try handle.close()
    } catch {
      let missing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      throw ConfigurationError(
        source: source, path: "",
        reason: .unreadable(missing ? "no such file" : error.localizedDescription))
    }
    guard data.count <= byteLimit else {
      throw ConfigurationError(source: source, path: "", reason: .tooLong(limit: byteLimit))
    }
    return data
  }

  private static func parse(_ data: Data) throws -> JSONValue {
    let bytes = [UInt8](data)
    func position(_ offset: Int) -> (line: Int, column: Int) {
      let before = bytes[..<offset]
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return (before.count { $0 == UInt8(ascii: "\n") } + 1, offset - lineStart + 1)
    }
    do {
      return try JSONParser.value(of: bytes)
    } catch let error as JSONSyntaxError {
      let (line, column) = position(error.offset)
      throw ConfigurationError(
        path: "",
        reason: .malformed(line: line, column: column, expected: error.expected, found: error.found))
    } catch let error as JSONParser.DuplicateKey {
      let (line, column) = position(error.offset)
      throw ConfigurationError(path: error.key, reason: .duplicateKey(line: line, column: column))
    }
  }

  private static func parse(
    override text: String, _ schema: ConfigurationSchema
  ) throws -> (keys: ArraySlice<String>, value: JSONValue) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let keys = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !keys.contains("") else {
      throw ConfigurationError(path: "", reason: .malformedOverride)
    }
    let place = schema.schema(at: keys[...])
    let value: JSONValue
    do {
      value = try JSONParser.value(of: Array(parts[1].utf8))
    } catch is JSONSyntaxError {
      return (keys[...], .string(String(parts[1])))
    } catch let error as JSONParser.DuplicateKey {
      throw ConfigurationError(
        path: error.key, reason: .value(expected: "different keys", found: "one twice", nearest: nil))
    }
    // Where text is expected, `5` and `true` are text; a quoted string is JSON, and `null` takes a value away.
    switch (place.acceptsText, value) {
    case (true, .string), (false, _): return (keys[...], value)
    case (true, .null): if case .optional = place { return (keys[...], value) }
    default: break
    }
    return (keys[...], .string(String(parts[1])))
  }

  private static func nested(_ keys: ArraySlice<String>, _ value: JSONValue) -> JSONValue {
    keys.reversed().reduce(value) { .object([$1: $0]) }
  }

  private static func setting(
    _ target: JSONValue, _ keys: ArraySlice<String>, _ value: JSONValue
  ) -> JSONValue {
    guard let key = keys.first else { return value }
    var members: [String: JSONValue] = [:]
    if case .object(let existing) = target { members = existing }
    members[key] = setting(members[key] ?? .null, keys.dropFirst(), value)
    return .object(members)
  }

  private static func decode<Value: Configuration>(
    _ type: Value.Type, from value: JSONValue
  ) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(value.text.utf8))
    } catch let error as DecodingError {
      let context: DecodingError.Context
      switch error {
      case .typeMismatch(_, let details), .valueNotFound(_, let details), .keyNotFound(_, let details),
        .dataCorrupted(let details):
        context = details
      @unknown default: throw error
      }
      throw ConfigurationError(
        path: context.codingPath.pathText,
        reason: .value(expected: "a value that fits", found: context.debugDescription, nearest: nil))
    }
  }
}
