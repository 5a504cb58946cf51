import Foundation

/// What is JSON, as Foundation reads it, but for the size of numbers.
package enum JSONGrammar {
  /// Whether bytes are one JSON value. Numbers may be as large as they like (RFC 8259, section 6): Foundation refuses those
  /// that no Double holds, so that their digits are taken away before it looks again.
  package static func holds(_ bytes: some Collection<UInt8>) -> Bool {
    if isRead(Data(bytes)) { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    return isRead(Data(text.replacing(#/[eE][+\-]?[0-9]{3,}|[0-9]{100,}/#, with: "0").utf8))
  }

  private static func isRead(_ data: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) != nil
  }
}
