/// The tokens of many texts, end to end.
public struct TokenizedTexts: Sendable {
  /// The normalized UTF-8 of all tokens, end to end.
  public internal(set) var bytes: [UInt8] = []
  /// Where each token ends in `bytes`, `[tokens]`.
  public internal(set) var tokenEnds: [Int32] = []
  /// For each text, the number of tokens up to its end, `[texts]`.
  public internal(set) var textEnds: [Int] = []
  /// The bytes of the block that each token came from, `[tokens]`.
  public internal(set) var sources: [Range<Int32>] = []

  /// The number of texts.
  public var count: Int { textEnds.count }

  /// The tokens of one text, as a range of `tokenEnds`.
  public func tokens(ofText text: Int) -> Range<Int> { (text == 0 ? 0 : textEnds[text - 1])..<textEnds[text] }

  /// The bytes of one token, as a range of `bytes`.
  public func range(ofToken token: Int) -> Range<Int> {
    (token == 0 ? 0 : Int(tokenEnds[token - 1]))..<Int(tokenEnds[token])
  }

  /// One token as a string.
  public func token(_ token: Int) -> String { String(decoding: bytes[range(ofToken: token)], as: UTF8.self) }
}
