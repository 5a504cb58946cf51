import TextKitModels

/// Everything that decides how a labeler over features is made.
public struct FeatureLabelerConfiguration: Configuration {
  /// What it reads.
  public var features = TokenFeatureConfiguration()
  /// How weights are found.
  public var algorithm = FeatureLabelerAlgorithm.lbfgs
  /// Passes over the corpus; nil takes 100 for `lbfgs` and 15 for `perceptron`.
  public var iterations: Int?
  /// Features that fewer tokens of the training text have are left out.
  public var minimumCount = 1
  /// `lbfgs`: what the squares of the weights cost, against the negative log-likelihood.
  public var c2 = 0.1
  /// `lbfgs`: ends where the gradient is this small against the weights.
  public var epsilon = 1e-5
  /// `lbfgs`: ends where as many iterations as `period` made the value less by no more than this share of it.
  public var delta = 1e-5
  /// `lbfgs`: see `delta`; 0 never ends so.
  public var period = 10
  /// `lbfgs`: steps that the curvature is taken from.
  public var memories = 6
  /// Whether training, too, knows which tags may not follow each other, as decoding does, which never gives such. A
  /// model that has to learn it from its weights is the better one as a rule.
  public var constrained = false
  /// `perceptron`: sentences that are tagged by the same weights before what they taught is added. 1 is Collins's
  /// algorithm; more let threads work side by side (Zhao & Huang 2013).
  public var batchSize = 1
  /// `perceptron`: what the order of sentences depends on.
  public var seed: UInt64 = 1

  /// Characters, a conditional random field.
  public init() {}

  /// The defaults for words as the unit.
  public static let words: FeatureLabelerConfiguration = {
    var configuration = FeatureLabelerConfiguration()
    configuration.features = .words
    return configuration
  }()

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ConfigurationError) {
      guard range.contains(value) else {
        throw .invalid(name, expected: "\(range.lowerBound) to \(range.upperBound)", found: "\(value)")
      }
    }
    func check(_ name: String, _ value: Double, atMost most: Double) throws(ConfigurationError) {
      guard value >= 0, value <= most else {
        throw .invalid(name, expected: "0 to \(most)", found: "\(value)")
      }
    }
    try check("iterations", iterations ?? 1, 1...1_000_000)
    try check("minimumCount", minimumCount, 1...1_000_000_000)
    try check("c2", c2, atMost: 1e6)
    try check("epsilon", epsilon, atMost: 1)
    try check("delta", delta, atMost: 1)
    try check("period", period, 0...10_000)
    try check("memories", memories, 1...100)
    try check("batchSize", batchSize, 1...1_000_000)
  }
}

extension TokenFeatureConfiguration: Configuration {
  /// Refuses templates that can't be read.
  ///
  /// - Throws: `ConfigurationError.invalid` with the number of the template.
  public func validate() throws(ConfigurationError) {
    if let (name, expected, found) = firstUnusable { throw .invalid(name, expected: expected, found: found) }
  }
}
