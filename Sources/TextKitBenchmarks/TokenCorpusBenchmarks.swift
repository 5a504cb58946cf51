import Foundation
import TextKit

extension BenchmarkGroup {
  /// Text to token ids, before vectors are trained.
  static let tokens = BenchmarkGroup(
    name: "tokens", summary: "tokens/s of turning English text into numbered tokens, on 1 and 2 threads"
  ) {
    let text = try BenchmarkText.english(bytes: 50_000_000)
    defer { text.remove() }
    // The goal: 17.27 million words in 2.5 s on one thread, 1.5 s on two.
    let goals = [(threads: 1, goal: 6_900_000.0), (threads: 2, goal: 11_500_000.0)]
    var measurements: [Measurement] = []
    for (threads, goal) in goals {
      let words = try speed(text, threads: threads, phrases: nil)
      measurements.append(Measurement("\(threads) threads, \(text.name)", words, "tokens/s", against: goal, "goal"))
    }
    let joined = try speed(text, threads: 2, phrases: PhraseOptions())
    return measurements + [Measurement("2 threads, one pass of phrases, \(text.name)", joined, "tokens/s")]
  }

  /// Tokens of the text a second, the best of three times.
  private static func speed(_ text: BenchmarkText, threads: Int, phrases: PhraseOptions?) throws -> Double {
    var options = TokenCorpusOptions(tokens: .words)
    options.threads = threads
    options.phrases = phrases
    var best = 0.0
    for _ in 0..<3 {
      let start = ContinuousClock.now
      let corpus = try TokenCorpusBuilder(options, inputs: [.path(text.path)]).build()
      best = max(best, Double(corpus.readTokens) / ((ContinuousClock.now - start) / .seconds(1)))
    }
    return best
  }
}
