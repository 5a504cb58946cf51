/// How a neural classifier's table starts from vectors.
public struct ClassifierVectorsConfiguration: Configuration, Hashable {
  /// Of the vectors' words, the first so many (by custom the most frequent ones) come into the vocabulary though the
  /// training texts lack them: other texts hold them.
  public var maximumWords = 100_000
  /// Such words keep the vectors that they come with, while the words of the training texts learn. So that the network
  /// knows what to do with both, training takes a word that it saw n times as it was read with probability α / (α + n).
  public var alpha = 0.0
  /// The root of the mean square of the rows that start from vectors is `scale` / √d, where 1 is that of random rows.
  public var scale = 1.0
  /// What the table's learning rate is multiplied with.
  public var rateFactor: Float = 1
  /// Epochs before the table begins to learn.
  public var frozenEpochs = 0

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(maximumWords, in: 0...Int.max, "maximumWords")
    try check(alpha, in: 0...1e6, "alpha")
    try check(scale, in: 1e-3...1e3, "scale")
    try check(rateFactor, in: 0...1e3, "rateFactor")
    try check(frozenEpochs, in: 0...Int.max, "frozenEpochs")
  }
}
