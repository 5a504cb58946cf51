import TextKitTensor

/// Compares the gradients of an operation with central differences.
///
/// The operation's result is reduced to a scalar by a fixed random weighting, so that every element of its gradient
/// matters. Differences are taken in the direction of each element of each input.
package struct GradientCheck {
  /// One element whose gradients differ.
  package struct Mismatch: CustomStringConvertible {
    package let input: Int
    package let element: Int
    package let computed: Double
    package let expected: Double
    package var description: String {
      "input \(input), element \(element): the pullback gives \(computed), central differences \(expected)"
    }
  }

  /// Builds the operation's result from variables.
  package typealias Operation = (Graph, [Variable]) -> Variable

  /// The step of the differences, and the largest error allowed, relative to 1 + |gradient|.
  package var step: Float = 1e-2
  package var tolerance = 2e-3
  /// Drawn weights and dropout masks depend on it.
  package var seed: UInt64 = 7

  package init() {}

  /// The elements whose gradients are wrong; empty when the operation passes.
  ///
  /// - Parameters:
  ///   - inputs: values of the inputs, each of which the operation receives as a variable.
  ///   - parameters: weights that the operation may also read, checked after the inputs under the numbers that follow.
  package func mismatches(
    inputs: [Tensor], parameters: Parameters = Parameters(), _ operation: Operation
  ) -> [Mismatch] {
    let graph = Graph(parameters, training: true, seed: seed)
    let variables = inputs.map(graph.input)
    let parameterVariables = parameters.ids.map(graph.parameter)
    let loss = weigh(operation(graph, variables), in: graph)
    graph.backward(from: loss)
    var gradients = variables.map { graph.gradient($0) }
    gradients += parameterVariables.map { graph.gradient($0) }
    let taken = graph.takeGradients()
    for (index, part) in taken.parts.enumerated() {
      guard let rows = part.rows else { continue }
      var dense = gradients[inputs.count + index] ?? Tensor(parameters[parameters.ids[index]].shape)
      let width = rows.values.columns
      dense = Tensor(
        dense.shape, GradientCheck.adding(rows.ids, rows.values.values, to: dense.values, width: width))
      gradients[inputs.count + index] = dense
    }
    var wrong: [Mismatch] = []
    for number in 0..<(inputs.count + parameters.count) {
      let value = number < inputs.count ? inputs[number] : parameters[parameters.ids[number - inputs.count]]
      let computed = gradients[number]?.values ?? Array(repeating: 0, count: value.count)
      for element in 0..<value.count {
        func loss(_ change: Float) -> Double {
          var elements = value.values
          elements[element] += change
          let changed = Tensor(value.shape, elements)
          var inputs = inputs
          var parameters = parameters
          if number < inputs.count {
            inputs[number] = changed
          } else {
            parameters[parameters.ids[number - inputs.count]] = changed
          }
          return self.loss(inputs, parameters, operation)
        }
        let expected = (loss(step) - loss(-step)) / (2 * Double(step))
        let found = Double(computed[element])
        if !(abs(found - expected) <= tolerance * (1 + abs(expected))) {
          wrong.append(Mismatch(input: number, element: element, computed: found, expected: expected))
        }
      }
    }
    return wrong
  }

  private static func adding(_ ids: [Int32], _ rows: [Float], to values: [Float], width: Int) -> [Float] {
    var values = values
    for (position, id) in ids.enumerated() {
      for column in 0..<width { values[Int(id) * width + column] += rows[position * width + column] }
    }
    return values
  }

  private func loss(_ inputs: [Tensor], _ parameters: Parameters, _ operation: Operation) -> Double {
    // Recorded as in training, so that dropout draws the same masks.
    let graph = Graph(parameters, training: true, seed: seed)
    let result = graph.value(operation(graph, inputs.map(graph.input)))
    return zip(result.values, weights(result.shape).values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private func weigh(_ result: Variable, in graph: Graph) -> Variable {
    graph.sum(graph.multiplyElements(result, graph.constant(weights(result.shape))))
  }

  private func weights(_ shape: Shape) -> Tensor {
    if shape == .scalar { return Tensor(scalar: 1) }
    var random = RandomSource(seed: seed, path: 99)
    return Initializer.uniform(bound: 1)(shape, using: &random)
  }
}
