import Foundation
import Synchronization
import TextKit

extension BenchmarkGroup {
  /// word2vec at the settings of its peers' figures, for one epoch.
  static let vectors = BenchmarkGroup(
    name: "vectors",
    summary: "words/s of word2vec: dimension 100, window 5, 5 negatives, sample 1e-4, words of 5 occurrences, 1 epoch"
  ) {
    let text = try BenchmarkText.english(bytes: 50_000_000)
    defer { text.remove() }
    let output = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).bin")
    // Peers were measured on the corpus: made-up words tell nothing beside them.
    let isPeersText = ProcessInfo.processInfo.environment["TEXTKIT_CORPORA"] != nil
    var measurements: [Measurement] = []
    for (architecture, peer, peerName) in [
      // Words of the text a second on 2 threads of such a machine, 2026-11-24.
      (Word2VecConfiguration.Architecture.skipGram, 454_205.0, "gensim 4.4.0, 2 threads"),
      (.cbow, 785_556.0, "word2vec.c -Ofast, 2 threads"),
    ] {
      for (threads, deterministic) in [(1, false), (2, false), (2, true)] {
        var configuration = VectorTrainingConfiguration()
        configuration.word2vec.architecture = architecture
        configuration.word2vec.sample = 1e-4
        configuration.word2vec.epochs = 1
        configuration.word2vec.deterministic = deterministic
        var job = VectorTraining(inputs: [.path(text.path)], output: output, configuration: configuration)
        job.format = .binary
        job.threads = threads
        let speed = Mutex(0.0)
        try job.run { event in
          if case .epoch(let progress) = event { speed.withLock { $0 = progress.wordsPerSecond } }
        }
        try FileManager.default.removeItem(at: output)
        measurements.append(
          Measurement(
            "\(architecture.rawValue), \(threads) threads\(deterministic ? ", deterministic" : ""), \(text.name)",
            speed.withLock { $0 }, "words/s", against: isPeersText ? peer : nil, isPeersText ? peerName : nil))
      }
    }
    return measurements
  }
}
