import TextKitModels

/// The features of some neighboring sequences, numbered among themselves.
struct FeatureBlock: Sendable {
  /// The number of the feature of each template of each token, `[tokens, width]`.
  let features: [Int32]
  /// The name of each feature, in the order in which they come.
  let names: [UInt64]
  /// How many tokens have each feature.
  let counts: [Int32]
  /// For each feature the tags that its tokens have, as bits: `[features, words]`.
  let tags: [UInt64]

  /// Reads the sequences of a range.
  ///
  /// - Parameter words: words of 64 bits that hold a bit for each tag.
  init(_ examples: LabelingExamples, _ range: Range<Int>, reader: TokenFeatureReader, words: Int) {
    var names: [UInt64] = []
    reader.appendNames(of: examples.sequences, sequences: range, to: &names)
    var token = range.isEmpty ? 0 : examples.sequences.tokens(ofSequence: range.lowerBound).lowerBound
    var table = NameTable(capacity: names.count / 3)
    var features: [Int32] = []
    features.reserveCapacity(names.count)
    var (counts, tags): ([Int32], [UInt64]) = ([], [])
    var place = 0
    while place < names.count {
      let tag = Int(examples.tags[token])
      for _ in 0..<reader.width {
        let feature = table.number(of: names[place])
        if Int(feature) == counts.count {
          counts.append(0)
          for _ in 0..<words { tags.append(0) }
        }
        counts[Int(feature)] += 1
        tags[Int(feature) * words + tag >> 6] |= 1 << UInt64(tag & 63)
        features.append(feature)
        place += 1
      }
      token += 1
    }
    (self.features, self.names, self.counts, self.tags) = (features, table.names, counts, tags)
  }
}
