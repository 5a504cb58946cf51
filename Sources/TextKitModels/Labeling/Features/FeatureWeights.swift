/// The weights of features by the features' names: what is left of a trained model.
package struct FeatureWeights: Sendable {
  /// The features that have weights.
  package let index: FeatureIndex
  /// Where the weights of each feature end, `[features]`; each feature has at least one.
  package let ends: [Int32]
  /// The tag of each weight, ascending within a feature.
  package let tags: [UInt16]
  /// The weights.
  package let values: [Float]

  /// Takes the parts; names ascend.
  package init(names: [UInt64], ends: [Int32], tags: [UInt16], values: [Float]) {
    precondition(
      ends.count == names.count && Int(ends.last ?? 0) == values.count && tags.count == values.count,
      "\(names.count) features, \(ends.count) ends, \(tags.count) tags and \(values.count) weights")
    index = FeatureIndex(names)
    (self.ends, self.tags, self.values) = (ends, tags, values)
  }

  /// Adds the weights of the named features of tokens to the tokens' scores.
  ///
  /// - Parameters:
  ///   - names: `[tokens, width]`.
  ///   - scores: `[tokens, tagCount]`.
  func add(_ names: Span<UInt64>, width: Int, tagCount: Int, to scores: inout [Float]) {
    let (ends, tags, values) = (ends.span, tags.span, values.span)
    var output = scores.mutableSpan
    var (place, row) = (0, 0)
    while place < names.count {
      for _ in 0..<width {
        if let column = index.column(of: names[place]) {
          let column = Int(column)
          for weight in (column == 0 ? 0 : Int(ends[column - 1]))..<Int(ends[column]) {
            output[row + Int(tags[weight])] += values[weight]
          }
        }
        place += 1
      }
      row += tagCount
    }
  }

  /// The same without weights of 0, and without features that have no others.
  package func pruned() -> FeatureWeights {
    var (names, ends, tags, values): ([UInt64], [Int32], [UInt16], [Float]) = ([], [], [], [])
    var start = 0
    for (feature, end) in self.ends.enumerated() {
      for weight in start..<Int(end) where self.values[weight] != 0 {
        tags.append(self.tags[weight])
        values.append(self.values[weight])
      }
      start = Int(end)
      if values.count > Int(ends.last ?? 0) {
        names.append(index.names[feature])
        ends.append(Int32(values.count))
      }
    }
    return FeatureWeights(names: names, ends: ends, tags: tags, values: values)
  }

  /// The same with other values.
  func replacing(_ values: [Float]) -> FeatureWeights {
    FeatureWeights(names: index.names, ends: ends, tags: tags, values: values)
  }
}
