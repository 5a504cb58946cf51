extension WordVectors {
  /// The cosine of the vectors of two words; 0 where one is all zeros.
  ///
  /// - Throws: `VectorQueryError` for a word without a vector.
  public func similarity(_ first: String, _ second: String) throws(VectorQueryError) -> Double {
    guard let a = vector(for: first) else { throw .unknownWord(first) }
    guard let b = vector(for: second) else { throw .unknownWord(second) }
    return Self.cosine(a, b)
  }

  /// The cosine of the vectors of two ids; 0 where one is all zeros.
  package func similarity(_ first: Int, _ second: Int) -> Double { Self.cosine(rows[first], rows[second]) }

  private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += Double(x) * Double(y)
      squareA += Double(x) * Double(x)
      squareB += Double(y) * Double(y)
    }
    return squareA > 0 && squareB > 0 ? product / (squareA.squareRoot() * squareB.squareRoot()) : 0
  }

  /// The word that goes least with the others: the one with the least cosine with the mean of the unit vectors.
  ///
  /// - Throws: `VectorQueryError` for a word without a vector, or where there is no word.
  public func oddOneOut(_ words: [String]) throws(VectorQueryError) -> String {
    var units: [[Float]] = []
    for word in words {
      guard let vector = vector(for: word) else { throw .unknownWord(word) }
      units.append(Self.unit(vector))
    }
    guard let first = words.first else { throw .noWords }
    var sum = [Float](repeating: 0, count: dimension)
    for unit in units {
      for column in sum.indices { sum[column] += unit[column] }
    }
    let cosines = units.map { Self.cosine($0, sum) }
    let odd = words.indices.min { cosines[$0] < cosines[$1] }
    return odd.map { words[$0] } ?? first
  }
}
