import TextKitTensor

/// Rows as signed bytes, each row with the scale of its greatest magnitude.
struct QuantizedRows: Sendable {
  /// `[rows, columns]`, -127 to 127.
  let values: [Int8]
  /// What a row's bytes are multiplied with, `[rows]`.
  let scales: [Float]

  init(values: [Int8], scales: [Float]) {
    self.values = values
    self.scales = scales
  }

  /// Rounds to nearest.
  init(_ tensor: Tensor) {
    let columns = tensor.columns
    var values = [Int8](repeating: 0, count: tensor.count)
    var scales = [Float](repeating: 0, count: tensor.rows)
    tensor.withSpan { x in
      for row in scales.indices {
        let range = row * columns..<(row + 1) * columns
        let greatest = range.reduce(Float(0)) { max($0, abs(x[$1])) }
        let scale = greatest / 127
        guard scale > 0 else { continue }
        scales[row] = scale
        for index in range { values[index] = ByteSteps.count(x[index], of: scale) }
      }
    }
    self.values = values
    self.scales = scales
  }

  /// The numbers that the rows stand for.
  func tensor(_ shape: Shape) -> Tensor {
    precondition(
      values.count == shape.count && scales.count == shape.rows,
      "\(values.count) bytes and \(scales.count) scales for \(shape)")
    var tensor = Tensor(shape)
    tensor.withMutableSpan { target in
      for index in values.indices { target[index] = Float(values[index]) * scales[index / shape.columns] }
    }
    return tensor
  }
}

extension NeuralClassifierModel {
  /// The same model with weights as they come back from a file of a precision.
  func rounded(to precision: ClassifierPrecision) -> NeuralClassifierModel {
    var model = self
    for id in parameters.ids {
      let tensor = parameters[id]
      if precision == .int8, id == embedding.table {
        model.parameters[id] = QuantizedRows(tensor).tensor(tensor.shape)
      } else if precision != .float32 {
        model.parameters[id] = Tensor(
          tensor.shape,
          tensor.values.map { HalfPrecision.float(fromFloat16: HalfPrecision.float16(from: $0)) })
      }
    }
    return model
  }
}
