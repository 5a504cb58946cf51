import TextKitTensor

/// Convolution, relu and the maximum over time, segment by segment in Double: the oracle of `Graph.convolveMax`.
package enum NaiveConvolution {
  /// For each segment (rows of d numbers) and filter: the largest of relu(bias + window · filter).
  package static func maxima(
    _ segments: [[[Float]]], columns: Int, filters: Tensor, bias: Tensor, width: Int
  ) -> [[Double]] {
    let (weights, offsets) = (filters.values, bias.values)
    let count = bias.count
    return segments.map { rows in
      let zero = [Float](repeating: 0, count: columns)
      let padded = rows + Array(repeating: zero, count: max(0, width - rows.count))
      return (0..<count).map { filter in
        var best = 0.0
        for first in 0...(padded.count - width) {
          var sum = Double(offsets[filter])
          for (index, value) in padded[first..<(first + width)].joined().enumerated() {
            sum += Double(value) * Double(weights[index * count + filter])
          }
          best = max(best, sum)
        }
        return best
      }
    }
  }
}
