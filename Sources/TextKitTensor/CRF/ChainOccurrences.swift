/// The tokens that have each feature: `ChainFeatures` the other way round.
struct ChainOccurrences: Sendable {
  /// The first weight of each feature, ascending, `[features]`.
  let weights: [Int32]
  /// Where the tokens of each feature end in `tokens`, `[features]`.
  let ends: [Int]
  /// Tokens, ascending within a feature.
  let tokens: [Int32]

  /// Turns features round, by counting. O(tokens + features).
  init(_ features: ChainFeatures) {
    precondition(features.tokenCount <= Int(Int32.max), "\(features.tokenCount) tokens")
    var weights: [Int32] = []
    // For each first weight the number of its feature.
    var numbers = [Int32](repeating: -1, count: features.weightCount)
    var isFirst = true
    for (weight, tag) in features.weightTags.enumerated() {
      if isFirst {
        numbers[weight] = Int32(weights.count)
        weights.append(Int32(weight))
      }
      isFirst = tag & ChainFeatures.lastTag != 0
    }
    precondition(
      features.features.allSatisfy { numbers[Int($0)] >= 0 }, "a feature that is not the first weight of one")
    var next = [Int](repeating: 0, count: weights.count)
    for feature in features.features { next[Int(numbers[Int(feature)])] += 1 }
    var sum = 0
    for feature in next.indices {
      let count = next[feature]
      next[feature] = sum
      sum += count
    }
    var tokens = [Int32](repeating: 0, count: features.features.count)
    var first = 0
    for (token, end) in features.ends.enumerated() {
      for place in first..<end {
        let feature = Int(numbers[Int(features.features[place])])
        tokens[next[feature]] = Int32(token)
        next[feature] += 1
      }
      first = end
    }
    (self.weights, self.ends, self.tokens) = (weights, next, tokens)
  }

  /// The features cut into ranges with about as many tokens.
  func ranges(count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    for number in 1...max(1, count) {
      let share = tokens.count * number / max(1, count)
      var last = first
      while last < ends.count, ends[last] <= share || number == count { last += 1 }
      if last > first { ranges.append(first..<last) }
      first = last
    }
    return ranges
  }
}
