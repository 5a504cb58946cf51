import Foundation

/// What may stand at a place of a configuration; found by encoding its defaults, see `SchemaEncoder`.
indirect enum ConfigurationSchema: Sendable {
  struct Field: Sendable {
    let schema: ConfigurationSchema
    let defaultValue: JSONValue
  }

  case bool
  /// Within the limits of the type.
  case integer(ClosedRange<Int128>)
  /// Of a magnitude up to the largest number of the type.
  case number(largest: Double)
  case string
  case choice([String])
  case optional(ConfigurationSchema)
  case array(ConfigurationSchema)
  /// Any keys, values of one kind.
  case map(ConfigurationSchema)
  case object([String: Field])
  /// A type that only its own decoder knows.
  case any
}

extension ConfigurationSchema {
  /// `given`, checked and completed with defaults.
  func resolve(_ given: JSONValue, at path: String) throws(ConfigurationError) -> JSONValue {
    switch (self, given) {
    case (.any, _), (.bool, .bool), (.string, .string), (.optional, .null): return given
    case (.integer(let limits), .number(let text)):
      guard text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }) else { break }
      if let value = Int128(text), limits.contains(value) { return given }
      throw ConfigurationError(
        path: path,
        reason: .value(
          expected: "an integer from \(limits.lowerBound) to \(limits.upperBound)", found: given.excerpt,
          nearest: nil))
    case (.number(let largest), .number(let text)):
      guard let value = Double(text), value.isFinite else { break }
      if value.magnitude <= largest { return given }
      throw ConfigurationError(
        path: path,
        reason: .value(expected: "a number of at most \(largest)", found: given.excerpt, nearest: nil))
    case (.choice(let names), .string(let name)):
      guard names.contains(name) else { throw mismatch(given, path, nearestName(to: name, among: names)) }
      return given
    case (.optional(let wrapped), _): return try wrapped.resolve(given, at: path)
    case (.array(let element), .array(let values)):
      var resolved: [JSONValue] = []
      for (index, value) in values.enumerated() {
        resolved.append(try element.resolve(value, at: "\(path)[\(index)]"))
      }
      return .array(resolved)
    case (.map(let element), .object(let members)):
      var resolved: [String: JSONValue] = [:]
      for key in members.keys.sorted() {
        resolved[key] = try element.resolve(members[key] ?? .null, at: Self.join(path, key))
      }
      return .object(resolved)
    case (.object(let fields), .object(let members)):
      return try Self.resolve(members, fields, at: path)
    default: break
    }
    throw mismatch(given, path, nil)
  }

  private static func resolve(
    _ members: [String: JSONValue], _ fields: [String: Field], at path: String
  ) throws(ConfigurationError) -> JSONValue {
    var resolved = fields.mapValues(\.defaultValue)
    // Sorted, so that of several mistakes always the same one is reported.
    for key in members.keys.sorted() {
      guard let field = fields[key] else {
        let valid = fields.keys.sorted()
        let nearest = nearestName(to: key, among: valid)
        throw ConfigurationError(
          path: join(path, key),
          reason: .unknownKey(nearest: nearest.map { join(path, $0) }, valid: valid))
      }
      resolved[key] = try field.schema.resolve(members[key] ?? .null, at: join(path, key))
    }
    return .object(resolved)
  }

  /// The schema at a path of keys, as far as it is known.
  func schema(at keys: ArraySlice<String>) -> ConfigurationSchema {
    guard let key = keys.first else { return self }
    switch self {
    case .optional(let wrapped): return wrapped.schema(at: keys)
    case .object(let fields): return fields[key]?.schema.schema(at: keys.dropFirst()) ?? .any
    case .map(let element): return element.schema(at: keys.dropFirst())
    default: return .any
    }
  }

  /// Whether a bare word is a value here: text or a name.
  var acceptsText: Bool {
    switch self {
    case .string, .choice: true
    case .optional(let wrapped): wrapped.acceptsText
    default: false
    }
  }

  static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func mismatch(_ found: JSONValue, _ path: String, _ nearest: String?) -> ConfigurationError {
    ConfigurationError(
      path: path, reason: .value(expected: expectation, found: found.excerpt, nearest: nearest))
  }

  private var expectation: String {
    switch self {
    case .bool: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .choice(let names): "one of \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .optional(let wrapped): wrapped.expectation
    case .array: "an array"
    case .map, .object: "an object"
    case .any: "a value"
    }
  }
}

