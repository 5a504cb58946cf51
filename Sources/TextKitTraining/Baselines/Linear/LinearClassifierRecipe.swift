import TextKitCorpus
import TextKitModels
import TextKitTensor

/// How the weights of a linear classifier are found.
public enum LinearMethod: String, CaseIterable, Codable, Sendable {
  /// Naive Bayes over counts (McCallum & Nigam 1998).
  case multinomialNB
  /// Naive Bayes over the counts of the other labels (Rennie et al. 2003).
  case complementNB
  /// Naive Bayes over what a text holds and what it doesn't.
  case bernoulliNB
  /// A linear support vector machine, one label against the others (Hsieh et al. 2008).
  case svm
  /// Multinomial logistic regression.
  case logisticRegression
  /// A support vector machine over features scaled by naive Bayes (Wang & Manning 2012).
  case nbsvm
}

/// Everything that decides how a classical linear classifier is made.
public struct LinearClassifierRecipe: FeatureRecipe, Hashable {
  /// How the weights are found.
  public var method = LinearMethod.svm
  /// What of a text becomes a feature.
  public var features = FeatureConfiguration()
  /// What naive Bayes and NBSVM add to counts.
  public var alpha = 1.0
  /// How much a mistake costs against the size of the weights, for all but naive Bayes.
  public var c = 1.0
  /// The loss of support vector machines.
  public var loss = HingeLoss.squared
  /// How near to the optimum support vector machines are solved: the spread of the projected gradient. liblinear takes
  /// 0.1, scikit-learn 1e-4.
  public var tolerance = 0.01
  /// NBSVM: the share of the found weights, the rest being their mean (Wang & Manning 2012, equation 6).
  public var beta = 0.25
  /// Whether labels count in inverse proportion to their frequency.
  public var balanced = false
  /// How much the documents of some labels count; 1 for the others.
  public var labelWeights: [String: Double] = [:]
  /// Parts of the training texts, each classified by a machine that the others trained, on which the probabilities of
  /// support vector machines are calibrated (Platt 1999); 0 leaves out calibration, and so does a label of fewer texts than
  /// two parts need: the scores' softmax then stands for probabilities.
  public var calibrationFolds = 3
  /// How the weights are stored.
  public var precision = LinearPrecision.float32
  /// What the order of coordinates depends on.
  public var seed: UInt64 = 1

  /// A support vector machine over words and pairs of words.
  public init() {}

  /// A method with the features that suit it.
  public init(_ method: LinearMethod) {
    self.method = method
    switch method {
    case .multinomialNB, .complementNB:
      (features.value, features.norm, features.sublinear) = (.count, .none, false)
    case .bernoulliNB, .nbsvm: (features.value, features.norm) = (.binary, .none)
    case .svm, .logisticRegression: break
    }
    if method == .nbsvm { (c, tolerance) = (0.1, 0.1) }
    if method == .logisticRegression { c = 10 }
  }

  /// With several labels a text, the threshold is chosen on held-out texts.
  public func usesDev(on train: LabeledCorpus) -> Bool { train.isMultiLabel }

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(alpha, in: 0...1e6, "alpha")
    try check(c, in: 1e-9...1e9, "c")
    try check(beta, in: 0...1, "beta")
    try check(tolerance, in: 1e-9...1e3, "tolerance")
    // Logarithms of counts of 0 would be infinite.
    if method == .nbsvm { try check(alpha, in: 1e-9...1e6, "alpha") }
    for (label, weight) in labelWeights { try check(weight, in: 0...1e9, "labelWeights.\(label)") }
    guard calibrationFolds == 0 || (2...100).contains(calibrationFolds) else {
      throw .invalid("calibrationFolds", expected: "0, or 2 to 100", found: "\(calibrationFolds)")
    }
  }

  public func train(
    on train: LabeledCorpus, dev: LabeledCorpus?, in environment: ClassifierTrainingEnvironment
  ) throws -> any TextClassifying {
    try validateAll()
    let examples = try FeatureExamples(train, features, in: environment)
    try examples.checkWeights()
    let labels = examples.labels
    for label in labelWeights.keys.sorted() where !labels.contains(label) {
      throw ConfigurationError(
        path: "labelWeights.\(label)",
        reason: .value(
          expected: "a label of the training texts", found: "\"\(label)\"",
          nearest: nearestName(to: label, among: labels)))
    }
    let gold = examples.gold.map { $0.map { Int32($0) } }
    let solver = LinearSolver(self, labels: labels, isMultiLabel: examples.isMultiLabel, threads: environment.threads)
    let solution = solver.solution(examples.matrix, gold: gold)
    let link = solver.link(examples.matrix, gold: gold)
    let classifier = LinearTextClassifier(
      labels: labels, isMultiLabel: examples.isMultiLabel, features: examples.features, weights: solution.weights,
      bias: solution.bias, link: link, precision: precision)
    guard classifier.weights.allSatisfy(\.isFinite), classifier.bias.allSatisfy(\.isFinite) else {
      throw TrainingError.noExamples("the labels' weights, alpha or the precision leave no finite solution")
    }
    guard examples.isMultiLabel, let dev else { return classifier }
    return classifier.withThreshold(bestOn: dev, threads: environment.threads)
  }
}

/// The losses of support vector machines.
public enum HingeLoss: String, CaseIterable, Codable, Sendable {
  /// max(0, 1 - y s).
  case hinge
  /// Its square.
  case squared
}
