import CTextKitKernels
import TextKit
import TextKitTensor

extension BenchmarkGroup {
  static let convolution = BenchmarkGroup(
    name: "convolution",
    summary: "examples/s of a TextCNN's operations: 100 filters of each of the widths 3, 4 and 5, vectors of 128"
  ) {
    let peak = fusedMultiplyAddPeak() * 1e9
    return ConvolutionBenchmark.all.flatMap { $0.measurements(peak: peak) }
  }
}

/// One size of text classification.
private struct ConvolutionBenchmark {
  let vocabulary: Int
  let length: Int
  let batch = 50
  /// Examples/s of training that PyTorch reached at best on such a machine with texts of about these lengths (ChnSentiCorp and
  /// SST-2, 2026-11-23).
  let peer: Double

  static let all = [
    ConvolutionBenchmark(vocabulary: 5_000, length: 150, peer: 991),
    ConvolutionBenchmark(vocabulary: 16_000, length: 19, peer: 2_334),
  ]

  func measurements(peak: Double) -> [Measurement] {
    var results: [Measurement] = []
    let shape = "\(length) tokens of \(vocabulary)"
    for threads in [1, 2] {
      var step = ConvolutionStep(vocabulary: vocabulary, lengths: Array(repeating: length, count: batch))
      let speed = Double(batch) / Stopwatch.best(burst: .milliseconds(20), total: .seconds(1)) { step.train(threads) }
      results.append(
        Measurement(
          "training, \(threads) threads, \(shape)", speed, "examples/s", against: peer,
          "PyTorch on real text, its best"))
      // Forward, and as much again for each of two gradients, as dense products at the peak.
      let dense = Double(threads) * peak / (3 * step.denseOperations / Double(batch))
      results.append(
        Measurement(
          "training, \(threads) threads, \(shape), of dense", speed, "examples/s", against: dense,
          "dense products at the peak"))
    }
    let step = ConvolutionStep(vocabulary: vocabulary, lengths: Array(repeating: length, count: batch))
    for (name, precision) in [("floats", ConvolutionTable.Precision.single), ("halves", .half)] {
      let predict = step.prediction(precision)
      let speed = Double(batch) / Stopwatch.best(burst: .milliseconds(5), total: .milliseconds(300)) { predict() }
      results.append(
        Measurement(
          "prediction from a table of \(name), 1 thread, \(shape)", speed, "examples/s",
          against: peak / (step.denseOperations / Double(batch)), "dense products at the peak"))
    }
    return results
  }
}

/// A step of training a TextCNN of two classes by Adam, in two shards.
struct ConvolutionStep {
  private var parameters = Parameters()
  private let embedding: Embedding
  private let convolution: TextConvolution
  private let output: Linear
  private var optimizer: Optimizer
  private let shards: [(tokens: [Int32], segments: Segments)]
  private let workspaces = [Workspace(), Workspace(), Workspace()]
  private let vocabulary: Int
  /// Floating-point operations of the convolution of all windows.
  let denseOperations: Double

  init(vocabulary: Int, lengths: [Int]) {
    var random = RandomSource(seed: 1)
    let (dimension, widths, filters) = (128, [3, 4, 5], 100)
    embedding = Embedding("e", count: vocabulary, dimension: dimension, in: &parameters, using: &random)
    convolution = TextConvolution(
      "c", inputs: dimension, widths: widths, filters: filters, in: &parameters, using: &random)
    output = Linear("o", inputs: convolution.outputs, outputs: 2, in: &parameters, using: &random)
    optimizer = Optimizer(.adam(), for: parameters)
    self.vocabulary = vocabulary
    // Words by Zipf's law: the logarithm of a rank is about uniform.
    let half = (lengths.count + 1) / 2
    shards = [lengths.prefix(half), lengths.dropFirst(half)].map { lengths in
      let segments = Segments(lengths: Array(lengths))
      let tokens = (0..<segments.rowCount).map { _ in
        Int32(min(Double(vocabulary - 1), exponential(random.uniform(0, logarithm(Double(vocabulary)))) - 1))
      }
      return (tokens, segments)
    }
    denseOperations = widths.reduce(0.0) { sum, width in
      sum + 2 * Double(lengths.reduce(0) { $0 + max(1, $1 - width + 1) } * width * dimension * filters)
    }
  }

  /// The features of all examples from the products of the whole vocabulary.
  func prediction(_ precision: ConvolutionTable.Precision) -> () -> Void {
    let table = convolution.table(of: embedding.table, parameters, precision: precision)
    let batches = shards.map { RowSequences(rows: $0.tokens, segments: $0.segments) }
    return { for batch in batches { _ = table.features(over: batch) } }
  }

  mutating func train(_ threads: Int) {
    let gradients = Parallel.map(count: shards.count, threads: threads) { [self] index, _ in
      let shard = shards[index]
      let graph = Graph(parameters, training: true, seed: 1, workspace: workspaces[index])
      let distinct = DistinctTokens(shard.tokens, vocabularySize: vocabulary)
      let rows = embedding(distinct.ids, in: graph)
      let features = convolution(
        rows, over: RowSequences(rows: distinct.rows, segments: shard.segments), in: graph)
      let scores = output(graph.dropout(features, rate: 0.5), in: graph)
      let loss = graph.crossEntropy(scores, labels: (0..<shard.segments.count).map { Int32($0 % 2) })
      graph.backward(from: loss)
      return graph.takeGradients()
    }
    let merged = Gradients.merge(gradients, workspaces: Array(workspaces.suffix(1)), threads: 1)
    _ = optimizer.update(&parameters, by: merged, rate: 0.001, scale: 0.02)
  }
}
