import TextKitCorpus
import TextKitModels
import TextKitTensor

/// A tagged corpus as learners see it: the features of its tokens by the numbers of their weights.
///
/// A feature has a weight for each tag that a token with the feature has in the corpus, as CRFsuite has them by default.
/// Features are ordered by how many tokens have them, most first, then as they come: those that are looked up often stand
/// together, and so do the rare ones of neighboring tokens.
struct FeatureProblem: Sendable {
  /// The features of tokens.
  let chain: ChainFeatures
  /// The name of each feature, in the order of their weights.
  let names: [UInt64]

  /// Reads a corpus; features of fewer tokens than `minimumCount` are left out.
  init(
    _ examples: LabelingExamples, reader: TokenFeatureReader, minimumCount: Int, threads: Int
  ) throws(TrainingError) {
    let tagCount = examples.tagSet.count
    let words = (tagCount + 63) / 64
    let parts = Self.parts(examples)
    let blocks = Parallel.map(count: parts.count, threads: threads) { part, _ in
      FeatureBlock(examples, parts[part], reader: reader, words: words)
    }
    let numbering = FeatureNumbering(blocks, words: words)
    let order = numbering.order(minimumCount: minimumCount)
    var firsts = [Int32](repeating: -1, count: numbering.names.count)
    var weightTags: [UInt16] = []
    for feature in order {
      guard weightTags.count + tagCount <= Int(Int32.max) else {
        throw .noExamples("more than \(Int32.max) weights; a greater minimumCount leaves out features")
      }
      firsts[feature] = Int32(weightTags.count)
      numbering.appendTags(of: feature, to: &weightTags)
      weightTags[weightTags.count - 1] |= ChainFeatures.lastTag
    }
    names = order.map { numbering.names[$0] }
    let (ends, features) = Self.features(blocks, numbering, firsts, width: reader.width, threads: threads)
    chain = ChainFeatures(tagCount: tagCount, ends: ends, features: features, weightTags: weightTags)
  }

  /// The first weights of the features of all tokens, and where those of each token end.
  ///
  /// - Parameter firsts: the first weight of each feature, -1 for one that is left out.
  private static func features(
    _ blocks: [FeatureBlock], _ numbering: FeatureNumbering, _ firsts: [Int32], width: Int, threads: Int
  ) -> (ends: [Int], features: [Int32]) {
    let lists = Parallel.map(count: blocks.count, threads: threads) { number, _ in
      let block = blocks[number]
      let firsts = numbering.numbers[number].map { firsts[Int($0)] }
      var (ends, features): ([Int], [Int32]) = ([], [])
      features.reserveCapacity(block.features.count)
      for token in 0..<block.features.count / width {
        for feature in block.features[token * width..<(token + 1) * width] where firsts[Int(feature)] >= 0 {
          features.append(firsts[Int(feature)])
        }
        ends.append(features.count)
      }
      return (ends: ends, features: features)
    }
    var (ends, features): ([Int], [Int32]) = ([], [])
    features.reserveCapacity(lists.reduce(0) { $0 + $1.features.count })
    for list in lists {
      for end in list.ends { ends.append(features.count + end) }
      features += list.features
    }
    return (ends, features)
  }

  /// Sequences cut into ranges of about 2^15 tokens.
  private static func parts(_ examples: LabelingExamples) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (first, start) = (0, 0)
    for (sequence, end) in examples.sequences.ends.enumerated()
    where end - start >= 1 << 15 || sequence + 1 == examples.sequences.count {
      parts.append(first..<sequence + 1)
      (first, start) = (sequence + 1, end)
    }
    return parts
  }

  /// The weights by the features' names, those of 0 left out.
  func weights(_ values: [Float]) -> FeatureWeights {
    var firsts: [Int] = []
    var start = 0
    for (weight, tag) in chain.weightTags.enumerated() where tag & ChainFeatures.lastTag != 0 {
      firsts.append(start)
      start = weight + 1
    }
    var (ends, tags, ordered): ([Int32], [UInt16], [Float]) = ([], [], [])
    let order = names.indices.sorted { names[$0] < names[$1] }
    for feature in order {
      var weight = firsts[feature]
      while true {
        let tag = chain.weightTags[weight]
        tags.append(tag & ~ChainFeatures.lastTag)
        ordered.append(values[weight])
        if tag & ChainFeatures.lastTag != 0 { break }
        weight += 1
      }
      ends.append(Int32(ordered.count))
    }
    return FeatureWeights(names: order.map { names[$0] }, ends: ends, tags: tags, values: ordered).pruned()
  }
}
