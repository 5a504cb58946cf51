/// What a JSON text should have had at a byte offset, and what it has there.
package struct JSONSyntaxError: Error, Equatable, Sendable {
  package let offset: Int
  package let expected: String
  package let found: String

  package init(offset: Int, expected: String, found: String) {
    self.offset = offset
    self.expected = expected
    self.found = found
  }
}

/// Reads the lexical parts of JSON (RFC 8259) strictly, one after another, and knows where it stands.
///
/// There is no recursion here: callers know the structure that they expect, and bound its depth.
package struct JSONScanner {
  private let bytes: [UInt8]
  /// The byte that is read next.
  package private(set) var offset = 0

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next byte after blanks, or `nil` at the end.
  package mutating func peek() -> UInt8? {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
      offset += 1
    }
    return nil
  }

  /// Takes `character` if it comes next.
  package mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek().map(UInt32.init) == character.value else { return false }
    offset += 1
    return true
  }

  /// Takes `character`, which has to come next.
  package mutating func expect(_ character: Unicode.Scalar) throws(JSONSyntaxError) {
    guard take(character) else { throw unexpected("'\(character)'") }
  }

  /// Takes `word` (`true`, `false`, `null`) if it comes next.
  package mutating func take(word: StaticString) -> Bool {
    _ = peek()
    let expected = Array(word.description.utf8)
    guard bytes[offset...].starts(with: expected) else { return false }
    offset += expected.count
    return true
  }

  /// Only blanks may be left.
  package mutating func expectEnd() throws(JSONSyntaxError) {
    if peek() != nil { throw unexpected("the end") }
  }

  /// An integer of at least 0 that fits `Int`, without sign, fraction, exponent or leading zeros.
  package mutating func nonNegativeInteger() throws(JSONSyntaxError) -> Int {
    guard let first = peek(), isDigit(first) else { throw unexpected("a non-negative integer") }
    let start = offset
    var value = 0
    while offset < bytes.count, isDigit(bytes[offset]) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(bytes[offset] - 0x30))
      if overflow || carry || (first == 0x30 && offset > start) {
        offset = start
        throw JSONSyntaxError(
          offset: start, expected: "an integer from 0 to \(Int.max) without leading zeros",
          found: "'\(numberPrefix(at: start))'")
      }
      value = sum
      offset += 1
    }
    if offset < bytes.count, [0x2E, 0x45, 0x65].contains(bytes[offset]) { throw unexpected("an integer") }
    return value
  }

  /// A number as it is written: `-12.5e3`.
  package mutating func number() throws(JSONSyntaxError) -> String {
    _ = peek()
    let start = offset
    if current == 0x2D { offset += 1 }
    let firstDigit = current
    try skipDigits()
    if firstDigit == 0x30, offset - start > (bytes[start] == 0x2D ? 2 : 1) {
      offset = start
      throw JSONSyntaxError(
        offset: start, expected: "a number without leading zeros", found: "'\(numberPrefix(at: start))'")
    }
    if current == 0x2E {
      offset += 1
      try skipDigits()
    }
    if current == 0x45 || current == 0x65 {
      offset += 1
      if current == 0x2B || current == 0x2D { offset += 1 }
      try skipDigits()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// A quoted string, its escapes resolved; its bytes have to be valid UTF-8.
  package mutating func string() throws(JSONSyntaxError) -> String {
    guard peek() == 0x22 else { throw unexpected("a string") }
    let start = offset
    offset += 1
    var content: [UInt8] = []
    while let byte = current {
      if byte == 0x22 {
        offset += 1
        guard let string = String(validating: content, as: UTF8.self) else {
          throw JSONSyntaxError(offset: start, expected: "a string of valid UTF-8", found: "other bytes")
        }
        return string
      } else if byte == 0x5C {
        try escape(into: &content)
      } else if byte < 0x20 {
        throw unexpected("no control character inside a string")
      } else {
        let end = bytes[offset...].firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? bytes.count
        content.append(contentsOf: bytes[offset..<end])
        offset = end
      }
    }
    throw unexpected("a closing '\"'")
  }

  /// A quoted string as bytes of the JSON where it has no escapes, which is told by `nil`, else as text.
  package mutating func textOrRange() throws(JSONSyntaxError) -> (range: Range<Int>, unescaped: String?) {
    guard peek() == 0x22 else { throw unexpected("a string") }
    let start = offset + 1
    let end = bytes[start...].firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? bytes.count
    guard end < bytes.count, bytes[end] == 0x22 else {
      let text = try string()
      return (start..<offset - 1, text)
    }
    if let invalid = UTF8Decoder.firstInvalidOffset(in: bytes.span.extracting(start..<end)) {
      throw JSONSyntaxError(offset: start + invalid, expected: "a string of valid UTF-8", found: "other bytes")
    }
    offset = end + 1
    return (start..<end, nil)
  }

  /// Passes over a value of any kind; what it nests may be 64 levels deep.
  package mutating func skipValue(depth: Int = 0) throws(JSONSyntaxError) {
    guard depth < 64 else { throw unexpected("at most 64 levels") }
    switch peek() {
    case 0x22: _ = try string()
    case 0x2D, .some(0x30...0x39): _ = try number()
    case 0x7B:
      try expect("{")
      if take("}") { return }
      repeat {
        _ = try string()
        try expect(":")
        try skipValue(depth: depth + 1)
      } while take(",")
      try expect("}")
    case 0x5B:
      try expect("[")
      if take("]") { return }
      repeat { try skipValue(depth: depth + 1) } while take(",")
      try expect("]")
    default:
      if take(word: "true") || take(word: "false") || take(word: "null") { return }
      throw unexpected("a value")
    }
  }

  /// The error 'expected this, found the byte that comes next'.
  package func unexpected(_ expected: String) -> JSONSyntaxError {
    let found: String =
      switch current {
      case nil: "the end"
      case .some(let byte) where (0x21..<0x7F).contains(byte):
        "'\(String(decoding: [byte], as: UTF8.self))'"
      case .some(let byte): "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    return JSONSyntaxError(offset: offset, expected: expected, found: found)
  }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private mutating func skipDigits() throws(JSONSyntaxError) {
    guard let byte = current, isDigit(byte) else { throw unexpected("a digit") }
    while let byte = current, isDigit(byte) { offset += 1 }
  }

  /// The digits at `start`, cut to 24 characters, for a message.
  private func numberPrefix(at start: Int) -> String {
    let digits = bytes[start...].prefix(25).prefix { isDigit($0) || $0 == 0x2D }
    return String(decoding: digits.prefix(24), as: UTF8.self) + (digits.count > 24 ? "…" : "")
  }

  /// One escape: the backslash comes next.
  private mutating func escape(into content: inout [UInt8]) throws(JSONSyntaxError) {
    offset += 1
    let simple: UInt8? =
      switch current {
      case 0x22: 0x22
      case 0x5C: 0x5C
      case 0x2F: 0x2F
      case 0x62: 0x08
      case 0x66: 0x0C
      case 0x6E: 0x0A
      case 0x72: 0x0D
      case 0x74: 0x09
      default: nil
      }
    if let simple {
      content.append(simple)
      offset += 1
      return
    }
    let start = offset - 1
    var code = try codeUnit()
    if (0xD800..<0xDC00).contains(code), bytes[offset...].starts(with: [0x5C, 0x75]) {
      offset += 1
      let low = try codeUnit()
      guard (0xDC00..<0xE000).contains(low) else {
        throw JSONSyntaxError(offset: start, expected: "a surrogate pair", found: "half of one")
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw JSONSyntaxError(offset: start, expected: "a surrogate pair", found: "half of one")
    }
    content.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  /// A `u` and four hexadecimal digits, the backslash already read.
  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt32 {
    guard current == 0x75 else { throw unexpected("an escape such as \\n or \\u4E2D") }
    offset += 1
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw unexpected("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      offset += 1
    }
    return code
  }
}

extension String {
  /// This string as a JSON string with its quotes; only what JSON demands is escaped.
  package var jsonQuoted: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
