import TextKitTensor

/// What a trainer trains: examples, a loss over some of them, and a score of weights.
package protocol TrainingTask: Sendable {
  /// The number of examples.
  var exampleCount: Int { get }

  /// The number of tokens of an example, for buckets and speed.
  func length(of example: Int) -> Int

  /// The loss summed over some examples: `[1, 1]`. Random choices beside dropout come from `random`.
  func loss(of examples: [Int], in graph: Graph, using random: inout RandomSource) -> Variable

  /// How parameters follow the learning rate in an epoch (from 0), where they don't all follow it alike.
  func paces(epoch: Int) -> [ParameterID: LearningPace]

  /// Brings weights back to where they may be after a step, such as within a norm.
  func constrain(_ parameters: inout Parameters)

  /// The score of weights on held-out data, higher is better, and what else is worth a line in the log; nil without
  /// held-out data.
  func evaluate(_ parameters: Parameters, threads: Int) throws -> Evaluation?
}

extension TrainingTask {
  package func paces(epoch: Int) -> [ParameterID: LearningPace] { [:] }

  package func constrain(_ parameters: inout Parameters) {}
}

/// A score on held-out data.
public struct Evaluation: Sendable, Equatable {
  /// The score that training maximizes.
  public let score: Double
  /// All figures, by name.
  public let figures: [String: Double]

  /// Takes figures.
  public init(score: Double, figures: [String: Double]) {
    self.score = score
    self.figures = figures
  }
}
