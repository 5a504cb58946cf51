extension Parameters {
  /// Scales the columns of a weight `[d, k]` whose Euclidean norm exceeds `limit` down to it, as Kim (2014, section
  /// 3.1) does after each step with the weight vectors of the classes. Norms are summed in Double, row by row.
  package mutating func limitColumnNorms(of id: ParameterID, to limit: Float) {
    precondition(limit > 0, "a largest norm of \(limit)")
    let columns = tensors[id.index].columns
    var squares = [Double](repeating: 0, count: columns)
    tensors[id.index].withSpan { weights in
      for start in stride(from: 0, to: weights.count, by: max(1, columns)) {
        for column in 0..<columns {
          let weight = Double(weights[start + column])
          squares[column] += weight * weight
        }
      }
    }
    let factors = squares.map { square in
      square > Double(limit) * Double(limit) ? Float(Double(limit) / square.squareRoot()) : 1
    }
    guard factors.contains(where: { $0 != 1 }) else { return }
    tensors[id.index].withMutableSpan { weights in
      for start in stride(from: 0, to: weights.count, by: max(1, columns)) {
        for column in 0..<columns { weights[start + column] *= factors[column] }
      }
    }
  }
}
