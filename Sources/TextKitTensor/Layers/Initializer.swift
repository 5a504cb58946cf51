/// How a weight starts.
public enum Initializer: Sendable {
  /// All zeros.
  case zeros
  /// Uniform in [-bound, bound].
  case uniform(bound: Double)
  /// Normal with the given standard deviation.
  case normal(deviation: Double)
  /// Uniform with bound √(6 / (rows + columns)) (Glorot & Bengio 2010, equation 16).
  case xavier
  /// Normal with deviation √(2 / rows), for relu (He et al. 2015, equation 10).
  case he
  /// Each block of `rows` columns is a random orthogonal matrix (Saxe et al. 2014): for recurrent weights.
  case orthogonal
  /// Uniform with bound √(3 / columns): embedding rows of unit variance per √column.
  case embedding

  /// Makes a tensor that depends on the shape and on the numbers drawn only.
  public func callAsFunction(_ shape: Shape, using random: inout RandomSource) -> Tensor {
    switch self {
    case .zeros: return Tensor(shape)
    case .uniform(let bound): return fill(shape) { random.uniform(-bound, bound) }
    case .normal(let deviation): return fill(shape) { deviation * random.normal() }
    case .xavier:
      let bound = (6 / Double(max(1, shape.rows + shape.columns))).squareRoot()
      return fill(shape) { random.uniform(-bound, bound) }
    case .he:
      let deviation = (2 / Double(max(1, shape.rows))).squareRoot()
      return fill(shape) { deviation * random.normal() }
    case .embedding:
      let bound = (3 / Double(max(1, shape.columns))).squareRoot()
      return fill(shape) { random.uniform(-bound, bound) }
    case .orthogonal: return orthogonal(shape, using: &random)
    }
  }

  private func fill(_ shape: Shape, _ next: () -> Double) -> Tensor {
    var tensor = Tensor(shape)
    tensor.withMutableSpan { span in
      for index in span.indices { span[index] = Float(next()) }
    }
    return tensor
  }

  /// Gram-Schmidt (modified) over random normal vectors, block by block.
  private func orthogonal(_ shape: Shape, using random: inout RandomSource) -> Tensor {
    var values = [Float](repeating: 0, count: shape.count)
    var column = 0
    while column < shape.columns {
      let width = min(shape.rows, shape.columns - column)
      var basis: [[Double]] = []
      while basis.count < width {
        var vector = (0..<shape.rows).map { _ in random.normal() }
        for other in basis {
          let overlap = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          for index in vector.indices { vector[index] -= overlap * other[index] }
        }
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if norm < 1e-6 { continue }
        basis.append(vector.map { $0 / norm })
      }
      for (offset, vector) in basis.enumerated() {
        for row in vector.indices { values[row * shape.columns + column + offset] = Float(vector[row]) }
      }
      column += max(1, width)
    }
    return Tensor(shape, values)
  }
}
