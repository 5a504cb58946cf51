import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Trains labelers over features of tokens.
public enum FeatureLabelerTraining {
  /// Trains a labeler. The same examples and configuration give the same weights, whatever the number of threads.
  ///
  /// - Parameters:
  ///   - examples: of the configuration's unit, read with its normalizer.
  ///   - configuration: templates, algorithm and regularization.
  ///   - lexicon: words for the property `lexicon` of templates, normalized; phrases have blanks between words.
  ///   - threads: threads to work with; the result doesn't depend on it.
  ///   - observer: told after every iteration.
  /// - Throws: `ConfigurationError`, and `TrainingError` where there is nothing to learn from.
  public static func train(
    _ examples: LabelingExamples, configuration: FeatureLabelerConfiguration, lexicon: [[UInt32]] = [],
    threads: Int = 1, observer: (FeatureLabelerProgress) -> Void = { _ in }
  ) throws -> FeatureLabeler {
    try configuration.validateAll()
    precondition(threads >= 1, "\(threads) threads")
    precondition(
      examples.unit == configuration.features.unit, "examples of \(examples.unit) for \(configuration.features.unit)")
    try check(examples)
    let templates = try FeatureTemplate.templates(parsing: configuration.features.templates)
    let usesLexicon = configuration.usesLexicon
    guard usesLexicon != lexicon.isEmpty else {
      throw ConfigurationError.invalid(
        "features.templates", expected: lexicon.isEmpty ? "a lexicon for lexicon[…]" : "lexicon[…] for the lexicon",
        found: "none")
    }
    let words = usesLexicon ? TokenLexicon(lexicon, unit: examples.unit) : nil
    let problem = try FeatureProblem(
      examples, reader: TokenFeatureReader(templates, lexicon: words), minimumCount: configuration.minimumCount,
      threads: threads)
    let values: [Float]
    switch configuration.algorithm {
    case .lbfgs:
      values = try minimize(examples, problem, configuration, threads: threads, observer: observer)
    case .perceptron:
      var perceptron = StructuredPerceptron(examples, problem.chain, constrained: configuration.constrained)
      values = perceptron.train(configuration, threads: threads, observer: observer)
    }
    guard values.allSatisfy(\.isFinite) else { throw TrainingError.diverged(step: 0) }
    let count = problem.chain.weightCount
    return FeatureLabeler(
      configuration.features, templates: templates, algorithm: configuration.algorithm, tagSet: examples.tagSet,
      lexicon: words, weights: problem.weights(values), transitions: Array(values[count...]))
  }

  private static func minimize(
    _ examples: LabelingExamples, _ problem: FeatureProblem, _ configuration: FeatureLabelerConfiguration,
    threads: Int, observer: (FeatureLabelerProgress) -> Void
  ) throws(TrainingError) -> [Float] {
    let objective = ChainObjective(
      examples, problem.chain, c2: configuration.c2, constrained: configuration.constrained)
    let iterations = configuration.iterations ?? 100
    let minimizer = LBFGS(
      history: configuration.memories, tolerance: 0, maximumIterations: iterations,
      relativeTolerance: configuration.epsilon, period: configuration.period, delta: configuration.delta,
      threads: threads)
    let clock = ContinuousClock()
    let start = clock.now
    let result = minimizer.minimize(from: Tensor(objective.shape)) { point in
      objective.evaluate(point, threads: threads)
    } observer: { iteration, value in
      observer(
        FeatureLabelerProgress(
          iteration: iteration, iterations: iterations, loss: value, seconds: (clock.now - start) / .seconds(1),
          weights: problem.chain.weightCount))
    }
    guard result.value.isFinite else { throw .diverged(step: result.iterations) }
    return result.point.values
  }

  /// Refuses examples without tokens, and tags that may not follow each other.
  private static func check(_ examples: LabelingExamples) throws(TrainingError) {
    guard examples.sequences.tokenCount > 0 else { throw .noExamples("the corpus has no tokens") }
    try examples.checkTagCount()
    for sequence in examples.sequences.ends.indices {
      let tokens = examples.sequences.tokens(ofSequence: sequence)
      guard examples.tagSet.isLegal(examples.tags.span.extracting(tokens)) else {
        throw .noExamples("the tags of sequence \(sequence + 1) are none that may follow each other")
      }
    }
  }
}

/// Where a training of a labeler over features stands.
public struct FeatureLabelerProgress: Sendable, Equatable {
  /// From 1.
  public let iteration: Int
  /// The largest number of iterations.
  public let iterations: Int
  /// `lbfgs`: the objective; `perceptron`: the share of tokens that were tagged wrong.
  public let loss: Double
  /// Seconds since learning began, after features were read.
  public let seconds: Double
  /// The number of weights of features.
  public let weights: Int
}
