/// The features of a whole corpus, numbered as they come, put together from those of its blocks.
struct FeatureNumbering: Sendable {
  /// The name of each feature.
  let names: [UInt64]
  /// For each block the number of each of its features.
  let numbers: [[Int32]]
  /// How many tokens have each feature.
  private let counts: [Int]
  /// The tags that a feature's tokens have, as bits: `[features, words]`.
  private let tags: [UInt64]
  private let words: Int

  /// Goes through blocks in their order.
  init(_ blocks: [FeatureBlock], words: Int) {
    var table = NameTable(capacity: blocks.reduce(0) { $0 + $1.names.count } / 2)
    var (counts, tags): ([Int], [UInt64]) = ([], [])
    numbers = blocks.map { block in
      block.names.enumerated().map { local, name in
        let feature = table.number(of: name)
        if Int(feature) == counts.count {
          counts.append(0)
          for _ in 0..<words { tags.append(0) }
        }
        counts[Int(feature)] += Int(block.counts[local])
        for word in 0..<words { tags[Int(feature) * words + word] |= block.tags[local * words + word] }
        return feature
      }
    }
    (names, self.counts, self.tags, self.words) = (table.names, counts, tags, words)
  }

  /// Appends the tags that the tokens of a feature have, ascending.
  func appendTags(of feature: Int, to list: inout [UInt16]) {
    for word in 0..<words {
      var bits = tags[feature * words + word]
      while bits != 0 {
        list.append(UInt16(word * 64 + bits.trailingZeroBitCount))
        bits &= bits - 1
      }
    }
  }

  /// The features that at least so many tokens have, those of most tokens first, equals as they come.
  func order(minimumCount: Int) -> [Int] {
    // Sorted by counting, where counts aren't rare.
    let most = 1 << 12
    var places = [Int](repeating: 0, count: most + 1)
    for count in counts where count >= minimumCount && count <= most { places[count] += 1 }
    var place = 0
    for count in places.indices.reversed() {
      (places[count], place) = (place, place + places[count])
    }
    var rest = [Int](repeating: 0, count: place)
    for (feature, count) in counts.enumerated() where count >= minimumCount && count <= most {
      rest[places[count]] = feature
      places[count] += 1
    }
    let frequent = counts.indices.filter { counts[$0] > most && counts[$0] >= minimumCount }
    return frequent.sorted { (counts[$1], $0) < (counts[$0], $1) } + rest
  }
}
