import TextKitTensor

extension Embedding {
  /// Starts rows of the table from word vectors; the other rows stay as they are.
  ///
  /// Vectors are trained with scales of their own. They are multiplied by one number, so that over the rows that are
  /// taken the root of the mean square is `scale` / √d, which for a scale of 1 is that of the random rows.
  ///
  /// - Parameters:
  ///   - rows: rows of the table, each with the number of its vector.
  ///   - vectors: as wide as the table.
  package func start(
    _ rows: [(row: Int, vector: Int)], from vectors: WordVectors, scale: Double = 1, in parameters: inout Parameters
  ) {
    var tensor = parameters[table]
    let width = tensor.columns
    precondition(vectors.dimension == width, "vectors of \(vectors.dimension) for a table \(tensor.shape)")
    var squares = 0.0
    for (_, vector) in rows {
      for value in vectors.vector(at: vector) { squares += Double(value) * Double(value) }
    }
    guard squares > 0 else { return }
    let factor = Float(scale * (Double(rows.count) / squares).squareRoot())
    tensor.withMutableSpan { span in
      for (row, vector) in rows {
        var place = row * width
        for value in vectors.vector(at: vector) {
          span[place] = factor * value
          place += 1
        }
      }
    }
    parameters[table] = tensor
  }
}
