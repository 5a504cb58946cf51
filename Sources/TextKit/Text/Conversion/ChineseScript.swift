/// A way of writing Chinese.
public enum ChineseScript: String, CaseIterable, Codable, Sendable {
  /// Simplified characters.
  case simplified
  /// Traditional characters, in OpenCC's own standard.
  case traditional
  /// Traditional characters as Taiwan writes them.
  case taiwan
  /// Traditional characters as Hong Kong writes them.
  case hongkong
}

/// From which way of writing to which.
public struct ScriptConversion: Hashable, Codable, Sendable {
  /// How the text is written.
  public var source: ChineseScript
  /// How it is to be written.
  public var target: ChineseScript
  /// Whether words that Taiwan or Hong Kong has of its own are exchanged too: 鼠标 and 滑鼠.
  public var exchangesWords: Bool

  /// Creates a conversion.
  public init(from source: ChineseScript, to target: ChineseScript, exchangesWords: Bool = false) {
    self.source = source
    self.target = target
    self.exchangesWords = exchangesWords
  }

  /// From traditional to simplified characters.
  public static let toSimplified = ScriptConversion(from: .traditional, to: .simplified)
  /// From simplified to traditional characters.
  public static let toTraditional = ScriptConversion(from: .simplified, to: .traditional)
}
