import TextKitCorpus
import TextKitModels
import TextKitTensor

extension LabelerTask {
  /// Lowers the score of the tag outside by what gives the best score on held-out data, in steps of a quarter up to 4.
  ///
  /// - Returns: the weights, and by how much they were lowered: 0 without held-out data or a tag outside.
  func tuningOutside(_ parameters: Parameters, threads: Int) throws -> (parameters: Parameters, bias: Float) {
    guard let outside = model.tagSet.id(of: .outside, type: ""),
      let first = try evaluate(parameters, threads: threads)
    else { return (parameters, 0) }
    var best = (parameters: parameters, bias: Float(0), score: first.score)
    for step in 1...16 {
      let bias = Float(step) / 4
      let candidate = lowering(outside, by: bias, in: parameters)
      if let score = try evaluate(candidate, threads: threads)?.score, score > best.score {
        best = (candidate, bias, score)
      }
    }
    return (best.parameters, best.bias)
  }

  private func lowering(_ tag: Int32, by bias: Float, in parameters: Parameters) -> Parameters {
    var parameters = parameters
    for tower in model.towers {
      var scores = parameters[tower.output.bias].values
      scores[Int(tag)] -= bias
      parameters[tower.output.bias] = Tensor(parameters[tower.output.bias].shape, scores)
    }
    return parameters
  }
}
