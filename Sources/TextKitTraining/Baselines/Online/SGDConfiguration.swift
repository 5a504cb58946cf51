/// How stochastic gradient descent goes.
public struct SGDConfiguration: Configuration, Hashable {
  /// What the scores are trained for.
  public var loss = LinearLoss.logistic
  /// The weight of l2/2 · |w|² against the mean loss. The bias is not penalized.
  public var l2 = 1e-5
  /// The weight of |w|₁.
  public var l1 = 0.0
  /// Passes over the documents, each in an order of its own.
  public var epochs = 10
  /// The rate of the first step, from which it falls as η / (1 + η (l1 + l2) t); 0 stands for (l1 + l2)^(-1/4) or, without
  /// penalties, 1.
  public var learningRate = 0.0
  /// Whether the classifier has the mean of the weights over all steps after the first epoch (Polyak & Juditsky 1992).
  public var average = true
  /// What the orders depend on.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(l2, in: 0...1e6, "l2")
    try check(l1, in: 0...1e6, "l1")
    try check(epochs, in: 1...100_000, "epochs")
    try check(learningRate, in: 0...1e6, "learningRate")
  }

  /// The rate of the first step.
  var initialRate: Double {
    if learningRate > 0 { return learningRate }
    let penalty = l1 + l2
    return penalty > 0 ? 1 / penalty.squareRoot().squareRoot() : 1
  }

  /// The rate of a step, from 0 (Bottou 2012, section 5.2).
  package func rate(ofStep step: Int) -> Double {
    let rate = initialRate
    return rate / (1 + rate * (l1 + l2) * Double(step))
  }
}
