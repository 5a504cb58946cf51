import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Finds the weights of a recipe for rows of features, and what makes scores probabilities.
struct LinearSolver: Sendable {
  let recipe: LinearClassifierRecipe
  let labels: [String]
  let isMultiLabel: Bool
  let threads: Int

  init(_ recipe: LinearClassifierRecipe, labels: [String], isMultiLabel: Bool, threads: Int) {
    self.recipe = recipe
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.threads = threads
  }

  /// The solution for documents with some labels each: a problem of its own for each label where labels don't exclude
  /// each other.
  func solution(_ matrix: SparseMatrix, gold: [[Int32]]) -> LinearSolution {
    guard isMultiLabel else { return solution(matrix, gold.map { $0[0] }, labelCount: labels.count, names: labels) }
    return LinearSolution(
      columns: labels.indices.map { label in
        let column = gold.map { Int32($0.contains(Int32(label)) ? 1 : 0) }
        return solution(matrix, column, labelCount: 2, names: ["", labels[label]])
      })
  }

  private func solution(
    _ matrix: SparseMatrix, _ gold: [Int32], labelCount: Int, names: [String]
  ) -> LinearSolution {
    let problem = LinearProblem(matrix, labels: gold, labelCount: labelCount, weighting: weighting(gold, names))
    switch recipe.method {
    case .multinomialNB: return NaiveBayes.solve(problem, kind: .multinomial, alpha: recipe.alpha, threads: threads)
    case .complementNB: return NaiveBayes.solve(problem, kind: .complement, alpha: recipe.alpha, threads: threads)
    case .bernoulliNB: return NaiveBayes.solve(problem, kind: .bernoulli, alpha: recipe.alpha, threads: threads)
    case .svm: return DualCoordinateDescent.solve(problem, machine, threads: threads)
    case .logisticRegression:
      var options = LogisticRegression.Options()
      options.cost = recipe.c
      return LogisticRegression.solve(problem, options, threads: threads)
    case .nbsvm:
      var options = NBSVM.Options()
      (options.alpha, options.interpolation, options.machine) = (recipe.alpha, recipe.beta, machine)
      return NBSVM.solve(problem, options, threads: threads)
    }
  }

  private var machine: DualCoordinateDescent.Options {
    var options = DualCoordinateDescent.Options()
    options.cost = recipe.c
    options.loss = recipe.loss == .hinge ? .hinge : .squaredHinge
    options.tolerance = recipe.tolerance
    options.seed = recipe.seed
    return options
  }

  private func weighting(_ gold: [Int32], _ names: [String]) -> ClassWeighting {
    if recipe.labelWeights.isEmpty { return recipe.balanced ? .balanced : .uniform }
    let base =
      recipe.balanced
      ? ClassWeighting.balanced.weights(labels: gold, labelCount: names.count)
      : [Double](repeating: 1, count: names.count)
    return .given(zip(names, base).map { (recipe.labelWeights[$0] ?? 1) * $1 })
  }

  // MARK: Calibration

  /// Naive Bayes and logistic regression give probabilities by themselves; the scores of support vector machines are
  /// calibrated on texts that the machine has not learned from.
  func link(_ matrix: SparseMatrix, gold: [[Int32]]) -> LinearLink {
    guard recipe.method == .svm || recipe.method == .nbsvm, recipe.calibrationFolds > 0 else { return .softmax }
    let folds = recipe.calibrationFolds
    let columns = LinearTextClassifier.columnCount(labels: labels.count, isMultiLabel: isMultiLabel)
    // Every label is dealt out over all folds by turns.
    var turns = [Int](repeating: 0, count: labels.count + 1)
    let foldOf = gold.map { set in
      let label = set.first.map { Int($0) } ?? labels.count
      defer { turns[label] += 1 }
      return turns[label] % folds
    }
    var scores = [Double](repeating: 0, count: gold.count * columns)
    for fold in 0..<folds {
      let kept = gold.indices.filter { foldOf[$0] != fold }
      let held = gold.indices.filter { foldOf[$0] == fold }
      // A label of too few texts leaves nothing to learn from or to calibrate on, as the recipe says.
      guard Set(kept.flatMap { gold[$0] }).count == labels.count, !held.isEmpty else { return .softmax }
      let solution = solution(matrix.rows(kept), gold: kept.map { gold[$0] })
      let part = matrix.rows(held).scores(weights: solution.weights, bias: solution.bias)
      for (position, document) in held.enumerated() {
        for column in 0..<columns {
          scores[document * columns + column] = Double(part[position * columns + column])
        }
      }
    }
    var (slopes, offsets): ([Float], [Float]) = ([], [])
    for column in 0..<columns {
      let label = Int32(columns < labels.count ? 1 : column)
      let fitted = PlattScaling(
        values: gold.indices.map { scores[$0 * columns + column] }, targets: gold.map { $0.contains(label) })
      slopes.append(Float(fitted.a))
      offsets.append(Float(fitted.b))
    }
    return .platt(slopes: slopes, offsets: offsets)
  }
}

extension SparseMatrix {
  /// Some rows.
  func rows(_ numbers: [Int]) -> SparseMatrix {
    var result = SparseMatrix(columnCount: columnCount)
    for row in numbers {
      let entries = entries(ofRow: row)
      result.columns.append(contentsOf: columns[entries])
      result.values.append(contentsOf: values[entries])
      result.rowEnds.append(result.columns.count)
    }
    return result
  }
}

extension LinearTextClassifier {
  /// The same classifier with the threshold that gives the best micro F1 on held-out texts.
  func withThreshold(bestOn dev: LabeledCorpus, threads: Int) -> LinearTextClassifier {
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    let probabilities = self.probabilities(
      scores: scores(of: features.features(of: TextBlock(dev), threads: threads)))
    var decisions: [(probability: Float, isRight: Bool)] = []
    var goldCount = 0
    for (document, labeled) in dev.documents.enumerated() {
      let gold = Set(labeled.labels.compactMap { numbers[$0] })
      goldCount += Set(labeled.labels).count
      for label in labels.indices {
        decisions.append((probabilities[document * labels.count + label], gold.contains(label)))
      }
    }
    decisions.sort { $0.probability > $1.probability }
    var (right, best, chosen): (Int, Double, Float) = (0, 0, threshold)
    for (count, decision) in decisions.enumerated() {
      if decision.isRight { right += 1 }
      // Equal probabilities fall on one side.
      if count + 1 < decisions.count, decisions[count + 1].probability == decision.probability { continue }
      let f1 = 2 * Double(right) / Double(count + 1 + goldCount)
      if f1 > best { (best, chosen) = (f1, decision.probability) }
    }
    return LinearTextClassifier(
      labels: labels, isMultiLabel: isMultiLabel, threshold: chosen, features: features, weights: weights, bias: bias,
      link: link, precision: precision)
  }
}
