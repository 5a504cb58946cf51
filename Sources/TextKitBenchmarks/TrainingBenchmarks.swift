import Foundation
import TextKit

extension BenchmarkGroup {
  /// Training of a segmenter at fixed sizes, on 1 and 2 threads.
  static let training = BenchmarkGroup(
    name: "training",
    summary: "tokens/s of training a BiLSTM-CRF: vectors of 100, bigrams, 128 hidden units, batches of 32"
  ) {
    let text = try BenchmarkText.segmented(lines: 3000)
    defer { text.remove() }
    return try [1, 2].map { threads in
      var configuration = LabelerTrainingConfiguration()
      configuration.model.characterDimension = 100
      configuration.model.bigramDimension = 100
      configuration.model.hidden = 128
      configuration.model.inputDropout = 0.3
      configuration.model.outputDropout = 0.3
      configuration.model.normalizer = .none
      configuration.model.splitter = SentenceSplitter(granularity: .sentence, maximumLength: 250)
      configuration.training.batchSize = 32
      configuration.training.learningRate = 0.001
      configuration.training.averageDecay = 0
      configuration.training.epochs = 2
      var job = LabelerTraining(
        .segmented(train: text.path, dev: nil), output: text.url.appendingPathExtension("safetensors"),
        recipe: configuration)
      job.threads = threads
      var best = 0.0
      try job.run { if case .epoch(let report) = $0 { best = max(best, report.tokensPerSecond) } }
      try FileManager.default.removeItem(at: job.output)
      // What PyTorch's reference of the same sizes reached at best on such a machine (2026-11-23).
      return Measurement(
        "\(threads) threads, \(text.name)", best, "tokens/s", against: 9_471, "PyTorch reference, its best")
    }
  }
}
