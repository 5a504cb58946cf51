import TextKitTensor

/// All that a training has to remember between epochs.
package struct TrainingState: Sendable {
  /// Epochs completed.
  package var epoch = 0
  package var parameters: Parameters
  package var optimizer: Optimizer
  /// The moving average of the weights, where one is kept.
  package var average: Parameters?
  /// Samples that the average has taken.
  package var averageCount = 0
  /// The best weights so far by the score on held-out data.
  package var best: Parameters?
  package var bestScore: Double?
  package var epochsSinceBest = 0

  /// Begins a training.
  package init(parameters: Parameters, configuration: TrainingConfiguration) {
    self.parameters = parameters
    optimizer = Optimizer(
      configuration.method, weightDecay: configuration.weightDecay, clipNorm: configuration.clipNorm,
      for: parameters)
    average = configuration.averageDecay > 0 ? parameters : nil
  }

  /// Takes an optimizer step; returns the norm of the gradients before clipping.
  mutating func update(
    by gradients: Gradients, rate: Float, scale: Float, paces: [ParameterID: LearningPace]
  ) -> Double {
    optimizer.update(&parameters, by: gradients, rate: rate, scale: scale, paces: paces)
  }

  /// Whether no weight, none of their average, and nothing that the optimizer remembers is infinite or NaN.
  var isFinite: Bool {
    parameters.isFinite && average?.isFinite ?? true && optimizer.state.allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  /// The weights to evaluate and to keep: the average where there is one.
  package var evaluated: Parameters { average ?? parameters }

  /// Lets the average take a sample: average += (1 - d) · (weights - average), where d rises to `decay` with the
  /// number of samples so that the first weights are forgotten.
  package mutating func sampleAverage(decay: Double) {
    guard var sum = average.take() else { return }
    averageCount += 1
    let weight = Float(1 - min(decay, Double(averageCount - 1) / Double(averageCount + 1)))
    for id in sum.ids {
      Kernel.moveToward(parameters[id], weight: weight, &sum.tensors[id.index])
    }
    average = sum
  }

  /// Takes notice of an evaluation; true when it is the best so far.
  mutating func note(_ evaluation: Evaluation?) -> Bool {
    guard let evaluation else { return true }
    if let bestScore, evaluation.score <= bestScore {
      epochsSinceBest += 1
      return false
    }
    bestScore = evaluation.score
    best = evaluated
    epochsSinceBest = 0
    return true
  }
}