// MARK: - Schemas of types

/// A type that is one JSON value.
protocol SchemaLeaf {
  static var schema: ConfigurationSchema { get }
  /// `nil` if JSON can't say it: infinities and NaN.
  var jsonValue: JSONValue? { get }
}

extension Bool: SchemaLeaf {
  static var schema: ConfigurationSchema { .bool }
  var jsonValue: JSONValue? { .bool(self) }
}

extension String: SchemaLeaf {
  static var schema: ConfigurationSchema { .string }
  var jsonValue: JSONValue? { .string(self) }
}

extension URL: SchemaLeaf {
  static var schema: ConfigurationSchema { .string }
  var jsonValue: JSONValue? { .string(absoluteString) }
}

extension SchemaLeaf where Self: FixedWidthInteger {
  static var schema: ConfigurationSchema { .integer(Int128(Self.min)...Int128(Self.max)) }
  var jsonValue: JSONValue? { .number(description) }
}

extension SchemaLeaf where Self: BinaryFloatingPoint & CustomStringConvertible {
  static var schema: ConfigurationSchema { .number(largest: Double(Self.greatestFiniteMagnitude)) }
  /// The shortest text that gives the same value again.
  var jsonValue: JSONValue? { isFinite ? .number(description) : nil }
}

extension Int: SchemaLeaf {}
extension Int8: SchemaLeaf {}
extension Int16: SchemaLeaf {}
extension Int32: SchemaLeaf {}
extension Int64: SchemaLeaf {}
extension UInt: SchemaLeaf {}
extension UInt8: SchemaLeaf {}
extension UInt16: SchemaLeaf {}
extension UInt32: SchemaLeaf {}
extension UInt64: SchemaLeaf {}
extension Float: SchemaLeaf {}
extension Double: SchemaLeaf {}

/// A generic type whose schema follows from those of its parameters.
protocol SchemaContainer {
  static func schema() throws -> ConfigurationSchema
}

extension Optional: SchemaContainer {
  static func schema() throws -> ConfigurationSchema { .optional(try ConfigurationSchema(of: Wrapped.self)) }
}

extension Array: SchemaContainer {
  static func schema() throws -> ConfigurationSchema { .array(try ConfigurationSchema(of: Element.self)) }
}

extension Dictionary: SchemaContainer where Key == String {
  static func schema() throws -> ConfigurationSchema { .map(try ConfigurationSchema(of: Value.self)) }
}

extension ConfigurationSchema {
  /// What the type alone tells: everything but the fields of structs that aren't configurations.
  init(of type: Any.Type) throws {
    if let leaf = type as? any SchemaLeaf.Type {
      self = leaf.schema
    } else if let container = type as? any SchemaContainer.Type {
      self = try container.schema()
    } else if let configuration = type as? any Configuration.Type {
      self = try SchemaNode(encoding: configuration.init()).schema
    } else if let cases = type as? any CaseIterable.Type, let names = Self.names(of: cases) {
      self = .choice(names)
    } else {
      self = .any
    }
  }

  /// The raw values of an enum of strings.
  private static func names<Cases: CaseIterable>(of type: Cases.Type) -> [String]? {
    var names: [String] = []
    for value in type.allCases {
      guard let name = (value as? any RawRepresentable)?.rawValue as? String else { return nil }
      names.append(name)
    }
    return names
  }
}
