import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Tells what texts feel: a classifier for each script, chosen text by text.
///
/// ```swift
/// let sentiment = try Pretrained.sentiment()
/// sentiment.prediction(for: "房间很干净，服务也好").label    // "positive"
/// sentiment.prediction(for: "A dull film.").label          // "negative"
/// ```
public struct SentimentAnalyzer: Sendable {
  /// What classifies texts of each script.
  public let classifiers: [Script: Classifier]

  /// Takes classifiers that know the same labels.
  public init(han: Classifier, other: Classifier) {
    precondition(
      Set(han.labels) == Set(other.labels), "one classifier has the labels \(han.labels), one \(other.labels)")
    classifiers = [.han: han, .other: other]
  }

  /// What a text feels.
  public func prediction(for text: String) -> Prediction {
    predictions(for: TextBlock(lines: [Array(text.utf8)]))[0]
  }

  /// What the texts of a block feel, in their order.
  public func predictions(for block: TextBlock) -> [Prediction] {
    let scripts = block.lineEnds.indices.map { Script(of: block.bytes.span.extracting(block.range(ofLine: $0))) }
    var results = [Prediction?](repeating: nil, count: scripts.count)
    for (script, classifier) in classifiers {
      let numbers = scripts.indices.filter { scripts[$0] == script }
      guard !numbers.isEmpty else { continue }
      let part = TextBlock(lines: numbers.map { Array(block.bytes[block.range(ofLine: $0)]) })
      for (number, prediction) in zip(numbers, classifier.predictions(for: part)) { results[number] = prediction }
    }
    return results.compactMap(\.self)
  }

  /// Calls `body` with what each text of a block feels, in their order.
  package func forEachPrediction(of block: TextBlock, _ body: (Prediction) -> Void) {
    for prediction in predictions(for: block) { body(prediction) }
  }

  /// The pieces of a text that moved the score of a label, the predicted one where none is given.
  public func explanation(of text: String, label: String? = nil) -> [Attribution]? {
    let bytes = Array(text.utf8)
    return classifiers[Script(of: bytes.span)]?.explanation(of: text, label: label)
  }
}
