import TextKitTensor

/// Turns a stretch of the text into a plan: occurrences to skip, windows, words drawn against each center.
package struct Word2VecPlanner: Sendable {
  private let sampler: Word2VecSampler
  private let window: Int
  /// The plan of the stretch planned last.
  package var plan: EmbeddingPlan

  package init(_ sampler: Word2VecSampler, _ configuration: Word2VecConfiguration) {
    self.sampler = sampler
    window = configuration.window
    plan = EmbeddingPlan(inputs: 2 * configuration.window, averages: configuration.architecture == .cbow)
  }

  /// Plans the sentences that begin within `range` of the corpus's ids; the plan depends on `random`'s seed alone.
  package mutating func fill(_ ids: Span<UInt32>, _ range: Range<Int>, using random: inout FastRandom) {
    plan.removeAll()
    var place = range.lowerBound
    if place > 0, ids[place - 1] != TokenCorpus.sentenceEnd {
      while place < range.upperBound, ids[place] != TokenCorpus.sentenceEnd { place += 1 }
      place += 1
    }
    var drawn = sampler.negatives.isEmpty ? 0 : Int(random.bits32()) & (sampler.negatives.count - 1)
    while place < range.upperBound {
      let first = plan.words.count
      while place < ids.count, ids[place] != TokenCorpus.sentenceEnd {
        let word = Int(ids[place])
        place += 1
        if UInt64(random.bits32()) < sampler.keepBelow[word] { plan.words.append(Int32(word)) }
      }
      place += 1
      addGroups(first..<plan.words.count, &drawn, using: &random)
    }
  }

  /// A group for every word of a sentence that has a word beside it.
  private mutating func addGroups(_ sentence: Range<Int>, _ drawn: inout Int, using random: inout FastRandom) {
    guard sentence.count > 1 else { return }
    let width = UInt64(window)
    for center in sentence {
      let reach = 1 + Int((UInt64(random.bits32()) &* width) >> 32)
      let word = plan.words[center]
      addOutputs(of: word, &drawn)
      plan.centers.append(Int32(truncatingIfNeeded: center))
      plan.lows.append(Int32(truncatingIfNeeded: max(sentence.lowerBound, center - reach)))
      plan.highs.append(Int32(truncatingIfNeeded: min(sentence.upperBound, center + reach + 1)))
      plan.outputEnds.append(Int32(truncatingIfNeeded: plan.outputs.count))
    }
  }

  @inline(__always)
  private mutating func addOutputs(of word: Int32, _ drawn: inout Int) {
    if let tree = sampler.tree {
      plan.outputs.append(contentsOf: tree.path[(word == 0 ? 0 : tree.ends[Int(word) - 1])..<tree.ends[Int(word)]])
      return
    }
    plan.outputs.append(2 &* word &+ 1)
    let mask = sampler.negatives.count - 1
    for _ in 0..<sampler.negativeCount {
      let other = sampler.negatives[drawn]
      drawn = (drawn &+ 1) & mask
      // What would be drawn against itself is not drawn, as in word2vec.
      if other != word { plan.outputs.append(2 &* other) }
    }
  }
}
