import TextKitCorpus
import TextKitModels

extension ModelJob {
  /// Trains on growing parts of the first split's training documents, each part holding the one before it; scores
  /// them on dev (a tenth of the training part where there is none) and on what was learned from.
  func curve(_ first: FirstTraining) throws -> [ModelResult.CurvePoint] {
    guard !options.curve.isEmpty else { return [] }
    let (train, dev) = first.split.development(seed: options.seed)
    let counts = options.curveCounts(of: train.count)
    let subsets = train.nestedSubsets(counts: counts, seed: options.seed)
    return try subsets.map { subset in
      // The whole of it was trained on before, if nothing was held out of it for dev.
      let isTrained = subset.count == train.count && first.documents == train.count
      let classifier =
        isTrained
        ? first.classifier
        : try first.recipe.train(on: subset, dev: first.recipe.usesDev(on: subset) ? dev : nil, in: environment)
      return ModelResult.CurvePoint(
        documents: subset.count, train: figures(classifier, on: subset), dev: figures(classifier, on: dev))
    }
  }

  private func figures(_ classifier: any TextClassifying, on corpus: LabeledCorpus) -> ModelResult.Figures {
    let evaluator = ClassificationEvaluator(corpus, bootstrap: Bootstrap(resamples: 0))
    return ModelResult.Figures(evaluator.report(of: classifier, threads: environment.threads).score)
  }
}
