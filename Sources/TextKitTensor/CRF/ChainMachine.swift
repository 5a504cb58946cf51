import CTextKitKernels

/// The negative log-likelihood of tagged sequences under a linear chain over sparse features, and its gradient.
///
/// Two passes, each cut into parts whose number doesn't depend on the threads: one over sequences, which leaves for every
/// token its marginals less its gold tag, and one over features, each of which adds up those of its tokens. So no two
/// threads write to the same place, and sums are in one order.
///
/// Unsafe code lives here: threads write to parts of shared memory that don't overlap, as the ranges given to them say.
@safe
package final class ChainMachine: @unchecked Sendable {
  private let features: ChainFeatures
  private let occurrences: ChainOccurrences
  /// Where each sequence ends, counted in tokens, `[sequences]`.
  private let ends: [Int]
  /// The gold tag of each token.
  private let tags: [Int32]
  private let longest: Int
  private let sequenceParts: [Range<Int>]
  private let featureParts: [Range<Int>]
  /// `[tokens, stride]`.
  private let rows: UnsafeMutablePointer<Float>

  /// The value and gradient at a point.
  package struct Evaluation: Sendable {
    /// Σ log Σ e^score(path) - the emissions of the gold path, over all sequences; scores of gold transitions are left
    /// out.
    package var loss: Double
    /// Σ w² of the weights of features.
    package var squares: Double
    /// How often each transition is expected, `[K, K]`.
    package var transitions: [Double]
  }

  /// Takes tagged sequences, laid end to end as the tokens of `features` are.
  package init(_ features: ChainFeatures, sequenceEnds ends: [Int], tags: [Int32]) {
    let count = features.tokenCount
    precondition(
      tags.count == count && (ends.last ?? 0) == count && zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 },
      "\(tags.count) tags and sequences that end at \(ends.last ?? 0) for \(count) tokens")
    precondition(
      tags.allSatisfy { $0 >= 0 && Int($0) < features.tagCount }, "a tag beyond \(features.tagCount)")
    (self.features, self.ends, self.tags) = (features, ends, tags)
    occurrences = ChainOccurrences(features)
    var (longest, start) = (0, 0)
    for end in ends {
      longest = max(longest, end - start)
      start = end
    }
    self.longest = longest
    let parts = max(1, min(256, count / 512))
    sequenceParts = Self.ranges(ends, count: parts)
    featureParts = occurrences.ranges(count: parts)
    unsafe rows = Storage.allocate(max(1, count * features.stride))
  }

  deinit { unsafe Storage.free(rows) }

  /// Sequences cut into ranges with about as many tokens.
  private static func ranges(_ ends: [Int], count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    for number in 1...count {
      let share = (ends.last ?? 0) * number / count
      var last = first
      while last < ends.count, ends[last] <= share || number == count { last += 1 }
      if last > first { ranges.append(first..<last) }
      first = last
    }
    return ranges
  }

  /// Evaluates.
  ///
  /// - Parameters:
  ///   - weights: `[1, n]`: those of the features, and behind them any others.
  ///   - crf: the scores of transitions.
  ///   - decay: what the gradient of a weight gets of the weight itself.
  ///   - gradient: of the shape of `weights`; what stands behind the weights of the features is left alone.
  package func evaluate(
    _ weights: Tensor, _ crf: LinearChainCRF, decay: Float, gradient: inout Tensor, threads: Int
  ) -> Evaluation {
    precondition(
      crf.tagCount == features.tagCount && weights.count >= features.weightCount
        && gradient.shape == weights.shape,
      "\(crf.tagCount) tags and weights \(weights.shape) for \(features.tagCount) and \(features.weightCount)")
    let factors = ChainFactors(crf)
    let size = tk_chain_scratch_size(longest, features.stride)
    let source = unsafe Address(weights.row(0))
    let sequences = Parallel.map(count: sequenceParts.count, threads: threads) { part, _ in
      let range = sequenceParts[part]
      var pairs = [Double](repeating: 0, count: features.tagCount * features.stride)
      var scratch = [Double](repeating: 0, count: size)
      let loss = unsafe factors.withFactors { factors in
        unsafe features.withFeatures { x in
          unsafe ends.withUnsafeBufferPointer { ends in
            unsafe tags.withUnsafeBufferPointer { tags in
              guard let ends = ends.baseAddress, let tags = tags.baseAddress else { return 0.0 }
              return unsafe tk_chain_marginals(
                x, factors, ends, range.lowerBound, range.count, longest, source.pointer, tags, rows, &pairs, &scratch
              )
            }
          }
        }
      }
      return (loss, pairs)
    }
    let target = unsafe MutableAddress(gradient.mutableRow(0))
    let squares = Parallel.map(count: featureParts.count, threads: threads) { part, _ in
      let range = featureParts[part]
      var sums = [Double](repeating: 0, count: features.tagCount)
      return unsafe withOccurrences { occurrences, weightTags in
        unsafe tk_chain_gradient(
          occurrences, weightTags, range.lowerBound, range.count, features.stride, rows, decay, source.pointer,
          target.pointer, &sums)
      }
    }
    withExtendedLifetime(weights) {}
    return Evaluation(
      loss: sequences.reduce(0) { $0 + $1.0 }, squares: squares.reduce(0, +),
      transitions: factors.expectations(sequences.map(\.1)))
  }

  private func withOccurrences(
    _ body: (UnsafePointer<tk_chain_occurrences>, UnsafePointer<UInt16>?) -> Double
  ) -> Double {
    unsafe occurrences.weights.withUnsafeBufferPointer { weights in
      unsafe occurrences.ends.withUnsafeBufferPointer { ends in
        unsafe occurrences.tokens.withUnsafeBufferPointer { tokens in
          unsafe features.weightTags.withUnsafeBufferPointer { tags in
            var parts = unsafe tk_chain_occurrences(
              weights: weights.baseAddress, ends: ends.baseAddress, tokens: tokens.baseAddress)
            return unsafe body(&parts, tags.baseAddress)
          }
        }
      }
    }
  }
}

