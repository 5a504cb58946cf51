import TextKitModels

/// Everything that decides how a neural labeler is made and trained.
public struct LabelerTrainingConfiguration: Configuration, Hashable {
  /// The model.
  public var model = LabelerConfiguration()
  /// How its tables start from vectors, where there are some.
  public var vectors = LabelerVectorsConfiguration()
  /// Its training.
  public var training = TrainingConfiguration()
  /// Whether training, too, knows which tags may not follow each other, as decoding does, which never gives such.
  public var constrained = true
  /// Whether what tags outside of entities score is lowered after training by what gives the best F1 on dev. Entities
  /// that differ from those of the training text are missed more often than they are invented; dev shows by how much.
  public var tunesOutside = false

  /// The defaults.
  public init() {}
}

extension LabelerConfiguration: Configuration {
  /// Refuses what can't be built.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(characterDimension, in: 0...4096, "characterDimension")
    try check(softLexicon.dimension, in: 0...4096, "softLexicon.dimension")
    try check(words.dimension, in: 0...4096, "words.dimension")
    try check(words.minimumCount, in: 1...Int.max, "words.minimumCount")
    try check(words.unknownAlpha, in: 0...1e6, "words.unknownAlpha")
    try check(spelling.filters, in: 1...4096, "spelling.filters")
    try check(spelling.hidden, in: 1...4096, "spelling.hidden")
    try check(spelling.widths.count, in: 1...8, "spelling.widths")
    for (index, width) in spelling.widths.enumerated() { try check(width, in: 1...16, "spelling.widths[\(index)]") }
    try check(spelling.dropout, in: 0...0.99, "spelling.dropout")
    try check(shapeDimension, in: 0...4096, "shapeDimension")
    try check(bigramDimension, in: 0...4096, "bigramDimension")
    try check(lexiconDimension ?? 1, in: 1...4096, "lexiconDimension")
    try check(hidden, in: 1...4096, "hidden")
    try check(layers, in: 1...8, "layers")
    try check(towers, in: 1...16, "towers")
    try check(minimumCharacterCount, in: 1...Int.max, "minimumCharacterCount")
    try check(minimumBigramCount, in: 1...Int.max, "minimumBigramCount")
    try check(inputDropout, in: 0...0.99, "inputDropout")
    try check(outputDropout, in: 0...0.99, "outputDropout")
    try check(characterUnknownAlpha, in: 0...1e6, "characterUnknownAlpha")
    try check(bigramUnknownAlpha, in: 0...1e6, "bigramUnknownAlpha")
    if let (name, expected, found) = firstMisfit { throw .invalid(name, expected: expected, found: found) }
  }
}

extension TrainingConfiguration: Configuration {
  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(epochs, in: 1...100_000, "epochs")
    try check(batchSize, in: 1...1_000_000, "batchSize")
    try check(shards, in: 1...1024, "shards")
    try check(learningRate, in: 0...1e6, "learningRate")
    try check(momentum, in: 0...0.9999, "momentum")
    try check(scheduleValue, in: 0...1e6, "scheduleValue")
    try check(warmUpSteps, in: 0...Int.max, "warmUpSteps")
    try check(weightDecay, in: 0...1e6, "weightDecay")
    try check(clipNorm, in: 0...1e30, "clipNorm")
    try check(averageDecay, in: 0...0.999999, "averageDecay")
    try check(averageSamples, in: 1...1_000_000, "averageSamples")
    try check(patience, in: 0...Int.max, "patience")
  }
}

/// Refuses a value outside a range; NaN is outside every range.
package func check<Value: Comparable & CustomStringConvertible>(
  _ value: Value, in range: ClosedRange<Value>, _ path: String
) throws(ConfigurationError) {
  guard range.contains(value) else {
    throw .invalid(path, expected: "\(range.lowerBound) to \(range.upperBound)", found: "\(value)")
  }
}
