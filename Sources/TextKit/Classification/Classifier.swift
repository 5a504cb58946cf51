import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Gives texts labels.
///
/// ```swift
/// let classifier = try Classifier(contentsOf: modelURL)
/// classifier.prediction(for: "房间很干净").label          // "positive"
/// classifier.explanation(of: "房间很干净")                 // which pieces of the text spoke for it
/// ```
///
/// Loads any classifier of this package, neural or classical. It is immutable: one serves many tasks at once.
public struct Classifier: Sendable {
  /// What classifies.
  package let model: any TextClassifying
  /// What the model file says of itself.
  public let metadata: [String: String]

  /// Loads a model.
  ///
  /// - Parameters:
  ///   - url: a safetensors file that this package wrote.
  ///   - segmenter: what finds words, for models that read segmented text.
  /// - Throws: `ModelFileError` where the file is not a whole and valid classifier, or reads segmented text and no
  ///   segmenter is given.
  public init(contentsOf url: URL, segmenter: Segmenter? = nil) throws {
    try self.init(try ModelFile(contentsOf: url), segmenter: segmenter)
  }

  /// Takes a model file that has been opened.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid classifier.
  public init(_ file: ModelFile, segmenter: Segmenter? = nil) throws {
    self.init(
      try ClassifierFile.load(file, resources: ClassifierResources(segmenter: segmenter?.segmenter)),
      metadata: file.metadata)
  }

  /// Takes what classifies.
  package init(_ model: any TextClassifying, metadata: [String: String]) {
    self.model = model
    self.metadata = metadata
  }

  /// The labels, by number.
  public var labels: [String] { model.labels }
  /// Whether labels don't exclude each other.
  public var isMultiLabel: Bool { model.isMultiLabel }

  /// What the classifier says of one text.
  public func prediction(for text: String) -> Prediction {
    predictions(for: TextBlock(lines: [Array(text.utf8)]))[0]
  }

  /// What it says of many texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: each is read by itself.
  ///   - threads: threads to work with; the result doesn't depend on it.
  public func predictions(for texts: [String], threads: Int = 1) -> [Prediction] {
    precondition(threads >= 1, "\(threads) threads")
    let size = max(1, min(256, (texts.count + threads - 1) / threads))
    let starts = Array(stride(from: 0, to: texts.count, by: size))
    return Parallel.map(count: starts.count, threads: threads) { index, _ in
      let group = texts[starts[index]..<min(starts[index] + size, texts.count)]
      return predictions(for: TextBlock(lines: group.map { Array($0.utf8) }))
    }.flatMap(\.self)
  }

  /// Probabilities that a model makes in one call at most, unless those of a single text are more.
  private static let probabilityLimit = 1 << 20

  /// What it says of the texts of a block.
  public func predictions(for block: TextBlock) -> [Prediction] {
    var predictions: [Prediction] = []
    predictions.reserveCapacity(block.lineEnds.count)
    forEachPrediction(of: block) { predictions.append($0) }
    return predictions
  }

  /// Calls `body` with what it says of each text of a block, in their order: memory for some texts' probabilities at a time,
  /// however many labels there are.
  package func forEachPrediction(of block: TextBlock, _ body: (Prediction) -> Void) {
    let labels = labels
    let threshold = isMultiLabel ? model.threshold : nil
    for part in block.parts(of: max(1, Self.probabilityLimit / labels.count)) {
      let probabilities = model.probabilities(of: part)
      for row in stride(from: 0, to: probabilities.count, by: labels.count) {
        body(Prediction(labels: labels, probabilities: probabilities[row..<row + labels.count], threshold: threshold))
      }
    }
  }

  /// The pieces of a text that moved the score of a label, in the text's order, each with its signed weight.
  ///
  /// - Parameters:
  ///   - text: what was classified.
  ///   - label: the label asked about; the predicted one where none is given.
  /// - Returns: nil where the classifier doesn't know the label.
  public func explanation(of text: String, label: String? = nil) -> [Attribution]? {
    guard let number = labels.firstIndex(of: label ?? prediction(for: text).label) else { return nil }
    return model.attributions(of: Array(text.utf8), label: number)
  }
}
