import Foundation

/// A value of a configuration while it is encoded: JSON, and what else could stand in its place.
///
/// An encoder of our own sees what JSON text doesn't show: the keys of optional properties that are `nil`, the
/// types behind numbers, and the cases of enums.
final class SchemaNode {
  private enum Content {
    case leaf(JSONValue, ConfigurationSchema)
    case array([SchemaNode])
    case object([String: SchemaNode])
  }

  private var content = Content.object([:])
  /// What the type of the value tells, where that is more than its structure does.
  private var typeSchema: ConfigurationSchema?

  private let validates: Bool

  fileprivate init(validates: Bool) { self.validates = validates }

  /// Encodes a value and everything in it; `validating` checks every configuration on the way.
  convenience init<Value: Encodable>(encoding value: Value, validating: Bool = false) throws {
    self.init(validates: validating)
    try encode(value, path: [])
  }

  var value: JSONValue {
    switch content {
    case .leaf(let value, _): value
    case .array(let nodes): .array(nodes.map(\.value))
    case .object(let members): .object(members.mapValues(\.value))
    }
  }

  var schema: ConfigurationSchema {
    if let typeSchema { return typeSchema }
    switch content {
    case .leaf(_, let schema): return schema
    case .array: return .array(.any)
    case .object(let members):
      return .object(
        members.mapValues { ConfigurationSchema.Field(schema: $0.schema, defaultValue: $0.value) })
    }
  }

  fileprivate func encode<Value: Encodable>(_ value: Value, path: [any CodingKey]) throws {
    if let leaf = value as? any SchemaLeaf {
      guard let json = leaf.jsonValue else {
        throw ConfigurationError(
          path: path.pathText, reason: .value(expected: "a finite number", found: "\(value)", nearest: nil))
      }
      content = .leaf(json, type(of: leaf).schema)
      return
    }
    try value.encode(to: SchemaEncoder(node: self, codingPath: path))
    // The fields of a configuration come from this very value; other types know themselves better.
    if !(value is any Configuration) {
      let schema = try ConfigurationSchema(of: Value.self)
      if case .any = schema {} else { typeSchema = schema }
    }
    if validates, let configuration = value as? any Configuration {
      do throws(ConfigurationError) {
        try configuration.validate()
      } catch {
        var error = error
        error.path = ConfigurationSchema.join(path.pathText, error.path)
        throw error
      }
    }
  }

  /// The key is there, its value isn't.
  fileprivate func encodeNil(of type: Any.Type) throws {
    content = .leaf(.null, .optional(try ConfigurationSchema(of: type)))
  }

  fileprivate func encodeNil() { content = .leaf(.null, .any) }

  /// The value is there, but may be `null`.
  fileprivate func makeOptional() { typeSchema = .optional(schema) }

  fileprivate func member(_ key: String) -> SchemaNode {
    guard case .object(var members) = content else {
      let node = SchemaNode(validates: validates)
      content = .object([key: node])
      return node
    }
    if let node = members[key] { return node }
    let node = SchemaNode(validates: validates)
    // Let go of, so that there is one owner and no copy.
    content = .object([:])
    members[key] = node
    content = .object(members)
    return node
  }

  fileprivate func beginArray() { if count == nil { content = .array([]) } }

  fileprivate func appendElement() -> SchemaNode {
    let node = SchemaNode(validates: validates)
    guard case .array(var nodes) = content else {
      content = .array([node])
      return node
    }
    // Let go of, so that there is one owner and no copy.
    content = .array([])
    nodes.append(node)
    content = .array(nodes)
    return node
  }

  fileprivate var count: Int? {
    if case .array(let nodes) = content { nodes.count } else { nil }
  }
}

extension [any CodingKey] {
  /// `training.layers[2].size`
  var pathText: String {
    reduce("") { path, key in
      key.intValue.map { "\(path)[\($0)]" } ?? ConfigurationSchema.join(path, key.stringValue)
    }
  }
}

/// The position of an element.
private struct IndexKey: CodingKey {
  let intValue: Int?
  var stringValue: String { intValue.map(String.init) ?? "" }
  init(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { nil }
}

/// Encodes into a `SchemaNode`.
private struct SchemaEncoder: Encoder {
  let node: SchemaNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(SchemaKeyedContainer<Key>(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.beginArray()
    return SchemaUnkeyedContainer(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SchemaSingleValueContainer(node: node, codingPath: codingPath)
  }
}

private struct SchemaSingleValueContainer: SingleValueEncodingContainer {
  let node: SchemaNode
  let codingPath: [any CodingKey]

  func encodeNil() { node.encodeNil() }
  func encode<Value: Encodable>(_ value: Value) throws { try node.encode(value, path: codingPath) }
}

private struct SchemaUnkeyedContainer: UnkeyedEncodingContainer {
  let node: SchemaNode
  let codingPath: [any CodingKey]
  var count: Int { node.count ?? 0 }

  private var nextPath: [any CodingKey] { codingPath + [IndexKey(intValue: count)] }

  func encodeNil() { node.appendElement().encodeNil() }

  func encode<Value: Encodable>(_ value: Value) throws {
    let path = nextPath
    try node.appendElement().encode(value, path: path)
  }

  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder {
    let path = nextPath
    return SchemaEncoder(node: node.appendElement(), codingPath: path)
  }
}

private struct SchemaKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: SchemaNode
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { node.member(key.stringValue).encodeNil() }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try node.member(key.stringValue).encode(value, path: codingPath + [key])
  }

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws { try set(value, key) }

  // The protocol has defaults for these, which drop the keys of missing values; a generic method alone
  // doesn't replace them.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try set(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try set(value, key) }

  private func set<Value: Encodable>(_ value: Value?, _ key: Key) throws {
    let member = node.member(key.stringValue)
    guard let value else { return try member.encodeNil(of: Value.self) }
    try member.encode(value, path: codingPath + [key])
    member.makeOptional()
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    SchemaEncoder(node: node.member("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    SchemaEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key])
  }
}
