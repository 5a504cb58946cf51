import TextKitCorpus
import TextKitTestSupport

/// Documents of made-up words: a third of each document's words speak for its label, the others for none.
struct TopicDocuments {
  static let labels = ["art", "law", "sea"]

  /// - Parameter noise: the share of documents with the label of another topic.
  static func corpus(_ count: Int, seed: UInt64, noise: Double = 0.05) -> LabeledCorpus {
    var random = SeededRandom(seed: seed)
    return LabeledCorpus(
      (0..<count).map { number in
        let topic = random.integer(in: 0..<labels.count)
        let words = (0..<random.integer(in: 3..<20)).map { _ in
          random.chance(0.34) ? "\(labels[topic])\(random.integer(in: 0..<12))" : "w\(random.integer(in: 0..<60))"
        }
        let label = random.chance(noise) ? random.pick(labels) : labels[topic]
        return LabeledDocument(text: words.joined(separator: " "), labels: [label], file: "made up", line: number + 1)
      })
  }

  /// The documents as lines of label, TAB, text.
  static func lines(_ corpus: LabeledCorpus) -> String {
    corpus.documents.map { "\($0.labels[0])\t\($0.text)\n" }.joined()
  }
}
