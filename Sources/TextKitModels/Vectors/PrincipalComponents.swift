/// The directions in which rows of numbers differ most (Pearson 1901), one after the other by power iteration.
package enum PrincipalComponents {
  private static let iterationLimit = 2000
  private static let tolerance = 1e-12

  /// The coordinates of each row along the first `count` components, `[rows.count][count]`.
  ///
  /// The sign of a component is such that its element of the greatest magnitude, the first of equal ones, is
  /// positive. A direction in which the rows do not differ has coordinates 0. O(iterations · rows · dimension).
  package static func coordinates(_ rows: [[Double]], count: Int) -> [[Double]] {
    guard let dimension = rows.first?.count, dimension > 0 else { return rows.map { _ in zeros(count) } }
    var mean = zeros(dimension)
    for row in rows {
      precondition(row.count == dimension, "a row of \(row.count) elements among rows of \(dimension)")
      for column in 0..<dimension { mean[column] += row[column] / Double(rows.count) }
    }
    var rest = rows.map { row in zip(row, mean).map { $0 - $1 } }
    let scale = rest.joined().reduce(0) { max($0, abs($1)) }
    var coordinates = rows.map { _ in zeros(count) }
    for index in 0..<count {
      guard let component = leadingDirection(rest, scale: scale) else { break }
      for row in rest.indices {
        let coordinate = dot(rest[row], component)
        coordinates[row][index] = coordinate
        for column in 0..<dimension { rest[row][column] -= coordinate * component[column] }
      }
    }
    return coordinates
  }

  /// The unit vector along which the centered rows have the greatest variance; nil if they have next to none.
  private static func leadingDirection(_ rows: [[Double]], scale: Double) -> [Double]? {
    // The longest row lies in the space of the rows and is never orthogonal to all that varies.
    guard let longest = rows.max(by: { dot($0, $0) < dot($1, $1) }),
      dot(longest, longest).squareRoot() > 1e-9 * scale, var direction = normalized(longest)
    else { return nil }
    for _ in 0..<iterationLimit {
      var next = zeros(direction.count)
      for row in rows {
        let weight = dot(row, direction)
        for column in next.indices { next[column] += weight * row[column] }
      }
      guard let unit = normalized(next) else { return nil }
      let change = zip(unit, direction).reduce(0) { max($0, abs($1.0 - $1.1)) }
      direction = unit
      if change < tolerance { break }
    }
    let greatest = direction.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    return greatest < 0 ? direction.map { -$0 } : direction
  }

  private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for index in x.indices { sum += x[index] * y[index] }
    return sum
  }

  private static func normalized(_ x: [Double]) -> [Double]? {
    let norm = dot(x, x).squareRoot()
    return norm > 0 ? x.map { $0 / norm } : nil
  }
}
