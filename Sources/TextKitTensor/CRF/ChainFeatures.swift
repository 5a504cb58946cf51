import CTextKitKernels

/// Features of tokens, each there or not, with weights for the tags that they speak of.
///
/// The weights of a feature are neighbors; a feature is known by the number of its first weight. Unsafe code lives here:
/// the initializer checks every number, and the functions check what they are given, then pass addresses that stay valid
/// for the call.
package struct ChainFeatures: Sendable {
  /// K, at most 2^15.
  package let tagCount: Int
  /// Where the features of each token end in `features`, `[tokens]`.
  package let ends: [Int]
  /// The first weight of each feature of each token.
  package let features: [Int32]
  /// The tag of each weight, ascending within a feature, with `lastTag` added to the last of each feature.
  package let weightTags: [UInt16]

  /// Marks the last weight of a feature.
  package static let lastTag: UInt16 = 0x8000

  /// Checks and takes the parts.
  package init(tagCount: Int, ends: [Int], features: [Int32], weightTags: [UInt16]) {
    precondition((1...Int(Self.lastTag)).contains(tagCount), "\(tagCount) tags")
    precondition((ends.last ?? 0) == features.count, "\(features.count) features that end at \(ends.last ?? 0)")
    precondition(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 }, "the ends of features of tokens descend")
    precondition(
      weightTags.last.map { $0 & Self.lastTag != 0 } ?? true, "the last weight doesn't end its feature")
    precondition(
      weightTags.allSatisfy { Int($0 & ~Self.lastTag) < tagCount }, "a weight for a tag beyond \(tagCount)")
    let count = UInt32(weightTags.count)
    precondition(
      features.allSatisfy { UInt32(bitPattern: $0) < count }, "a feature beyond the \(count) weights")
    (self.tagCount, self.ends, self.features, self.weightTags) = (tagCount, ends, features, weightTags)
  }

  /// The number of tokens.
  package var tokenCount: Int { ends.count }

  /// The number of weights.
  package var weightCount: Int { weightTags.count }

  /// The distance between rows in recursions: K, rounded up to a multiple of 8.
  var stride: Int { (tagCount + 7) / 8 * 8 }

  /// The features of a token.
  package func features(ofToken token: Int) -> ArraySlice<Int32> {
    features[(token == 0 ? 0 : ends[token - 1])..<ends[token]]
  }

  /// For some tokens the sums of their features' weights by tag: `[tokens.count, K]`.
  ///
  /// - Parameter emissions: grown where it has too little room.
  package func emissions(tokens: Range<Int>, weights: [Float], into emissions: inout [Float]) {
    precondition(
      tokens.lowerBound >= 0 && tokens.upperBound <= tokenCount && weights.count >= weightCount,
      "tokens \(tokens) of \(tokenCount), \(weights.count) weights of \(weightCount)")
    if emissions.count < tokens.count * tagCount {
      emissions = [Float](repeating: 0, count: tokens.count * tagCount)
    }
    unsafe withFeatures { features in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe emissions.withUnsafeMutableBufferPointer { rows in
          guard let to = rows.baseAddress, let from = weights.baseAddress else { return }
          unsafe tk_chain_emissions(features, tokens.lowerBound, tokens.count, tagCount, from, to)
        }
      }
    }
  }

  /// Calls `body` with the addresses of the parts.
  func withFeatures<Result>(_ body: (UnsafePointer<tk_chain_features>) -> Result) -> Result {
    unsafe ends.withUnsafeBufferPointer { ends in
      unsafe features.withUnsafeBufferPointer { features in
        unsafe weightTags.withUnsafeBufferPointer { tags in
          var parts = unsafe tk_chain_features(
            tags: tagCount, ends: ends.baseAddress, features: features.baseAddress, weight_tags: tags.baseAddress)
          return unsafe body(&parts)
        }
      }
    }
  }
}
