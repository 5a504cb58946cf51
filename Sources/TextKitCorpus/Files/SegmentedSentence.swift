/// A sentence cut into words.
public struct SegmentedSentence: Hashable, Sendable {
  /// The scalars of all words, without what stood between them.
  public var scalars: [UInt32]
  /// The number of scalars of each word, at least 1; they sum to `scalars.count`.
  public var wordLengths: [Int32]
  /// The line of the file, from 1; 0 if it comes from none.
  public var line: Int

  /// Creates a sentence without words.
  public init() {
    scalars = []
    wordLengths = []
    line = 0
  }

  /// Creates a sentence of words, none of them empty.
  public init(words: [String]) {
    self.init()
    for word in words {
      precondition(!word.isEmpty, "a word of a sentence is not empty")
      scalars.append(contentsOf: word.unicodeScalars.lazy.map(\.value))
      wordLengths.append(Int32(word.unicodeScalars.count))
    }
  }

  /// The words.
  public var words: [String] {
    var start = 0
    return wordLengths.map { length in
      defer { start += Int(length) }
      return UTF8Encoder.string(scalars.span.extracting(start..<(start + Int(length))))
    }
  }

  /// The words without anything between them.
  public var text: String { UTF8Encoder.string(scalars.span) }
}