/// e to the scores of a chain, in rows padded with zeros.
private struct ChainFactors: Sendable {
  private let tags: Int
  private let stride: Int
  private let transitions: [Double]
  private let reversed: [Double]
  private let start: [Double]
  private let end: [Double]

  init(_ crf: LinearChainCRF) {
    let (count, width) = (crf.tagCount, (crf.tagCount + 7) / 8 * 8)
    var transitions = [Double](repeating: 0, count: count * width)
    var reversed = transitions
    for from in 0..<count {
      for to in 0..<count {
        transitions[from * width + to] = crf.transitionFactors[from * count + to]
        reversed[to * width + from] = crf.transitionFactors[from * count + to]
      }
    }
    let padding = [Double](repeating: 0, count: width - count)
    (tags, stride, self.transitions, self.reversed) = (count, width, transitions, reversed)
    (start, end) = (crf.startFactors + padding, crf.endFactors + padding)
  }

  func withFactors<Result>(_ body: (UnsafePointer<tk_chain_factors>) -> Result) -> Result {
    unsafe transitions.withUnsafeBufferPointer { transitions in
      unsafe reversed.withUnsafeBufferPointer { reversed in
        unsafe start.withUnsafeBufferPointer { start in
          unsafe end.withUnsafeBufferPointer { end in
            var factors = unsafe tk_chain_factors(
              tags: tags, stride: stride, transitions: transitions.baseAddress, reversed: reversed.baseAddress,
              start: start.baseAddress, end: end.baseAddress)
            return unsafe body(&factors)
          }
        }
      }
    }
  }

  /// How often each transition is expected, `[K, K]`, from what parts of the sequences say, in their order.
  func expectations(_ parts: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: tags * tags)
    for from in 0..<tags {
      for to in 0..<tags {
        var sum = 0.0
        for pairs in parts { sum += pairs[from * stride + to] }
        sums[from * tags + to] = sum * transitions[from * stride + to]
      }
    }
    return sums
  }
}
