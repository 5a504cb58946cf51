import Foundation
import TextKit

extension BenchmarkGroup {
  /// Text to token ids, before vectors are trained.
  static let tokens = BenchmarkGroup(
    name: "tokens", summary: "tokens/s of turning English text into numbered tokens, on 1 and 2 threads"
  ) {
    let text = try BenchmarkText.english(bytes: 50_000_000)
    defer { text.remove() }
    return try [1, 2].map { threads in
      var options = TokenCorpusOptions(tokens: .words)
      options.threads = threads
      var best = 0.0
      for _ in 0..<3 {
        let start = ContinuousClock.now
        let corpus = try TokenCorpusBuilder(options, inputs: [.path(text.path)]).build()
        best = max(best, Double(corpus.readTokens) / ((ContinuousClock.now - start) / .seconds(1)))
      }
      // The goal: 17.27 million words in 2.5 s on one thread, 1.5 s on two.
      return Measurement(
        "\(threads) threads, \(text.name)", best, "tokens/s", against: threads == 1 ? 6_900_000 : 11_500_000, "goal")
    }
  }
}
