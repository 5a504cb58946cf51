/// Pooling of one sequence of rows in Double: the oracle of `Graph.maxPool`, `meanPool` and attention.
package enum NaivePooling {
  /// The greatest of each column, with the step of its first place; NaN where there is one, 0 for no rows.
  package static func maximum(_ rows: [[Float]], columns: Int) -> [(value: Double, step: Int?)] {
    (0..<columns).map { column in
      var best: (value: Double, step: Int?) = (0, nil)
      for (step, row) in rows.enumerated() {
        let value = Double(row[column])
        if best.step == nil || value > best.value || (value.isNaN && !best.value.isNaN) { best = (value, step) }
      }
      return best
    }
  }

  /// Σ of the rows times weights.
  package static func weightedSum(_ rows: [[Float]], weights: [Double], columns: Int) -> [Double] {
    (0..<columns).map { column in zip(rows, weights).reduce(0) { $0 + Double($1.0[column]) * $1.1 } }
  }

  /// α of Yang et al. 2016, equations 5 and 6.
  package static func attention(
    _ rows: [[Float]], weight: [[Float]], bias: [Float], context: [Float], exp: (Double) -> Double,
    tanh: (Double) -> Double
  ) -> [Double] {
    let scores = rows.map { row in
      context.indices.reduce(0.0) { sum, unit in
        var inner = Double(bias[unit])
        for (value, column) in zip(row, weight) { inner += Double(value) * Double(column[unit]) }
        return sum + tanh(inner) * Double(context[unit])
      }
    }
    let greatest = scores.max() ?? 0
    let powers = scores.map { exp($0 - greatest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
}
