/// JSON strings (RFC 8259, section 7) from bytes of text, and numbers.
enum JSONText {
  /// Adds a quoted string. Bytes that are not UTF-8 become U+FFFD, since JSON can't hold them.
  static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x80 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      output.append(contentsOf: bytes)
    } else {
      // Decoding repairs what is not UTF-8; its result is valid by construction.
      for byte in String(decoding: bytes, as: UTF8.self).utf8 { append(byte, to: &output) }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func append(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      output.append(UInt8(ascii: "\\"))
      output.append(byte)
    case UInt8(ascii: "\n"): output.append(contentsOf: #"\n"#.utf8)
    case UInt8(ascii: "\r"): output.append(contentsOf: #"\r"#.utf8)
    case UInt8(ascii: "\t"): output.append(contentsOf: #"\t"#.utf8)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      output.append(contentsOf: #"\u00"#.utf8)
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    default: output.append(byte)
    }
  }

  /// A number with 4 decimals; one too great for them as it is.
  static func decimal(_ value: Double) -> String {
    guard abs(value) < 1e12 else { return value.isFinite ? "\(value)" : "null" }
    let scaled = Int((abs(value) * 10_000).rounded())
    let fraction = String(scaled % 10_000)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return "\(sign)\(scaled / 10_000).\(String(repeating: "0", count: 4 - fraction.count))\(fraction)"
  }
}
