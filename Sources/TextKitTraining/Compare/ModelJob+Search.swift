import TextKitCorpus

extension ModelJob {
  /// Tries the model's combinations of settings on each split, scored on its dev part, never on its test part.
  ///
  /// - Returns: one search for each split; none where nothing of the model is searched.
  /// - Throws: the error of the last trial where all trials fail; `ConfigurationError`.
  public func search() throws -> [SearchOutcome] {
    let candidates = try options.search.candidates(for: model, seed: options.seed)
    guard !candidates.isEmpty else { return [] }
    return try data.splits.map { try search(candidates, on: $0) }
  }

  private func search(_ candidates: [[String]], on split: ComparisonData.Split) throws -> SearchOutcome {
    let (train, dev) = split.development(seed: options.seed)
    let evaluator = ClassificationEvaluator(dev, bootstrap: Bootstrap(resamples: 0))
    let start = ContinuousClock.now
    var trials: [SearchOutcome.Trial] = []
    var best: (trial: Int, value: Double)?
    var failure: (any Error)?
    for overrides in candidates {
      if let limit = options.search.seconds, !trials.isEmpty, (ContinuousClock.now - start) / .seconds(1) >= limit {
        break
      }
      let begin = ContinuousClock.now
      var figures: ModelResult.Figures?
      var reason: String?
      do {
        let recipe = try recipe(overrides, seed: options.seeds.first)
        let classifier = try recipe.train(on: train, dev: recipe.usesDev(on: train) ? dev : nil, in: environment)
        figures = ModelResult.Figures(evaluator.report(of: classifier, threads: environment.threads).score)
      } catch {
        failure = error
        reason = "\(error)"
      }
      if let value = figures?.value(options.selection), value > best?.value ?? -1 { best = (trials.count, value) }
      trials.append(
        SearchOutcome.Trial(
          overrides: overrides, dev: figures, failure: reason, seconds: (ContinuousClock.now - begin) / .seconds(1)))
    }
    guard let best else { throw failure ?? TrainingError.noExamples("no settings to try") }
    return SearchOutcome(trials: trials, untried: candidates.count - trials.count, best: best.trial)
  }
}
