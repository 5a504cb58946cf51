import TextKitCorpus

/// What becomes a token of its own, a line of a file of columns, where a text has no tokens.
public enum ColumnUnit: String, CaseIterable, Codable, Sendable {
  /// Every Unicode scalar, white space too: put together again they are the text.
  case characters
  /// Words, numbers and marks of punctuation, as labelers of `LabelingUnit.words` read them.
  case words
  /// What white space keeps apart.
  case blanks
}

extension EntitySample {
  /// The sample with the tokens of a unit in place of its own.
  public func tokenized(by unit: ColumnUnit) -> EntitySample {
    let scalars = text.decoded()
    var ranges: [Range<Int32>] = []
    switch unit {
    case .characters: ranges = (0..<Int32(scalars.count)).map { $0..<$0 + 1 }
    case .words, .blanks: scalars.appendWords(to: &ranges, splitsPunctuation: unit == .words)
    }
    var sample = self
    sample.tokens = ranges.map { scalars.byteSpan(of: Int($0.lowerBound)..<Int($0.upperBound)) }
    return sample
  }
}
