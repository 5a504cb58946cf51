import TextKitModels
import TextKitTensor

/// Everything that decides what vectors a text gives.
public struct Word2VecConfiguration: Codable, Hashable, Sendable {
  /// What predicts what (Mikolov et al. 2013a).
  public enum Architecture: String, Codable, CaseIterable, Sendable {
    /// Each word around a center predicts the center.
    case skipGram = "skip-gram"
    /// The mean of the words around a center predicts the center.
    case cbow
  }
  /// How a prediction is scored.
  public enum Loss: String, Codable, CaseIterable, Sendable {
    /// The center against a few words drawn by frequency (Mikolov et al. 2013b, section 2.2).
    case negativeSampling = "negative-sampling"
    /// The turns to the center in a Huffman tree of all words (section 2.1).
    case hierarchicalSoftmax = "hierarchical-softmax"
  }

  public var architecture = Architecture.skipGram
  public var loss = Loss.negativeSampling
  /// Dimension of the vectors.
  public var dimension = 100
  /// The farthest that words look to each side; each center looks as far as a number drawn from 1 to this.
  public var window = 5
  /// Words drawn against each center.
  public var negatives = 5
  /// The power of a word's count with which it is drawn.
  public var negativePower = 0.75
  /// The share of the text above which a word's occurrences are skipped at random (section 2.3); 0 keeps all.
  public var sample = 1e-3
  /// Passes over the text.
  public var epochs = 5
  /// The learning rate of the first step, from which it falls linearly to nothing; 0 stands for 0.03 of skip-gram and
  /// 0.05 of CBOW.
  public var learningRate = 0.0
  /// The shortest and the longest character n-grams that a word's vector is made of beside its own (Bojanowski et al.
  /// 2017); a longest of 0 leaves them out.
  public var minimumSubword = 3
  public var maximumSubword = 0
  /// Rows that n-grams share by their hash.
  public var subwordBuckets = 2_000_000
  /// Whether threads work apart and are summed up in a fixed order, so that the bytes of the vectors don't depend on
  /// their number; otherwise they share the tables and race, which is faster.
  public var deterministic = false
  /// What every random choice depends on.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// The learning rate of the first step.
  var initialRate: Double {
    if learningRate > 0 { return learningRate }
    return architecture == .cbow ? 0.05 : 0.03
  }

  /// The learning rate after a share of the work, 0 to 1: linear, down to a ten-thousandth.
  package func rate(after share: Double) -> Double { initialRate * max(1e-4, 1 - share) }
}

extension Word2VecConfiguration: Configuration {
  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(dimension, in: 1...4096, "dimension")
    try check(window, in: 1...EmbeddingPlan.mostInputs / 2, "window")
    try check(negatives, in: 0...1000, "negatives")
    try check(negativePower, in: -10...10, "negativePower")
    try check(sample, in: 0...1, "sample")
    try check(epochs, in: 1...100_000, "epochs")
    try check(learningRate, in: 0...1e6, "learningRate")
    try check(minimumSubword, in: 1...SubwordHasher.longest, "minimumSubword")
    try check(
      maximumSubword, in: (maximumSubword > 0 ? minimumSubword : 0)...SubwordHasher.longest, "maximumSubword")
    // As many rows as take 16 GB, where there are any.
    let mostBuckets = maximumSubword > 0 ? min(1 << 28, (1 << 32) / dimension) : 1 << 28
    try check(subwordBuckets, in: 1...mostBuckets, "subwordBuckets")
  }
}
