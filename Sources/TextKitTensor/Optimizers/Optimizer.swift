/// Updates parameters by gradients and keeps what its method remembers between steps.
public struct Optimizer: Sendable {
  /// The rule.
  public let method: OptimizerMethod
  /// Weight decay (L2) of all weights that learn; FTRL takes its own `l2` instead.
  public let weightDecay: Float
  /// The largest Euclidean norm of all gradients together; larger ones are scaled down to it (Pascanu et al. 2013).
  /// 0 does not clip.
  public let clipNorm: Float
  /// Steps taken.
  public package(set) var step = 0
  /// For each parameter, the tensors of state.
  package var state: [[Tensor]]

  /// Makes the state for parameters; all zeros.
  public init(
    _ method: OptimizerMethod, weightDecay: Float = 0, clipNorm: Float = 0, for parameters: Parameters
  ) {
    self.method = method
    self.weightDecay = weightDecay
    self.clipNorm = clipNorm
    state = parameters.tensors.map { tensor in
      (0..<method.stateCount).map { _ in Tensor(tensor.shape) }
    }
  }

  /// Takes one step. Returns the norm of the gradients before clipping.
  ///
  /// - Parameters:
  ///   - scale: what the gradients are multiplied with first, such as 1 / batch size.
  ///   - paces: how parameters follow the rate, where they don't all follow it alike.
  package mutating func update(
    _ parameters: inout Parameters, by gradients: Gradients, rate: Float, scale: Float = 1,
    paces: [ParameterID: LearningPace] = [:]
  ) -> Double {
    step += 1
    let gradients = gradients.folded
    let norm = gradients.sumOfSquares.squareRoot() * Double(scale)
    let clipped = clipNorm > 0 && norm > Double(clipNorm) ? scale * clipNorm / Float(norm) : scale
    for index in parameters.tensors.indices {
      let pace = paces[ParameterID(index: index)] ?? LearningPace()
      guard pace.factor > 0 else { continue }
      let update = method.update(rate: rate * pace.factor, decay: weightDecay, step: step)
      var first = state[index].isEmpty ? Tensor(Shape(0, 0)) : state[index][0]
      var second = state[index].count < 2 ? Tensor(Shape(0, 0)) : state[index][1]
      // While its tensors are held here, the state lets go of them: they are updated in place.
      state[index] = []
      if let dense = gradients.parts[index].dense {
        Kernel.update(
          update, &parameters.tensors[index], row: 0, count: pace.learning(of: dense.rows), gradient: dense,
          gradientRow: 0,
          scale: clipped, first: &first, second: &second)
      }
      if let rows = gradients.parts[index].rows {
        let learning = pace.learning(of: parameters.tensors[index].rows)
        for (position, id) in rows.ids.enumerated() where Int(id) < learning {
          Kernel.update(
            update, &parameters.tensors[index], row: Int(id), count: 1, gradient: rows.values,
            gradientRow: position, scale: clipped, first: &first, second: &second)
        }
      }
      state[index] = Array([first, second].prefix(method.stateCount))
    }
    return norm
  }
}
