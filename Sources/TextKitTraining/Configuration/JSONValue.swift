import TextKitCorpus
import TextKitModels

/// A JSON value. Numbers stay as they are written, so that no digit of a 64-bit seed is lost.
package indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value in one line, keys sorted by their UTF-8 bytes.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): text.jsonQuoted
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.keys.sortedByUTF8().map { "\($0.jsonQuoted): \((members[$0] ?? .null).text)" }
        .joined(separator: ", ") + "}"
    }
  }

  /// The value with one member a line, indented by two blanks; arrays of plain values stay in one line.
  package func indentedText(_ indent: String = "") -> String {
    let deeper = indent + "  "
    switch self {
    case .object(let members) where !members.isEmpty:
      let lines = members.keys.sortedByUTF8().map {
        "\(deeper)\($0.jsonQuoted): \((members[$0] ?? .null).indentedText(deeper))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let values) where values.contains(where: \.isContainer):
      return "[\n" + values.map { deeper + $0.indentedText(deeper) }.joined(separator: ",\n") + "\n\(indent)]"
    default: return text
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  /// The value for a message: long ones are cut.
  var excerpt: String {
    let text = text
    return text.count <= 60 ? text : "\(text.prefix(60))…"
  }
}

/// Reads JSON strictly: keys differ, nesting is bounded, nothing follows.
struct JSONParser {
  struct DuplicateKey: Error {
    let key: String
    let offset: Int
  }

  /// Deeper configurations don't exist, and recursion has to end.
  static let depthLimit = 64

  private var scanner: JSONScanner

  init(_ bytes: [UInt8]) { scanner = JSONScanner(bytes) }

  /// Throws a `JSONSyntaxError` or a `DuplicateKey`.
  static func value(of bytes: [UInt8]) throws -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    try parser.scanner.expectEnd()
    return value
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    let next = scanner.peek()
    guard depth < Self.depthLimit else { throw scanner.unexpected("at most \(Self.depthLimit) levels") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try scanner.string())
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try scanner.number())
    default: break
    }
    if scanner.take(word: "true") { return .bool(true) }
    if scanner.take(word: "false") { return .bool(false) }
    if scanner.take(word: "null") { return .null }
    throw scanner.unexpected("a value")
  }

  private mutating func array(depth: Int) throws -> JSONValue {
    try scanner.expect("[")
    if scanner.take("]") { return .array([]) }
    var values: [JSONValue] = []
    repeat { values.append(try value(depth: depth + 1)) } while scanner.take(",")
    guard scanner.take("]") else { throw scanner.unexpected("',' or ']'") }
    return .array(values)
  }

  private mutating func object(depth: Int) throws -> JSONValue {
    try scanner.expect("{")
    if scanner.take("}") { return .object([:]) }
    var members: [String: JSONValue] = [:]
    repeat {
      _ = scanner.peek()
      let offset = scanner.offset
      let key = try scanner.string()
      try scanner.expect(":")
      let member = try value(depth: depth + 1)
      guard members.updateValue(member, forKey: key) == nil else {
        throw DuplicateKey(key: key, offset: offset)
      }
    } while scanner.take(",")
    guard scanner.take("}") else { throw scanner.unexpected("',' or '}'") }
    return .object(members)
  }
}
