import TextKitModels
import TextKitTensor

/// What logistic regression minimizes: Σ s -log P(label) / Σ s + ‖W‖² / (2 C Σ s), s the weights of documents.
struct LogisticObjective: Sendable {
  private let rows: CompressedRows
  private let turned: CompressedRows
  private let labels: [Int32]
  /// The share of each label's documents in the loss.
  private let shares: [Double]
  private let columns: Int
  private let penalty: Float
  private let hasBias: Bool
  private let threads: Int
  /// Ranges of rows, and ranges of features of about as many entries.
  private let rowShards: [Range<Int>]
  private let featureShards: [Range<Int>]

  /// The number of parameters: W `[features, columns]`, then the bias.
  var size: Int { (rows.columnCount + 1) * columns }

  init(_ rows: CompressedRows, _ problem: LinearProblem, _ options: LogisticRegression.Options, threads: Int) {
    self.rows = rows
    turned = rows.transposed()
    labels = problem.labels
    columns = problem.columnCount
    let total = labels.reduce(0) { $0 + problem.labelWeights[Int($1)] }
    shares = problem.labelWeights.map { $0 / total }
    penalty = Float(1 / (options.cost * total))
    hasBias = options.hasBias
    self.threads = threads
    let step = 512
    rowShards = stride(from: 0, to: rows.rowCount, by: step).map { $0..<min(rows.rowCount, $0 + step) }
    var (shards, first) = ([Range<Int>](), 0)
    let most = max(1, rows.columns.count / 64)
    for feature in 0..<turned.rowCount {
      let start = first == 0 ? 0 : turned.ends[first - 1]
      if turned.ends[feature] - start < most && feature + 1 < turned.rowCount { continue }
      shards.append(first..<feature + 1)
      first = feature + 1
    }
    featureShards = shards
  }

  /// The value and the gradient, both the same for any number of threads.
  func evaluate(_ parameters: Tensor) -> (value: Double, gradient: Tensor) {
    let weightCount = rows.columnCount * columns
    let bias = parameters.withSpan { span in (0..<columns).map { Double(span[weightCount + $0]) } }
    let parts = Parallel.map(count: rowShards.count, threads: threads) { shard, _ in
      derive(rowShards[shard], rows.multiply(rows: rowShards[shard], by: parameters, columns: columns), bias)
    }
    var biasGradient = [Double](repeating: 0, count: columns)
    var value = 0.0
    for part in parts {
      value += part.loss
      for column in 0..<columns { biasGradient[column] += part.bias[column] }
    }
    let slopes = Tensor(Shape(rows.rowCount, columns), parts.flatMap(\.slopes))
    let pieces = Parallel.map(count: featureShards.count, threads: threads) { shard, _ in
      turned.multiply(rows: featureShards[shard], by: slopes, columns: columns)
    }
    var gradient = Tensor(Shape(1, size))
    var square = 0.0
    gradient.withMutableSpan { to in
      parameters.withSpan { from in
        var index = 0
        for piece in pieces {
          let numbers = piece.span
          for place in numbers.indices {
            let weight = from[index]
            to[index] = numbers[place] + penalty * weight
            square += Double(weight) * Double(weight)
            index += 1
          }
        }
        for column in 0..<columns where hasBias { to[weightCount + column] = Float(biasGradient[column]) }
      }
    }
    return (value + 0.5 * Double(penalty) * square, gradient)
  }

  /// The loss of some rows, from their scores without bias, its derivatives by the scores, and those summed.
  private func derive(
    _ shard: Range<Int>, _ scores: [Float], _ bias: [Double]
  ) -> (slopes: [Float], bias: [Double], loss: Double) {
    var slopes = scores
    var sums = [Double](repeating: 0, count: columns)
    var row = sums
    var loss = 0.0
    for (number, document) in shard.enumerated() {
      let (label, start) = (Int(labels[document]), number * columns)
      let share = shares[label]
      for column in 0..<columns { row[column] = Double(scores[start + column]) + bias[column] }
      loss += share * (columns == 1 ? sigmoid(&row[0], label) : softmax(&row, label))
      for column in 0..<columns {
        slopes[start + column] = Float(share * row[column])
        sums[column] += share * row[column]
      }
    }
    return (slopes, sums, loss)
  }

  /// Replaces a score by the derivative of its loss, which is returned.
  private func sigmoid(_ score: inout Double, _ label: Int) -> Double {
    let margin = label == 1 ? score : -score
    let power = exponential(-abs(margin))
    let wrong = (margin > 0 ? power : 1) / (1 + power)
    score = label == 1 ? -wrong : wrong
    return logarithm(1 + power) + max(0, -margin)
  }

  private func softmax(_ scores: inout [Double], _ label: Int) -> Double {
    var (most, sum) = (scores[0], 0.0)
    for score in scores { most = max(most, score) }
    let right = scores[label] - most
    for column in scores.indices {
      scores[column] = exponential(scores[column] - most)
      sum += scores[column]
    }
    for column in scores.indices { scores[column] /= sum }
    scores[label] -= 1
    return logarithm(sum) - right
  }
}
