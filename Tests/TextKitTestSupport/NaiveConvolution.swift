import TextKitTensor

/// Convolution, relu and the maximum over time, segment by segment in Double: the oracle of `Graph.convolveMax`.
package enum NaiveConvolution {
  /// For each segment (rows of d numbers) and filter: the largest of relu(bias + window · filter); NaN where any window
  /// gives NaN. `padding` rows of zeros stand before and behind each segment, and as many more behind it as one window
  /// needs.
  package static func maxima(
    _ segments: [[[Float]]], columns: Int, filters: Tensor, bias: Tensor, width: Int, padding: Int = 0
  ) -> [[Double]] {
    let (weights, offsets) = (filters.values, bias.values)
    let count = bias.count
    let zero = [Float](repeating: 0, count: columns)
    return segments.map { rows in
      var padded = Array(repeating: zero, count: padding) + rows + Array(repeating: zero, count: padding)
      while padded.count < width { padded.append(zero) }
      return (0..<count).map { filter in
        var best = 0.0
        for first in 0...(padded.count - width) {
          var sum = Double(offsets[filter])
          for (index, value) in padded[first..<(first + width)].joined().enumerated() {
            sum += Double(value) * Double(weights[index * count + filter])
          }
          best = sum.isNaN || best.isNaN ? .nan : max(best, sum)
        }
        return best
      }
    }
  }

  /// The gradients of `maxima` when `dy[segment][filter]` arrives: of each row of each segment, of the filters
  /// `[width · d][F]` and of the bias `[F]`. The first of equal windows gets all of it.
  package static func gradients(
    _ segments: [[[Float]]], columns: Int, filters: Tensor, bias: Tensor, width: Int, padding: Int = 0,
    dy: [[Double]]
  ) -> (rows: [[[Double]]], filters: [[Double]], bias: [Double]) {
    let (weights, offsets) = (filters.values, bias.values)
    let count = bias.count
    var dRows = segments.map { $0.map { _ in [Double](repeating: 0, count: columns) } }
    var dFilters = Array(repeating: [Double](repeating: 0, count: count), count: width * columns)
    var dBias = [Double](repeating: 0, count: count)
    for (index, rows) in segments.enumerated() {
      func element(_ position: Int, _ column: Int) -> Double {
        rows.indices.contains(position) ? Double(rows[position][column]) : 0
      }
      for filter in 0..<count {
        func score(_ first: Int) -> Double {
          var sum = Double(offsets[filter])
          for place in 0..<width {
            for column in 0..<columns {
              sum += element(first + place, column) * Double(weights[(place * columns + column) * count + filter])
            }
          }
          return sum
        }
        let windows = -padding...max(-padding, rows.count + padding - width)
        guard let winner = windows.max(by: { score($0) < score($1) }) else { continue }
        let first = windows.first { score($0) == score(winner) } ?? winner
        guard score(first) > 0 else { continue }
        dBias[filter] += dy[index][filter]
        for place in 0..<width {
          for column in 0..<columns {
            let row = place * columns + column
            dFilters[row][filter] += dy[index][filter] * element(first + place, column)
            if rows.indices.contains(first + place) {
              dRows[index][first + place][column] += dy[index][filter] * Double(weights[row * count + filter])
            }
          }
        }
      }
    }
    return (dRows, dFilters, dBias)
  }
}
