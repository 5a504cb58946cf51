/// Tokens by id, all bytes in one buffer: no object for each.
package struct TokenList: Sendable, Equatable {
  /// The UTF-8 bytes of all tokens one after the other.
  package private(set) var bytes: [UInt8] = []
  /// Where each token ends in `bytes`, `[count]`.
  package private(set) var ends: [Int] = []

  package init() {}

  /// The number of tokens.
  package var count: Int { ends.count }

  /// The bytes of a token, as a range of `bytes`.
  package func range(of id: Int) -> Range<Int> { (id == 0 ? 0 : ends[id - 1])..<ends[id] }

  /// The bytes of a token.
  package subscript(id: Int) -> ArraySlice<UInt8> { bytes[range(of: id)] }

  /// A token as a string.
  package func string(_ id: Int) -> String { String(decoding: self[id], as: UTF8.self) }

  /// Adds the token that `body` appends the bytes of.
  mutating func append(_ body: (inout [UInt8]) -> Void) {
    body(&bytes)
    ends.append(bytes.count)
  }
}
